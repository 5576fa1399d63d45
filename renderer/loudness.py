"""Loudness and true peak after ITU-R BS.1770-4, and a limiter, for float sound at 48 kHz.

Sound is mono, (n,), or stereo, (n, 2). Mono is what both channels of the film play, so it is
measured as two equal channels.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

from renderer.times import SAMPLE_RATE

Sound = npt.NDArray[np.float32]
Levels = npt.NDArray[np.float64]
Marked = npt.NDArray[np.bool_]

CEILING = -1.5  # dBTP that nothing exceeds
_HOP = SAMPLE_RATE // 10  # gating blocks of 400 ms begin every 100 ms
GRAIN = SAMPLE_RATE // 100  # energy is known for so many samples at a time
_SIZE = 1 << 16
_TAIL = 1 << 13  # the K filter's response has fallen below -300 dB by then
_STEP = (_SIZE - _TAIL) // _HOP * _HOP
GROUP = SAMPLE_RATE // 1000  # the limiter's gain is set once a millisecond
_TAPS = 48  # of the filters between two samples
_REACH = 25  # groups before and after a peak over which the limiter turns down
_MARGIN = 0.1  # dB kept below the ceiling for what lies between the points of the measurement


@cache
def _response() -> npt.NDArray[np.complex64]:
    """Return the K weighting's frequency response: both biquads of BS.1770-4, tables 1 and 2."""
    z = np.exp(-2j * np.pi * np.arange(_SIZE // 2 + 1) / _SIZE)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    high_pass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    return np.asarray(shelf * high_pass, np.complex64)


class Meter:
    """Measures a sound that comes in stretches of any length, all mono or all stereo."""

    def __init__(self) -> None:
        self._rest: Sound | None = None
        self._before: Sound | None = None
        self._energies: list[Levels] = []
        self._samples = 0

    def add(self, sound: Sound) -> None:
        """Measure the next stretch of the sound."""
        self._samples += len(sound)
        waiting = sound if self._rest is None else np.concatenate([self._rest, sound])
        whole = len(waiting) // _STEP * _STEP
        for start in range(0, whole, _STEP):
            self._measure(waiting[start : start + _STEP])
        self._rest = waiting[whole:].copy()

    def pause(self, samples: int, *, stereo: bool) -> None:
        """Measure so many samples of silence, in no time but for what the filter rings on."""
        shape = (2,) if stereo else ()
        waiting = 0 if self._rest is None else len(self._rest)
        first = min(samples, -waiting % _STEP + _STEP)
        self.add(np.zeros((first, *shape), np.float32))
        whole = (samples - first) // _STEP
        self._energies.append(np.zeros(whole * (_STEP // GRAIN)))
        self._samples += whole * _STEP
        self.add(np.zeros((samples - first - whole * _STEP, *shape), np.float32))

    def _measure(self, fresh: Sound) -> None:
        """Add the weighted energy of each grain, by overlap-save over `_TAIL`."""
        if self._before is None:
            self._before = np.zeros((_TAIL, *fresh.shape[1:]), np.float32)
        if not fresh.any() and not self._before.any():
            self._energies.append(np.zeros(-(-len(fresh) // GRAIN)))
            return
        block = np.concatenate([self._before, fresh])
        channels = block.reshape(len(block), -1).T
        filtered = np.fft.irfft(np.fft.rfft(channels, _SIZE) * _response(), _SIZE)
        power = filtered[:, _TAIL : len(block)].astype(np.float64) ** 2
        grains = np.add.reduceat(power, np.arange(0, power.shape[1], GRAIN), axis=1)
        self._energies.append(grains.mean(axis=0))
        self._before = block[-_TAIL:]

    def loudness(self, turned: Levels | None = None) -> float:
        """Return the integrated loudness of all that came, as the function `loudness` does.

        With `turned`, a factor for the power of each 10 ms, it is that of the sound so turned.
        """
        if self._rest is not None and len(self._rest):
            self._measure(self._rest)
            self._rest = None
        energy = np.concatenate(self._energies) if self._energies else np.zeros(0)
        energy = energy if turned is None else energy * turned
        if self._samples < 4 * _HOP:
            return _lufs(float(energy.sum()) / max(1, self._samples))
        hops = self._samples // _HOP
        tenths = energy[: hops * (_HOP // GRAIN)].reshape(hops, -1).sum(axis=1)
        return _gated(np.convolve(tenths, np.ones(4), "valid") / (4 * _HOP))


def _gated(blocks: Levels) -> float:
    """Return the loudness of gating blocks that are above both gates."""
    loud = blocks[blocks > _power(-70)]
    if not len(loud):
        return -np.inf
    gate = _power(_lufs(float(loud.mean())) - 10)
    return _lufs(float(loud[loud > gate].mean()))


def loudness(sound: Sound) -> float:
    """Return the integrated loudness in LUFS, gated at -70 LUFS and 10 LU under the mean.

    A sound shorter than one gating block is measured over its own length; silence is -inf.
    """
    meter = Meter()
    meter.add(sound)
    return meter.loudness()


def _lufs(power: float) -> float:
    return -0.691 + 10 * float(np.log10(2 * power)) if power > 0 else -np.inf


def _power(lufs: float) -> float:
    return float(10 ** ((lufs + 0.691) / 10)) / 2


def amplitude(decibels: float) -> float:
    """Return a level in dB as a factor."""
    return float(10 ** (decibels / 20))


@cache
def _phases() -> tuple[Levels, ...]:
    """Return three interpolation filters, a quarter, a half and three quarters of a sample on.

    Windowed sinc of 48 taps, the four times oversampling of BS.1770-4, annex 2.
    """
    taps = np.arange(-_TAPS // 2, _TAPS // 2)
    points = [taps + 1 - shift for shift in (0.25, 0.5, 0.75)]
    return tuple(np.sinc(at) * np.cos(np.pi * at / 50) ** 2 for at in points)


def peaks(sound: Sound) -> Levels:
    """Return the true peak of each millisecond, where far below the ceiling the sample peak.

    Of a stereo sound it is that of the louder channel.
    """
    if sound.ndim == 2:
        found: Levels = np.maximum(*(_peaks(np.ascontiguousarray(each)) for each in sound.T))
        return found
    return _peaks(sound)


def highest(sound: Sound) -> Levels:
    """Return the sample peak of each millisecond, of a stereo sound that of the louder channel."""
    count = -(-len(sound) // GROUP)
    padded = np.zeros(count * GROUP)
    padded[: len(sound)] = np.abs(sound) if sound.ndim == 1 else np.abs(sound).max(axis=1)
    found: Levels = padded.reshape(count, GROUP).max(axis=1)
    return found


def _peaks(sound: Sound) -> Levels:
    found = highest(sound)
    marked = found > amplitude(CEILING - 6)
    if marked.any():
        marked = _widened(marked)
        found[marked] = np.maximum(found[marked], _between(sound, marked))
    return found


def _widened(marked: Marked) -> Marked:
    """Return which groups are marked or beside one that is."""
    return np.asarray(np.convolve(marked, np.ones(3), "same") > 0.5)


def _between(sound: Sound, marked: Marked) -> Levels:
    """Return the largest interpolated value of each of the marked groups.

    All runs of them are interpolated in one go, each with what the filters reach around it.
    """
    edges = np.flatnonzero(np.diff(np.concatenate([[0], marked.astype(np.int8), [0]])))
    spans = [(int(a) * GROUP, int(b) * GROUP) for a, b in edges.reshape(-1, 2)]
    padded = np.zeros(_TAPS // 2 + len(marked) * GROUP + _TAPS // 2)
    padded[_TAPS // 2 : _TAPS // 2 + len(sound)] = sound
    taken = np.concatenate([padded[1 + a : _TAPS + b] for a, b in spans])
    phases = [np.abs(np.convolve(taken, each[::-1], "valid")) for each in _phases()]
    largest = np.max(phases, axis=0)
    starts = np.cumsum([0, *(b - a + _TAPS - 1 for a, b in spans)])
    inner = np.concatenate(
        [largest[at : at + b - a] for at, (a, b) in zip(starts.tolist(), spans, strict=False)]
    )
    groups: Levels = inner.reshape(-1, GROUP).max(axis=1)
    return groups


def true_peak(sound: Sound) -> float:
    """Return the true peak in dBTP, -inf for silence; 6 dB under the ceiling the sample peak."""
    highest = float(peaks(sound).max(initial=0.0))
    return 20 * float(np.log10(highest)) if highest > 0 else -np.inf


def limited(sound: Sound) -> Sound:
    """Return the sound with its true peak under the ceiling, changed only near the peaks.

    The gain is the least that any peak within `_REACH` needs, smoothed by a window as wide, so it
    never exceeds what a peak needs and no sample further away than 52 ms is changed.
    """
    if not len(sound):
        return sound
    turned = turned_down(peaks(sound))
    if turned.min() == 1.0:
        return sound
    gains = _gains(turned, len(sound))
    return (sound * (gains[:, None] if sound.ndim == 2 else gains)).astype(np.float32)


def turned_down(peaks: Levels) -> Levels:
    """Return the limiter's gain in the middle of each millisecond of a sound, by its peaks.

    Before the first and after the last of them nothing is heard.
    """
    needed = np.minimum(1.0, amplitude(CEILING - _MARGIN) / np.maximum(peaks, 1e-9))
    if needed.min(initial=1.0) == 1.0:
        return needed
    reach = _REACH + 1
    least = _least(np.pad(needed, reach + _REACH, constant_values=1.0), 2 * reach + 1)
    window = np.hanning(2 * _REACH + 1)
    smooth: Levels = np.convolve(least, window / window.sum(), "valid")
    return smooth


def _least(levels: Levels, count: int) -> Levels:
    """Return the least of each so many levels in a row, by that of half as many and fewer."""
    done = 1
    while 2 * done <= count:
        levels, done = np.minimum(levels[:-done], levels[done:]), 2 * done
    rest = count - done
    return np.minimum(levels[: len(levels) - rest], levels[rest:])


def _gains(turned: Levels, count: int) -> Levels:
    """Return one gain a sample from that in the middle of each group."""
    edge = np.concatenate([turned[:1], turned, turned[-1:]])
    steps = np.arange(GROUP) / GROUP
    between = edge[:-1, None] + np.diff(edge)[:, None] * steps
    gains: Levels = between.reshape(-1)[GROUP // 2 : GROUP // 2 + count]
    return gains
