"""How evenly a picture drifts: how far it is from where it should be, frame by frame.

Each frame is held against the picture as it should be seen, sampled at exact places, by phase
correlation. What is told is the root mean square of the distances from their mean, in pixels; an
eye sees it as trembling.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from checking import lumas
from works import photo, window

_FRAMES = range(45, 165, 2)
"""Frames of the first scene after its text has come."""
_WIDE, _HIGH = 1920, 704
"""What is looked at: the picture above the text."""


def trembling(film: Path) -> float:
    """Return how unevenly the first picture of motion-60 drifts in a film, in pixels."""
    picture = np.asarray(photo(0).convert("L"), np.float32)
    hann = cv2.createHanningWindow((_WIDE, _HIGH), cv2.CV_32F)
    found = []
    for place, seen in zip(_FRAMES, lumas(film, _FRAMES), strict=True):
        part = seen[:_HIGH, :_WIDE].astype(np.float32)
        shift, _ = cv2.phaseCorrelate(_ideal(picture, place / 30), part, hann)
        found.append(shift)
    away = np.array(found) - np.mean(found, axis=0)
    return float(np.sqrt((away**2).sum(axis=1).mean()))


def _ideal(picture: np.ndarray, t: float) -> np.ndarray:
    """Return the upper part of a picture as it should be seen after some seconds."""
    high, wide = picture.shape
    left, top, right, bottom = window((wide, high), t)
    x, y = (right - left) / 1920, (bottom - top) / 1080
    matrix = np.array([[x, 0, left + x / 2 - 0.5], [0, y, top + y / 2 - 0.5]])
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(picture, matrix, (_WIDE, _HIGH), flags=flags), np.float32)
