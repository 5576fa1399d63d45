"""Where windows over larger pictures lie on the canvas, and what is sampled through them."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.media.pixels import Pixels
from renderer.paint.actors import Actor
from renderer.paint.colors import Floats, halved
from renderer.timeline import Canvas

Window = tuple[float, float, float, float]
"""Left, top, width and height of what is seen, in pixels of the picture that was drawn."""


def rect(one: Actor) -> tuple[int, int, int, int]:
    """Return left, top, width and height of a layer's box in whole pixels."""
    box = one.box
    return round(box.x), round(box.y), max(1, round(box.width)), max(1, round(box.height))


def area_of(one: Actor, canvas: Canvas) -> tuple[int, int, int, int]:
    """Return left, top, width and height, even, of the part of the canvas that a box covers."""
    x, y, width, height = rect(one)
    left, top = (floor(max(0, side) / 2) * 2 for side in (x, y))
    right = ceil(min(canvas.width, x + width) / 2) * 2
    bottom = ceil(min(canvas.height, y + height) / 2) * 2
    return left, top, right - left, bottom - top


def box_mask(
    rounded: Pixels | None, one: Actor, area: tuple[int, int, int, int]
) -> tuple[Floats, Floats] | None:
    """Return how much of each sample of an area lies in the layer's box, None if all of each."""
    x, y, width, height = rect(one)
    left, top, wide, high = area
    covered = x <= left and y <= top and x + width >= left + wide and y + height >= top + high
    if rounded is None and covered:
        return None
    whole = np.full((height, width), 255, np.uint8) if rounded is None else rounded
    done = np.zeros((high, wide), np.uint8)
    down, across = (
        slice(max(0, y - top), y + height - top),
        slice(max(0, x - left), x + width - left),
    )
    part = whole[max(0, top - y) :, max(0, left - x) :]
    target = done[down, across]
    target[...] = part[: target.shape[0], : target.shape[1]]
    luma, chroma = (np.asarray(each, np.float32) for each in (done, halved(done)))
    return luma * np.float32(1 / 255), chroma * np.float32(1 / 255)


def back_of(window: Window, one: Actor) -> NDArray[np.float64]:
    """Return what takes places of the canvas to those of the drawn picture."""
    x, y, width, height = rect(one)
    across, down = window[2] / width, window[3] / height
    return np.array(
        [[across, 0, window[0] - x * across], [0, down, window[1] - y * down], [0, 0, 1]]
    )


def sampled(
    plane: NDArray[np.generic],
    back: NDArray[np.float64],
    sited: NDArray[np.float64],
    size: tuple[int, int],
    area: Sequence[int],
    empty: bool = False,
) -> NDArray[np.generic]:
    """Return what a plane shows in an area of the canvas, at parts of a sample.

    Beyond its edge it is mirrored, or where it is to be `empty`, 0.
    """
    there = sited.copy()
    there[:2, 2] += area[0], area[1]
    sampling = (np.linalg.inv(sited) @ back @ there)[:2]
    border = cv2.BORDER_CONSTANT if empty else cv2.BORDER_REFLECT_101
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(np.asarray(plane), sampling, size, flags=flags, borderMode=border)
    )
