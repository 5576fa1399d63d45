"""Upbeat: G major, 120 beats a minute. Plucked off-beats, a walking bass, light percussion."""

from __future__ import annotations

from renderer.music.score import (
    Chord,
    Drums,
    Note,
    Piece,
    at_bar,
    beaten,
    broken,
    held,
    roots,
    sung,
)
from renderer.music.tones import bass, bell, kick, pad, pluck, shaker, snap

_BAR = 96_000

_G: Chord = (43, (55, 59, 62))
_D: Chord = (38, (54, 57, 62))
_EM: Chord = (40, (55, 59, 64))
_C: Chord = (36, (55, 60, 64))
_AM: Chord = (45, (57, 60, 64))
_D7: Chord = (38, (57, 60, 66))

_VERSE = [_G, _D, _EM, _C] * 2
_BRIDGE = [_EM, _C, _G, _D] * 2
_TURN = [_AM, _C, _G, _EM, _AM, _C, _D, _D7]
_PATTERN = (
    *((0.0, 0, 1.0), (0.5, 2, 0.6), (0.75, 1, 0.45), (1.5, 2, 0.9)),
    *((2.0, 1, 0.6), (2.5, 3, 0.9), (3.0, 2, 0.55), (3.5, 4, 0.75)),
)
_WALK = ((0.0, 0.8, 0, 0.85), (1.5, 0.4, 0, 0.6), (2.0, 0.8, 7, 0.7), (3.5, 0.4, 12, 0.5))

_SHAKEN = tuple((0.5 * step, 1.0 if step % 2 else 0.5) for step in range(8))
_LIGHT: Drums = {shaker: _SHAKEN}
_FULL: Drums = {
    kick: ((0.0, 0.9), (2.0, 0.75), (2.5, 0.4)),
    snap: ((1.0, 0.8), (3.0, 0.9)),
    shaker: _SHAKEN,
}

_SONG = (
    *((0, 79, 0.9), (1, 83, 0.7), (1.5, 81, 0.6), (2.5, 79, 0.7), (4, 78, 0.8), (5.5, 74, 0.6)),
    *((8, 76, 0.9), (9, 79, 0.7), (9.5, 83, 0.6), (11, 79, 0.7), (12, 76, 0.8), (14, 74, 0.7)),
    *((16, 79, 0.9), (17, 83, 0.7), (17.5, 86, 0.7), (19, 83, 0.6), (20, 81, 0.9), (22, 78, 0.7)),
    *((24, 83, 0.9), (25.5, 79, 0.7), (26.5, 76, 0.6), (28, 79, 0.9), (30, 74, 0.6)),
)
_TOP = (
    *((0, 84, 0.8), (2, 81, 0.6), (4, 79, 0.8), (6, 76, 0.6), (8, 83, 0.8), (10, 79, 0.6)),
    *((12, 76, 0.8), (14, 79, 0.6), (16, 81, 0.8), (18, 84, 0.7), (20, 83, 0.8), (22, 79, 0.6)),
    *((24, 78, 0.9), (26, 81, 0.7), (28, 84, 0.8), (30, 78, 0.7)),
)


def piece() -> Piece:
    """Return the piece: two verses, a bridge, a turn, and the verse with everybody."""
    notes: list[Note] = []
    for section, chords in enumerate((_VERSE, _VERSE, _BRIDGE, _TURN, _VERSE)):
        drums = _LIGHT if section in (0, 3) else _FULL
        played = [
            *held(pad, chords, 4, 0.5, wet=0.3),
            *broken(pluck, chords, 4, _PATTERN, 0.75),
            *roots(bass, chords, 4, _WALK),
            *beaten(8, drums),
        ]
        notes += at_bar(8 * section, played)
    notes += at_bar(8, sung(bell, _SONG, 0.5))
    notes += at_bar(24, sung(bell, _TOP, 0.4, pan=-0.2))
    notes += at_bar(32, sung(bell, _SONG, 0.5))
    return Piece(tuple(notes), _BAR, 40, room=1.3)
