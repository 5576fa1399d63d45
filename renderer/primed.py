"""What the first text of a film waits for, done where this is imported: in the nursery alone."""

from renderer.fonts import DEFAULT, covers, faces
from renderer.heap import give_back

for _weight in ("regular", "bold"):
    _face = faces((DEFAULT,), _weight)[0]
    covers(_face, ord("a"))
    len(_face.data)  # unpacked once for all copies
give_back()  # what loading took does not count in each of them
