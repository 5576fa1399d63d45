"""Instruments: each returns one note as mono samples at 48 kHz, about as loud as the others.

`pitch` is a MIDI number, 69 being A at 440 Hz; `seconds` is how long the note is held.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt

from renderer.times import SAMPLE_RATE

Tone = npt.NDArray[np.float32]
Instrument = Callable[[int, float], Tone]

_RELEASE = 1.2


def hertz(pitch: float) -> float:
    """Return the frequency of a MIDI pitch."""
    return float(440 * 2 ** ((pitch - 69) / 12))


def _time(seconds: float) -> npt.NDArray[np.float64]:
    return np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE


def _rising(time: npt.NDArray[np.float64], attack: float) -> npt.NDArray[np.float64]:
    """Return a gain that comes up softly over `attack` seconds."""
    return 0.5 - 0.5 * np.cos(np.pi * np.minimum(1, time / attack))


def _held(time: npt.NDArray[np.float64], seconds: float, attack: float) -> npt.NDArray[np.float64]:
    """Return a gain that comes, stays for `seconds` and goes over a little more than a second."""
    return _rising(time, attack) * _rising(np.maximum(0, time[-1] - time), _RELEASE)


@cache
def pad(pitch: int, seconds: float) -> Tone:
    """Return a warm, slow chord tone: six soft harmonics, sung by three voices slightly apart."""
    time = _time(seconds + _RELEASE)
    sound = np.zeros(len(time))
    for detune, phase in ((0.9985, 0.1), (1.0, 0.4), (1.0017, 0.8)):
        turns = hertz(pitch) * detune * time + phase
        for harmonic in range(1, 7):
            sway = 1 + 0.25 * np.sin(2 * np.pi * (0.11 + 0.03 * harmonic) * time + 9 * phase)
            sound += sway * np.sin(2 * np.pi * harmonic * turns) / harmonic**1.9
    return (0.07 * sound * _held(time, seconds, 0.9)).astype(np.float32)


@cache
def strings(pitch: int, seconds: float) -> Tone:
    """Return a darker, rougher chord tone whose overtones open and close again."""
    time = _time(seconds + _RELEASE)
    opened = 0.35 + 0.65 * np.sin(np.pi * time / time[-1]) ** 2
    sound = np.zeros(len(time))
    for detune, phase in ((0.9972, 0.2), (1.0031, 0.7)):
        turns = hertz(pitch) * detune * time + phase
        for harmonic in range(1, 10):
            sound += opened ** (harmonic / 3) * np.sin(2 * np.pi * harmonic * turns) / harmonic**1.3
    return (0.07 * sound * _held(time, seconds, 1.1)).astype(np.float32)


@cache
def pluck(pitch: int, seconds: float) -> Tone:
    """Return a soft plucked tone, between a harp and a kalimba."""
    time = _time(min(2.2, seconds + 1.4))
    turns = hertz(pitch) * time
    sound = sum(
        np.exp(-time * (2.2 + 1.9 * harmonic)) * np.sin(2 * np.pi * harmonic * turns) / harmonic
        for harmonic in (1, 2, 3, 4, 6)
    )
    done = 0.30 * sound * _rising(time, 0.004) * _rising(time[-1] - time, 0.1)
    return np.asarray(done, np.float32)


@cache
def bell(pitch: int, seconds: float) -> Tone:
    """Return a small bell: partials of a struck bar, the higher the shorter."""
    time = _time(3.2)
    turns = hertz(pitch) * time
    partials = ((1.0, 1.0, 1.3), (2.0, 0.4, 1.9), (2.76, 0.22, 3.2), (5.4, 0.10, 6.0))
    sound = sum(
        level * np.exp(-time * decay) * np.sin(2 * np.pi * ratio * turns)
        for ratio, level, decay in partials
    )
    done = 0.22 * sound * _rising(time, 0.006) * _rising(time[-1] - time, 0.3)
    return np.asarray(done, np.float32)


@cache
def bass(pitch: int, seconds: float) -> Tone:
    """Return a round bass tone."""
    time = _time(seconds + 0.12)
    turns = hertz(pitch) * time
    sound = sum(
        level * np.sin(2 * np.pi * harmonic * turns)
        for harmonic, level in ((1, 1.0), (2, 0.45), (3, 0.16), (4, 0.06))
    )
    done = 0.26 * sound * np.exp(-0.7 * time) * _rising(time, 0.012)
    return np.asarray(done * _rising(time[-1] - time, 0.12), np.float32)


@cache
def drone(pitch: int, seconds: float) -> Tone:
    """Return a low, wide tone that never stands quite still."""
    time = _time(seconds + _RELEASE)
    sound = np.zeros(len(time))
    for detune, phase in ((0.996, 0.0), (1.0, 0.35), (1.005, 0.6)):
        turns = hertz(pitch) * detune * time + phase
        for harmonic in range(1, 13):
            slow = 0.55 + 0.45 * np.sin(2 * np.pi * time * (0.05 + 0.017 * harmonic) + harmonic)
            sound += slow * np.sin(2 * np.pi * harmonic * turns) / harmonic**1.25
    return (0.075 * sound * _held(time, seconds, 1.2)).astype(np.float32)


@cache
def pulse(pitch: int, seconds: float) -> Tone:
    """Return a short, dark tone for a figure that is repeated."""
    time = _time(0.34)
    turns = hertz(pitch) * time
    sound = sum(
        np.exp(-time * (7 + 4 * harmonic)) * np.sin(2 * np.pi * harmonic * turns) / harmonic
        for harmonic in range(1, 8)
    )
    done = 0.34 * sound * _rising(time, 0.005) * _rising(time[-1] - time, 0.05)
    return np.asarray(done, np.float32)


@cache
def kick(pitch: int, seconds: float) -> Tone:
    """Return a soft bass drum; it has one pitch."""
    time = _time(0.34)
    turns = 46 * time + 75 * (1 - np.exp(-26 * time)) / 26
    sound = np.sin(2 * np.pi * turns) * np.exp(-11 * time)
    return np.asarray(0.62 * sound * _rising(time, 0.003) * _rising(time[-1] - time, 0.05), "f4")


@cache
def shaker(pitch: int, seconds: float) -> Tone:
    """Return a shaken grain of high noise; it has no pitch."""
    time = _time(0.09)
    grain = np.diff(noise(len(time) + 2, 5), 2)
    return np.asarray(0.055 * grain * np.exp(-55 * time) * _rising(time, 0.008), np.float32)


@cache
def snap(pitch: int, seconds: float) -> Tone:
    """Return fingers snapped softly; it has no pitch."""
    time = _time(0.16)
    body = np.sin(2 * np.pi * 1750 * time) + 0.6 * np.sin(2 * np.pi * 2350 * time)
    grain = np.diff(noise(len(time) + 1, 11))
    sound = (0.35 * body + 0.6 * grain) * np.exp(-42 * time) * _rising(time, 0.002)
    return np.asarray(0.14 * sound, np.float32)


@cache
def tick(pitch: int, seconds: float) -> Tone:
    """Return the tick of a small clock."""
    time = _time(0.05)
    sound = np.sin(2 * np.pi * hertz(pitch) * time) * np.exp(-110 * time) * _rising(time, 0.001)
    return np.asarray(0.12 * sound, np.float32)


@cache
def swell(pitch: int, seconds: float) -> Tone:
    """Return a breath of noise that grows for `seconds` and is gone."""
    time = _time(seconds + 0.25)
    grain = np.convolve(noise(len(time) + 15, 23), np.hanning(18)[1:-1] / 8, "valid")[: len(time)]
    grown = np.where(time < seconds, (time / seconds) ** 3, np.exp(-(time - seconds) * 22))
    return np.asarray(0.10 * grain * grown * _rising(time[-1] - time, 0.05), np.float32)


def noise(count: int, seed: int) -> npt.NDArray[np.float64]:
    """Return so many values within ±1 that look like chance and are always the same."""
    at = np.arange(1, count + 1, dtype=np.uint64) + np.uint64(seed << 32)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):  # splitmix64
        at = (at ^ (at >> np.uint64(shift))) * np.uint64(factor)
    return (at >> np.uint64(11)) / float(1 << 52) - 1
