"""Two films compared: frames, length, and how alike their pictures are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

LIKE = 0.98
_SAMPLES = 13
_C1, _C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def compared(ours: Path, theirs: Path, frames: int, like: float = LIKE) -> dict[str, Any]:
    """Return what is to be known of a film whose first `frames` should be those of ours.

    Raises SystemExit where it has another number of frames, another length, or pictures whose
    likeness is below `like`.
    """
    count, seconds = _extent(theirs)
    if count != frames or abs(seconds - frames / 30) > 0.1:
        raise SystemExit(f"{theirs.name}: {count} frames, {seconds:.2f} s; wanted {frames}")
    places = [round(index * (frames - 1) / (_SAMPLES - 1)) for index in range(_SAMPLES)]
    pairs = zip(lumas(ours, places), lumas(theirs, places), strict=True)
    alike = [ssim(one, two) for one, two in pairs]
    if min(alike) < like:
        raise SystemExit(f"{theirs.name}: SSIM of frames {places}: {np.round(alike, 3)}")
    return {"frames": count, "length": round(seconds, 2), "ssim": round(min(alike), 4)}


def _extent(path: Path) -> tuple[int, float]:
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        return sum(1 for packet in film.demux(stream) if packet.size), float(
            (stream.duration or 0) * (stream.time_base or 0)
        )


def lumas(path: Path, places: Sequence[int]) -> Iterator[np.ndarray]:
    """Yield the luma of some frames, in order."""
    with av.open(str(path)) as film:
        stream = film.streams.video[0]
        for place in places:
            film.seek(round(place / 30 / float(stream.time_base or 1)), stream=stream)
            for frame in film.decode(stream):
                if round(float(frame.time or 0) * 30) >= place:
                    yield frame.to_ndarray()[: frame.height]
                    break


def ssim(one: np.ndarray, two: np.ndarray) -> float:
    """Return the mean structural similarity of two pictures (Wang et al., 2004; σ = 1.5)."""
    x, y = one.astype(np.float32), two.astype(np.float32)
    mean_x, mean_y = _smooth(x), _smooth(y)
    var_x, var_y = _smooth(x * x) - mean_x**2, _smooth(y * y) - mean_y**2
    both = _smooth(x * y) - mean_x * mean_y
    upper = (2 * mean_x * mean_y + _C1) * (2 * both + _C2)
    return float((upper / ((mean_x**2 + mean_y**2 + _C1) * (var_x + var_y + _C2))).mean())


def _smooth(values: np.ndarray) -> np.ndarray:
    return np.asarray(cv2.GaussianBlur(values, (11, 11), 1.5))
