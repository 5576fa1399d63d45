"""Cues at exact samples → one soundtrack at the film's loudness, and the blocks to encode it in."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from renderer.loudness import amplitude, limited, loudness
from renderer.media.sound import PACKET, packets_for
from renderer.paths import digest
from renderer.times import SAMPLE_RATE

Sound = npt.NDArray[np.float32]

STEP = 0.5  # dB; the master gain is a multiple, so that a small edit leaves the rest as it was
BLOCK = 469  # packets, a little over 10 s
RUN_IN, RUN_OUT = 16, 4  # packets encoded before and after a block's own, and dropped
_MOST = 30.0  # dB of master gain, for a film of whispers
_ROUNDS = 4
_FADE = SAMPLE_RATE // 100


@dataclass(frozen=True, slots=True)
class Placed:
    """A cue's sound (48 kHz mono 16-bit WAV) and the sample of the film at which it begins."""

    sound: Path
    start: int


@dataclass(frozen=True)
class Block:
    """A stretch of the soundtrack that is encoded by itself: `keep` packets after the first `drop`.

    `pcm` is float32 (n, 2) and holds what is played before and after those packets too, so that
    the encoder comes to the same decisions as in one pass.
    """

    pcm: Sound
    drop: int
    keep: int

    @cached_property
    def digest(self) -> str:
        """Return the SHA-256 of all that the packets depend on."""
        head = f"{self.drop} {self.keep} {self.pcm.shape}".encode()
        return digest(head + self.pcm.astype("<f4").tobytes())


def mix(placed: Sequence[Placed], samples: int, target: float) -> Sound:
    """Return the film's sound as float32 (samples, 2), both channels alike, at `target` LUFS.

    One gain for the whole film, in steps of 0.5 dB, then the limiter, which changes nothing further
    than 52 ms from a peak; what the limiter takes is given back by another step. With nothing to
    hear it is digital silence.
    """
    line = _line(placed, samples)
    return np.repeat(_mastered(line, target)[:, None], 2, axis=1)


def _line(placed: Sequence[Placed], samples: int) -> Sound:
    line = np.zeros(samples, np.float32)
    for one in placed:
        sound = _cut(_begun(_read(one.sound), -one.start), samples - max(0, one.start))
        start = max(0, one.start)
        line[start : start + len(sound)] += sound
    return line


def _read(path: Path) -> Sound:
    with wave.open(str(path), "rb") as file:
        pcm = np.frombuffer(file.readframes(file.getnframes()), "<i2")
    return pcm.astype(np.float32) / np.float32(32767)


def _begun(sound: Sound, before: int) -> Sound:
    """Return a sound without the samples that lie before the film; then with a fade of 10 ms."""
    if before <= 0:
        return sound
    kept = sound[before:].copy()
    fade = min(_FADE, len(kept))
    kept[:fade] *= np.linspace(0, 1, fade, dtype=np.float32)
    return kept


def _cut(sound: Sound, room: int) -> Sound:
    """Return what fits before the film's end, with a fade of 10 ms if not all of it does."""
    if len(sound) <= room:
        return sound
    kept = sound[: max(0, room)].copy()
    fade = min(_FADE, len(kept))
    kept[len(kept) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
    return kept


def _mastered(line: Sound, target: float) -> Sound:
    gain, done = 0.0, limited(line)
    for _ in range(_ROUNDS):
        missing = _stepped(target - loudness(done))
        if not missing:
            break
        gain = min(_MOST, gain + missing)
        done = limited(line * np.float32(amplitude(gain)))
    return done


def _stepped(decibels: float) -> float:
    """Return the nearest step of the master gain; 0 for silence, which is infinitely far away."""
    return STEP * round(decibels / STEP) if np.isfinite(decibels) else 0.0


def blocks(pcm: Sound) -> list[Block]:
    """Return the sound (n, 2) as blocks of about 10 s that together give every packet of the film.

    Film packet `p` holds samples from `1024 · (p - 1)`; the first is the encoder's priming.
    """
    count = packets_for(len(pcm))
    return [_block(pcm, first, min(BLOCK, count - first)) for first in range(0, count, BLOCK)]


def _block(pcm: Sound, first: int, keep: int) -> Block:
    drop = min(RUN_IN, first)
    begin = (first - drop) * PACKET
    end = (first + keep + RUN_OUT) * PACKET
    return Block(pcm[begin:end], drop, keep)
