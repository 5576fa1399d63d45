"""Tense: D minor, 80 beats a minute. Low drones, a pulse that does not rest, half steps high up."""

from __future__ import annotations

from renderer.music.score import Chord, Drums, Note, Piece, at_bar, beaten, held, sung
from renderer.music.tones import bell, drone, kick, pulse, strings, swell, tick

_BAR = 144_000

_DM: Chord = (26, (50, 57, 62, 65))
_BFLAT: Chord = (26, (50, 58, 62, 65))
_GM: Chord = (26, (50, 55, 58, 64))
_A: Chord = (26, (49, 55, 58, 64))
_EFLAT: Chord = (26, (51, 55, 58, 63))

_FIRST = [_DM, _BFLAT, _GM, _DM]
_SECOND = [_DM, _EFLAT, _GM, _A]
_FIGURE = (1.0, 0.5, 0.7, 0.5, 0.9, 0.5, 0.75, 0.6)
_STEPS = (0, 0, 0, 1, 0, 0, -2, 0)
_HEART: Drums = {kick: ((0.0, 0.8), (0.5, 0.5))}
_CLOCK = tuple(float(beat) for beat in range(4))

_CRIES = ((4, 81, 0.8), (5, 82, 0.6), (14, 77, 0.7), (20, 76, 0.8), (21, 77, 0.6), (28, 69, 0.8))


def piece() -> Piece:
    """Return the piece: bare, with a heartbeat, with a clock, and with everything."""
    notes: list[Note] = []
    for section, chords in enumerate((_FIRST, _SECOND, _FIRST, _SECOND)):
        played = [
            *(Note(drone, 8 * index, 38, 8, 0.8, 0.0, 0.3) for index in range(4)),
            *(Note(drone, 8 * index, 26, 8, 0.35, 0.0, 0.1) for index in range(4)),
            *held(strings, chords, 8, 0.45 if section == 0 else 0.6, wet=0.5),
            *_pulses(0.55 if section == 0 else 0.75),
            *(beaten(8, _HEART) if section else ()),
            *(_clock() if section > 1 else ()),
            Note(swell, 28, 60, 4, 0.8 if section % 2 else 0.5, 0.0, 0.5),
        ]
        notes += at_bar(8 * section, played)
    notes += at_bar(8, sung(bell, _CRIES, 0.4, pan=-0.4))
    notes += at_bar(24, sung(bell, _CRIES, 0.45, pan=0.4))
    return Piece(tuple(notes), _BAR, 32, room=3.0)


def _pulses(level: float) -> list[Note]:
    """Return eight bars of the figure; every other bar it strays by a step."""
    found = []
    for bar in range(8):
        for step, (loud, away) in enumerate(zip(_FIGURE, _STEPS, strict=True)):
            pitch = 38 + (away if bar % 2 else 0)
            pan = -0.2 if step % 2 else 0.2
            found.append(Note(pulse, 4 * bar + step / 2, pitch, 0.5, level * loud, pan, 0.15))
    return found


def _clock() -> list[Note]:
    return [
        Note(tick, 4 * bar + beat, 96 if beat % 2 else 93, 0.2, 0.7, 0.5, 0.35)
        for bar in range(8)
        for beat in _CLOCK
    ]
