"""What the first text of a film waits for, done where this is imported: in the nursery alone."""

from renderer.fonts import covers, faces

for _weight in ("regular", "bold"):
    _face = faces(("FiraGO",), _weight)[0]
    assert covers(_face, ord("a"))
    assert _face.data, "it is unpacked here once, for all copies"
