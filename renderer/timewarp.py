"""Two sounds of the same words → which moment of one is which of the other.

Dynamic time warping (Sakoe and Chiba 1978) over mel cepstra, as forced aligners use it that compare
a recording with a synthetic reading. A step is 10 ms.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from renderer.times import SAMPLE_RATE

Sound = npt.NDArray[np.float32]
Features = npt.NDArray[np.float64]
Steps = npt.NDArray[np.intp]

STEP = SAMPLE_RATE // 100
_WINDOW, _FFT = 1200, 2048
_BANDS, _CEPSTRA = 20, 13
_LOWEST, _HIGHEST = 100.0, 7000.0  # Hz of the mel bands
_FLOOR = 1e-5  # of the loudest energy in a band
_BLOCK = 4096  # steps that are analysed at once
_MOST = 40_000_000  # pairs of steps that are compared one by one; more are compared coarsely first
_COARSE = 16  # steps that are one then
_BROAD, _NARROW = 4096, 512  # steps that one step may be, coarsely and finely


def warped(guide: Sound, heard: Sound) -> Steps:
    """Return for each step of a guide the first step of what is heard that it is like.

    Both are mono at 48 kHz and say the same. The steps never decrease.
    """
    first, second = _features(guide), _features(heard)
    if len(first) * len(second) <= _MOST:
        return _path(first, second, np.zeros(len(first), np.intp), len(second))
    coarse = _pooled(first), _pooled(second)
    rough = _path(*coarse, _diagonal(*coarse), min(_BROAD, len(coarse[1])))
    middle = np.repeat(rough, _COARSE)[: len(first)] * _COARSE
    lowest = np.clip(middle - _NARROW // 2, 0, len(second) - _NARROW)
    return _path(first, second, lowest, _NARROW)


def _diagonal(first: Features, second: Features) -> Steps:
    """Return the lowest step to compare with each one, if both keep the same pace."""
    width = min(_BROAD, len(second))
    middle = np.arange(len(first)) * len(second) // len(first)
    return np.clip(middle - width // 2, 0, len(second) - width)


def _pooled(features: Features) -> Features:
    """Return the mean of every few steps."""
    edges = np.arange(0, len(features), _COARSE)
    sums = np.add.reduceat(features, edges, axis=0)
    return np.asarray(sums / np.diff(np.append(edges, len(features)))[:, None])


def _features(sound: Sound) -> Features:
    """Return the cepstra of each step, normalised, and how they change; (steps, 26)."""
    count = -(-len(sound) // STEP)
    padded = np.zeros((count + 1) * STEP + _WINDOW)
    padded[_WINDOW // 2 : _WINDOW // 2 + len(sound)] = sound
    frames = np.lib.stride_tricks.sliding_window_view(padded, _WINDOW)[::STEP][:count]
    energies = np.concatenate(
        [_energies(frames[at : at + _BLOCK]) for at in range(0, count, _BLOCK)]
    )
    levels = np.log(energies + energies.max() * _FLOOR + 1e-30)
    turn = np.pi * np.arange(_CEPSTRA)[:, None] * (np.arange(_BANDS) + 0.5) / _BANDS
    cepstra = levels @ np.cos(turn).T
    cepstra = (cepstra - cepstra.mean(axis=0)) / (cepstra.std(axis=0) + 1e-6)
    change = np.gradient(cepstra, axis=0) if count > 1 else np.zeros_like(cepstra)
    return np.concatenate([cepstra, 2 * change], axis=1)


def _energies(frames: Features) -> Features:
    spectra = np.abs(np.fft.rfft(frames * np.hanning(_WINDOW), _FFT)) ** 2
    return np.asarray(spectra @ _filters().T)


@cache
def _filters() -> Features:
    """Return the triangles of the mel bands over the bins of a spectrum; (bands, bins)."""
    places = 2595 * np.log10(1 + np.fft.rfftfreq(_FFT, 1 / SAMPLE_RATE) / 700)
    ends = 2595 * np.log10(1 + np.array([_LOWEST, _HIGHEST]) / 700)
    edges = np.linspace(float(ends[0]), float(ends[1]), _BANDS + 2)
    width = edges[1] - edges[0]
    rise, fall = (places - edges[:-2, None]) / width, (edges[2:, None] - places) / width
    return np.asarray(np.maximum(0, np.minimum(rise, fall)))


def _path(first: Features, second: Features, lowest: Steps, width: int) -> Steps:
    """Return the first step of `second` that belongs to each of `first` on the cheapest way.

    Step `i` is compared with `width` steps from `lowest[i]`, which never decrease and end with the
    last one.
    """
    came = np.zeros((len(first), width), np.int8)  # 0 both went on, 1 only first, 2 only second
    sizes = (second**2).sum(axis=1)
    before = np.full(width, np.inf)
    for index, low in enumerate(lowest):
        row, part = first[index], slice(low, low + width)
        squares = (row**2).sum() + sizes[part] - 2 * (second[part] @ row)
        cost = np.sqrt(np.maximum(0.0, squares))
        came[index], before = _row(cost, before, low - lowest[index - 1] if index else None)
    return _traced(came, lowest, len(second) - 1)


def _row(
    cost: Features, before: Features, shift: int | None
) -> tuple[npt.NDArray[np.int8], Features]:
    """Return how each pair of a row is reached and at what cost, from the row before it.

    `shift` is how far the row begins after that one, None for the first row.
    """
    sums = np.cumsum(cost)
    if shift is None:
        return np.full(len(cost), 2, np.int8), sums
    room = np.concatenate([[np.inf], before, np.full(shift, np.inf)])
    both, alone = room[shift : shift + len(cost)], room[shift + 1 : shift + 1 + len(cost)]
    entered = np.minimum(both, alone) + cost
    reached = np.minimum.accumulate(entered - sums) + sums
    came = np.where(reached < entered - 1e-9, 2, np.where(alone < both, 1, 0))
    return came.astype(np.int8), reached


def _traced(came: npt.NDArray[np.int8], lowest: Steps, last: int) -> Steps:
    """Return the first step that each row has on the way that leads to the last."""
    found = np.zeros(len(came), np.intp)
    row, at = len(came) - 1, last
    while row >= 0 and at >= 0:
        found[row] = at
        way = came[row, min(max(at - lowest[row], 0), came.shape[1] - 1)]
        row -= way != 2
        at -= way != 1
    return found
