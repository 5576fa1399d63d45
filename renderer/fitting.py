"""How a picture fits its box: the box that its proportion gives, the ratio at which it is seen."""

from __future__ import annotations

from math import isinf

Size = tuple[float, float]


def boxed(part: Size, limits: Size) -> Size:
    """Return the box of a picture of a size: the limits; a free side follows from its proportion.

    With both sides free it is the picture's own size.
    """
    width, height = limits
    if isinf(width) and isinf(height):
        return part
    if isinf(width):
        return height * part[0] / part[1], height
    return width, width * part[1] / part[0] if isinf(height) else height


def ratios(fit: str, part: Size, box: Size) -> Size:
    """Return how many pixels of the box a pixel of the picture takes, across and down."""
    across, down = box[0] / part[0], box[1] / part[1]
    if fit == "fill":
        return across, down
    ratio = {"none": 1.0, "contain": min(across, down)}.get(fit, max(across, down))
    return ratio, ratio
