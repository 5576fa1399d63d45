"""What transitions that move share: pictures laid edge to edge, and pictures that sink back."""

from __future__ import annotations

import cv2
import numpy as np

from renderer.media.planes import Plane, Planes

_SUNK = 0.4
"""Share of its light that a picture loses by the time it is covered, in the dark or the light."""


def entered(a: Planes, b: Planes, share: float, side: str, *, pushes: bool) -> Planes:
    """Return `b` come in by a share of the picture, 0 to 1, from `left right top` or `bottom`.

    It pushes `a` out before it, or covers it. The planes are moved by the same share of their
    length, so that colour and light stay together.
    """
    moved = (_entered(*pair, share, side, pushes) for pair in zip(a, b, strict=True))
    return Planes(*moved)


def _entered(before: Plane, after: Plane, share: float, side: str, pushes: bool) -> Plane:
    """Return one plane; between two whole pixels it is the mix of the pictures at both."""
    axis = 1 if side in ("left", "right") else 0
    far = side in ("right", "bottom")
    whole, rest = divmod(share * before.shape[axis], 1)
    near = _joined(before, after, int(whole), axis, far, pushes)
    if rest == 0:
        return near
    further = _joined(before, after, int(whole) + 1, axis, far, pushes)
    return np.asarray(cv2.addWeighted(near, 1 - rest, further, rest, 0), np.uint8)


def _joined(before: Plane, after: Plane, covered: int, axis: int, far: bool, pushes: bool) -> Plane:
    """Return `covered` rows or columns of what enters beside what is left of the other."""
    left = before.shape[axis] - covered
    kept = slice(covered, None) if pushes == far else slice(None, left)
    come = slice(None, covered) if far else slice(left, None)
    parts = [_cut(before, kept, axis), _cut(after, come, axis)]
    return np.concatenate(parts if far else parts[::-1], axis)


def _cut(plane: Plane, part: slice, axis: int) -> Plane:
    return plane[:, part] if axis else plane[part]


def sunk(picture: Planes, share: float) -> Planes:
    """Return a picture as far back as it is covered: it loses light, and colour with it."""
    kept = 1 - _SUNK * share
    dim = (
        np.asarray(cv2.convertScaleAbs(plane, alpha=kept, beta=(1 - kept) * black), np.uint8)
        for plane, black in zip(picture, (16, 128, 128), strict=True)
    )
    return Planes(*dim)
