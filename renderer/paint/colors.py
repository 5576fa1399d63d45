"""RGB to planes and back, by the weights of `media.planes`.

Chroma is sited left: its sample is the mean of two rows and of three columns weighted 1 2 1 around
the left one (ITU-T H.264, E.2.1, chroma_sample_loc_type 0).
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.media.pixels import noise
from renderer.media.planes import TO_CHROMA, TO_LUMA, Planes

Floats = NDArray[np.float32]

LUMA = np.append(TO_LUMA, np.float32(16))
CHROMA = np.hstack([TO_CHROMA, np.full((2, 1), 128, np.float32)])
"""What a plane is of red, green and blue, and of the share of them that there is."""

_BAND = 128
"""Rows that are worked on together; of chroma, as many as the grain has."""
_ACROSS = np.array([0.25, 0.5, 0.25], np.float32)
_DOWN = np.array([0.5, 0.5], np.float32)


def halved(pixels: NDArray[np.generic]) -> Floats:
    """Return float32 pixels at chroma's places; width and height are even, channels are kept."""
    smooth = cv2.sepFilter2D(
        np.asarray(pixels),
        cv2.CV_32F,
        _ACROSS,
        _DOWN,
        anchor=(1, 0),
        borderType=cv2.BORDER_REPLICATE,
    )
    return np.asarray(smooth[::2, ::2], np.float32)


def planes(pixels: NDArray[np.uint8], smooth: bool = False) -> Planes:
    """Return an opaque picture (height, width, 3 or more; even) as planes; alpha is not read.

    `smooth` dithers the chroma, for gradients, whose own dither is lost in chroma's mean.
    """
    height, width = pixels.shape[:2]
    y = np.empty((height, width), np.uint8)
    u, v = (np.empty((height // 2, width // 2), np.uint8) for _ in range(2))
    for top in range(0, height, _BAND):  # so that what lies between stays small
        colors = np.ascontiguousarray(pixels[top : top + _BAND, :, :3])
        y[top : top + _BAND] = cv2.transform(colors, LUMA[None, :])
        chroma = cv2.transform(halved(colors), CHROMA)
        rows = slice(top // 2, top // 2 + len(chroma))
        grain = noise(width // 2, len(chroma)) if smooth else np.float32(0.5)
        u[rows], v[rows] = chroma[..., 0] + grain, chroma[..., 1] + grain
    return Planes(y, u, v)


def rgb(picture: Planes) -> NDArray[np.uint8]:
    """Return the picture as RGB uint8 (height, width, 3), chroma drawn out linearly."""
    height, width = picture.y.shape
    luma = (picture.y.astype(np.float32) - 16) * np.float32(255 / 219)
    blue, red = (_doubled(plane, width, height) for plane in (picture.u, picture.v))
    colors = np.empty((height, width, 3), np.float32)
    colors[..., 0] = luma + red * np.float32(1.5748)
    colors[..., 2] = luma + blue * np.float32(1.8556)
    colors[..., 1] = luma - (
        blue * np.float32(0.0722 * 1.8556) + red * np.float32(0.2126 * 1.5748)
    ) / (np.float32(0.7152))
    return np.asarray(np.clip(colors + np.float32(0.5), 0, 255), np.uint8)


def _doubled(plane: NDArray[np.uint8], width: int, height: int) -> Floats:
    """Return a chroma plane at luma's places, as 255 · (C − 128) / 224, from left-sited samples."""
    exact = (plane.astype(np.float32) - 128) * np.float32(255 / 224)
    place = np.array([[0.5, 0, 0], [0, 0.5, -0.25]], np.float32)
    done = cv2.warpAffine(
        exact,
        place,
        (width, height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(done, np.float32)


def resized(picture: Planes, size: tuple[int, int]) -> Planes:
    """Return the picture at another size, width and height in even pixels, by area averaging."""
    width, height = size
    half = (width // 2, height // 2)
    planes = ((picture.y, size), (picture.u, half), (picture.v, half))
    y, u, v = (
        np.asarray(cv2.resize(plane, to, interpolation=cv2.INTER_AREA), np.uint8)
        for plane, to in planes
    )
    return Planes(y, u, v).locked()
