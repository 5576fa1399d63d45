"""What an engine has written → the sound of a line: checked, cut, levelled."""

from __future__ import annotations

import wave
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from renderer.engines import Unusable
from renderer.loudness import amplitude, limited, loudness
from renderer.media.sound import Unreadable, read, resample
from renderer.times import SAMPLE_RATE

Sound = npt.NDArray[np.float32]

LINE_LOUDNESS = -16.0  # LUFS
STEP = SAMPLE_RATE // 100
"""Samples of a stretch of which it is told whether it is voiced."""
_SILENCE = -60.0  # dBFS: what is quieter on the whole is no speech
_EDGE = -50.0  # dB under the loudest stretch: what is quieter at the ends is cut off
_OVER_ROOM = 8.0  # dB over the quietest twentieth of a recording: what is quieter is the room
_MOST_GATE = -26.0  # dB under the loudest stretch: what is louder is speech in any room
_KEPT = 30 * SAMPLE_RATE // 1000
_FADE = 10 * SAMPLE_RATE // 1000
_PLAUSIBLE = (0.3, 4.0)  # times the estimated length


@dataclass(frozen=True, slots=True)
class Heard:
    """What is left of a sound, the sample at which it began, and where from there it is voiced."""

    sound: Sound
    first: int
    voiced: npt.NDArray[np.bool_]


def finished(
    raw: Path, path: Path, expected: float, volume: float, *, silent: bool, recorded: bool
) -> Heard:
    """Write the sound of a line at `path`, made of what an engine wrote, and return it.

    It is `expected` to last so many seconds. What is `silent` is meant to be; what is `recorded`
    was spoken by a person, in a room. Raises Unusable for what cannot be a line's sound.
    """
    sound = _checked(raw, silent)
    if not silent and not recorded:
        _check_length(sound, expected)
    voiced = _voiced(sound, recorded)
    cut, first = (sound, 0) if silent else _trimmed(sound, voiced, recorded)
    _write(path, _levelled(cut, volume))
    return Heard(cut, first, voiced[first // STEP :])


def _checked(path: Path, silent: bool) -> Sound:
    """Return the engine's sound, mono at 48 kHz, once it is known to be whole and audible."""
    if not path.is_file():
        raise Unusable("it wrote no sound file")
    channels, rate = _plain(path) or _decoded(path)
    one = channels if len(channels) == 1 else channels.mean(axis=0, keepdims=True)
    sound: Sound = resample(one, rate)[0]
    if not len(sound):
        raise Unusable("its sound file is empty")
    if not np.isfinite(sound).all():
        raise Unusable("its sound holds values that are no numbers")
    if not silent and float(np.sqrt(np.mean(sound**2))) < amplitude(_SILENCE):
        raise Unusable("its sound is silence")
    return sound


def _plain(path: Path) -> tuple[Sound, int] | None:
    """Return the samples (channels, n) of a WAV file of 16 bits and its rate; of no other file.

    Raises Unusable where the file is shorter than its header says.
    """
    with suppress(wave.Error, EOFError), wave.open(str(path), "rb") as file:
        promised, width = file.getnframes(), file.getsampwidth() * file.getnchannels()
        data = file.readframes(promised)
        there = len(data) // width
        if there < promised < (1 << 32) // width - 1024:  # a streamed header promises the most
            raise Unusable(f"its sound file is cut off: {there} of {promised} samples")
        if file.getsampwidth() == 2:
            sound = np.frombuffer(data[: there * width], "<i2").reshape(there, -1).T
            return sound.astype(np.float32) / np.float32(32768), file.getframerate()
    return None


def _decoded(path: Path) -> tuple[Sound, int]:
    try:
        return read(path)
    except Unreadable as error:
        raise Unusable(f"its sound file cannot be read: {error}") from error


def _check_length(sound: Sound, expected: float) -> None:
    length = len(sound) / SAMPLE_RATE
    least, most = _PLAUSIBLE
    if expected < 1 or least * expected <= length <= most * expected:
        return
    raise Unusable(f"its sound lasts {length:.1f} s where about {expected:.1f} s were expected")


def _energies(sound: Sound) -> npt.NDArray[np.float64]:
    """Return the RMS of each 10 ms."""
    count = -(-len(sound) // STEP)
    padded = np.zeros(count * STEP)
    padded[: len(sound)] = sound
    rms: npt.NDArray[np.float64] = np.sqrt((padded.reshape(count, STEP) ** 2).mean(axis=1))
    return rms


def _voiced(sound: Sound, recorded: bool) -> npt.NDArray[np.bool_]:
    """Return of each 10 ms whether there is sound; the noise of a room is none."""
    energies = _energies(sound)
    loudest = float(energies.max())
    gate = max(loudest * amplitude(_EDGE), amplitude(_SILENCE - 20))
    if recorded:
        room = float(np.quantile(energies, 0.05)) * amplitude(_OVER_ROOM)
        gate = max(gate, min(room, loudest * amplitude(_MOST_GATE)))
    return energies > gate


def _trimmed(sound: Sound, voiced: npt.NDArray[np.bool_], recorded: bool) -> tuple[Sound, int]:
    """Return the sound without the silence at its ends, and the sample at which that begins.

    A stretch that stays is longer before and after a person, who breathes and fades.
    """
    loud, kept = np.flatnonzero(voiced), 4 * _KEPT if recorded else _KEPT
    first = max(0, int(loud[0]) * STEP - kept)
    last = min(len(sound), (int(loud[-1]) + 1) * STEP + kept)
    return sound[first:last], first


def _levelled(sound: Sound, volume: float) -> Sound:
    """Return the line at -16 LUFS under the ceiling, turned down by `volume`, with faded edges."""
    level = loudness(sound)
    gain = amplitude(LINE_LOUDNESS - level) if np.isfinite(level) else 1.0
    done = limited((sound * gain).astype(np.float32)) * np.float32(volume)
    fade = min(_FADE, len(done) // 2)
    ramp = np.linspace(0, 1, fade, endpoint=False, dtype=np.float32)
    done[:fade] *= ramp
    done[len(done) - fade :] *= ramp[::-1]
    return done


def _write(path: Path, sound: Sound) -> None:
    pcm = np.round(np.clip(sound, -1, 1) * 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE)
        file.writeframes(pcm.tobytes())
