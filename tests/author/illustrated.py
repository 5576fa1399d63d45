"""Pictures that tests of the author are given."""

import io

from PIL import Image


def image(kind: str = "JPEG", size: tuple[int, int] = (640, 600), tone: int = 90) -> bytes:
    """Return the file of a gradient; another tone gives another file."""
    out = io.BytesIO()
    grey = Image.linear_gradient("L").resize(size)
    grey.point(lambda value: (value + tone) % 256).save(out, kind)
    return out.getvalue()
