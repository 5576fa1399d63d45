"""What the first text of a film waits for, done where this is imported: in the nursery alone."""

from renderer.fonts import covers, faces

for _weight in ("regular", "bold"):
    covers(faces(("FiraGO",), _weight)[0], ord("a"))
