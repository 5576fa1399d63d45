"""A piece → stereo sound: its notes in a room, around a loop without an end."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from renderer.media.pcm import Sound
from renderer.music.score import Piece
from renderer.music.tones import noise
from renderer.pulse import beat
from renderer.times import SAMPLE_RATE

_PEAK = 0.7


def played(piece: Piece) -> Sound:
    """Return the piece as stereo samples (n, 2); what rings on at its end is at its beginning.

    Played round and round it has no seam.
    """
    dry, sent = _notes(piece)
    done = np.stack([_with_room(dry[side], sent[side], piece, side) for side in (0, 1)], axis=1)
    return np.asarray(done * (_PEAK / np.abs(done).max()), np.float32)


def _notes(piece: Piece) -> tuple[Sound, Sound]:
    """Return what is heard directly and what the room is given, as (2, n) each."""
    dry, sent = (np.zeros((2, piece.samples), np.float32) for _ in range(2))
    seconds = piece.bar / 4 / SAMPLE_RATE
    for note in piece.notes:
        beat()
        sound = note.instrument(note.pitch, note.beats * seconds) * np.float32(note.level)
        first = round(note.beat * piece.bar / 4) % piece.samples
        angle = (note.pan + 1) * np.pi / 4
        for side, gain in enumerate((np.cos(angle), np.sin(angle))):
            _around(dry[side], first, sound * np.float32(gain))
            _around(sent[side], first, sound * np.float32(gain * note.wet))
    return dry, sent


def _around(line: Sound, first: int, sound: Sound) -> None:
    """Add a sound to a line from a sample on; what goes beyond its end begins it anew."""
    rest = len(line) - first
    line[first : first + len(sound)] += sound[:rest]
    if len(sound) > rest:
        _around(line, 0, sound[rest:])


def _with_room(dry: Sound, sent: Sound, piece: Piece, side: int) -> npt.NDArray[np.float64]:
    """Return a channel with its echo: a circular convolution, for the loop has no end."""
    echo = np.zeros(piece.samples)
    tail = _echo(piece.room, side)
    echo[: len(tail)] = tail
    spectrum = np.fft.rfft(sent)
    spectrum *= np.fft.rfft(echo)
    beat()
    return np.asarray(dry + np.fft.irfft(spectrum, piece.samples))


def _echo(seconds: float, side: int) -> npt.NDArray[np.float64]:
    """Return the echo of a room: noise that is soft above, dying away by 60 dB in `seconds`."""
    count = round(seconds * SAMPLE_RATE)
    time = np.arange(count) / SAMPLE_RATE
    grain = np.convolve(noise(count + 11, 40 + side), np.hanning(14)[1:-1], "valid")
    tail = grain * np.exp(-6.9 * time / seconds) * np.minimum(1, time / 0.012)
    tail -= tail.mean()
    return np.asarray(tail / np.sqrt((tail**2).sum()))
