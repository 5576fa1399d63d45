"""Sounds at exact samples → one soundtrack at the film's loudness, and the blocks to encode it in.

Nothing holds the whole film: every stretch of the mix is worked out when it is asked for, and is
the same whatever stretches it is asked for in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from renderer.bed import Bed
from renderer.looping import Sounding
from renderer.loudness import GROUP, amplitude, limited
from renderer.media.pcm import Sound
from renderer.media.sound import PACKET, packets_for
from renderer.paths import digest
from renderer.pulse import beat
from renderer.times import SAMPLE_RATE

BLOCK = 469  # packets, a little over 10 s
RUN_IN, RUN_OUT = 16, 4  # packets encoded before and after a block's own, and dropped
_FADE = SAMPLE_RATE // 100
_STRETCH = 10 * SAMPLE_RATE
_REACH = 64 * SAMPLE_RATE // 1000  # more than what the limiter looks at around a sample


@dataclass(frozen=True, slots=True)
class Placed:
    """A sound, the sample of the mix at which it begins and its gain in dB.

    Of a sound longer than `most` samples the rest is not played. It comes over `rise` samples and
    goes over `fall`; where it is cut it takes at least 10 ms for that.
    """

    sound: Sounding
    start: int
    gain: float = 0.0
    most: int | None = None
    rise: int = 0
    fall: int = 0

    def span(self, samples: int) -> tuple[int, int]:
        """Return its first sample and the one after its last in a mix of so many."""
        length = self.sound.samples
        end = self.start + (length if self.most is None else min(length, self.most))
        return max(0, self.start), min(samples, end)

    def stretch(self, first: int, last: int, samples: int) -> Sound:
        """Return its samples from `first` up to `last`, which lie in its span, of such a mix."""
        sound = self.sound.stretch(first - self.start, last - self.start)
        ramp = self._ramp(first, last, samples) * np.float32(amplitude(self.gain))
        done: Sound = sound * (ramp[:, None] if sound.ndim == 2 else ramp)
        return done

    def _ramp(self, first: int, last: int, samples: int) -> Sound:
        begin, end = self.span(samples)
        rise = max(self.rise, _FADE * (begin > self.start))
        fall = max(self.fall, _FADE * (end < self.start + self.sound.samples))
        at = np.arange(first, last)
        up = np.minimum(1, (at - begin) / rise) if first - begin < rise else np.ones(len(at))
        down = np.minimum(1, (end - 1 - at) / fall) if end - last < fall else np.float64(1)
        return np.asarray(up * down, np.float32)


@dataclass(frozen=True)
class Mix:
    """All that is heard in a film of so many samples, brought to a loudness by one `gain` in dB.

    Every sound has its samples 0 to `samples`; sounds that begin or end beyond are cut there.
    """

    placed: Sequence[Placed]
    samples: int
    bed: Bed | None = None
    gain: float = 0.0

    @cached_property
    def stereo(self) -> bool:
        """Return whether its two channels may differ."""
        loops = [self.bed.loop] if self.bed else []
        return any(sound.stereo for sound in [*loops, *(one.sound for one in self.placed)])

    def stretch(self, first: int, last: int) -> Sound:
        """Return the finished sound between two samples, mono or stereo, under the ceiling."""
        if self.silent(first, last):
            return silence(min(last, self.samples) - first, stereo=self.stereo)
        begin = max(0, first - _REACH) // GROUP * GROUP
        sound = self.line(begin, min(self.samples, last + _REACH))
        sound = limited(sound * np.float32(amplitude(self.gain)))
        return sound[first - begin : min(last, self.samples) - begin]

    def silent(self, first: int, last: int) -> bool:
        """Return whether nothing is heard between two samples, nor near enough to matter there."""
        if self.bed:
            return False
        first, last = first - _REACH - GROUP, last + _REACH
        spans = (one.span(self.samples) for one in self.placed)
        return all(end <= first or last <= begin for begin, end in spans)

    def pcm(self, first: int, last: int) -> Sound:
        """Return the finished sound between two samples as stereo, (n, 2)."""
        sound = self.stretch(first, last)
        return sound if self.stereo else np.repeat(sound[:, None], 2, axis=1)

    def stretches(self) -> Iterator[Sound]:
        """Yield the finished sound, about ten seconds at a time."""
        for first in range(0, self.samples, _STRETCH):
            beat()
            yield self.stretch(first, first + _STRETCH)

    def line(self, first: int, last: int) -> Sound:
        """Return the sum of all sounds between two samples, without gain and limiter."""
        shape = (last - first, 2) if self.stereo else (last - first,)
        line = np.zeros(shape, np.float32)
        for one in self.placed:
            begin, end = one.span(self.samples)
            begin, end = max(first, begin), min(last, end)
            if begin < end:
                sound = one.stretch(begin, end, self.samples)
                line[begin - first : end - first] += _wide(sound, line)
        if self.bed:
            line += _wide(self.bed.stretch(first, last), line)
        return line


@lru_cache(maxsize=8)
def silence(samples: int, *, stereo: bool) -> Sound:
    """Return so many samples without sound, mono or stereo, not to be written to."""
    done = np.zeros((samples, 2) if stereo else samples, np.float32)
    done.flags.writeable = False
    return done


def _wide(sound: Sound, line: Sound) -> Sound:
    """Return a sound that can be added to a line: a mono one for both of its channels."""
    return sound[:, None] if line.ndim > sound.ndim else sound


@dataclass(frozen=True)
class Block:
    """A stretch of the soundtrack that is encoded by itself: `keep` packets after the first `drop`.

    `pcm` is float32, (n,) or (n, 2), and holds what is played before and after those packets too,
    so that the encoder comes to the same decisions as in one pass.
    """

    pcm: Sound
    drop: int
    keep: int
    silent: bool = False

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of all that the packets depend on."""
        if self.silent:
            return _digest_of_silence(self.drop, self.keep, self.pcm.shape)
        return _digest(self.drop, self.keep, self.pcm)


def _digest(drop: int, keep: int, pcm: Sound) -> str:
    head = f"{drop} {keep} {pcm.shape}".encode()
    return digest(head + pcm.astype("<f4").tobytes())


@lru_cache(maxsize=8)
def _digest_of_silence(drop: int, keep: int, shape: tuple[int, ...]) -> str:
    return _digest(drop, keep, np.zeros(shape, np.float32))


def blocks(
    samples: int,
    pcm: Callable[[int, int], Sound],
    silent: Callable[[int, int], bool] = lambda first, last: False,
) -> Iterator[Block]:
    """Yield blocks of about 10 s that together give every packet of a sound of so many samples.

    `pcm` returns the sound between two samples, mono or stereo throughout, `silent` whether there
    is none. Film packet `p` holds samples from `1024 · (p - 1)`; the first is the encoder's
    priming.
    """
    count = packets_for(samples)
    for first in range(0, count, BLOCK):
        keep = min(BLOCK, count - first)
        drop = min(RUN_IN, first)
        end = min(samples, (first + keep + RUN_OUT) * PACKET)
        begin = (first - drop) * PACKET
        yield Block(pcm(begin, end), drop, keep, silent(begin, end))
