"""Calm: D major, 72 beats a minute. Broken chords over warm pads, a bell that says little."""

from __future__ import annotations

from renderer.music.score import Chord, Note, Piece, at_bar, broken, held, roots, sung
from renderer.music.tones import bass, bell, pad, pluck

_BAR = 160_000

_D: Chord = (38, (54, 57, 61, 64))
_BM: Chord = (35, (54, 57, 59, 62))
_G: Chord = (43, (54, 57, 59, 62))
_A_SUS: Chord = (45, (57, 59, 62, 64))
_A: Chord = (45, (57, 61, 64, 67))
_EM: Chord = (40, (55, 59, 62, 66))
_FSM: Chord = (42, (54, 57, 61, 64))

_VERSE = [_D, _D, _BM, _BM, _G, _G, _A_SUS, _A]
_BRIDGE = [_EM, _A_SUS, _FSM, _BM, _G, _EM, _A_SUS, _A]
_PATTERN = (
    *((0.0, 0, 1.0), (0.5, 1, 0.6), (1.0, 2, 0.75), (1.5, 3, 0.6)),
    *((2.0, 1, 0.85), (2.5, 3, 0.55), (3.0, 2, 0.7), (3.5, 1, 0.5)),
)
_SPARSE = ((0.0, 0, 0.9), (1.0, 2, 0.7), (2.0, 3, 0.8), (3.0, 1, 0.6))
_LOW = ((0.0, 3.6, 0, 0.8), (2.5, 1.2, 7, 0.35))

_SONG = (
    *((0, 78, 0.9), (3, 76, 0.6), (6, 69, 0.7), (8, 74, 0.9), (10.5, 71, 0.6), (12, 69, 0.7)),
    *((16, 71, 0.9), (18, 74, 0.7), (19, 76, 0.6), (22, 74, 0.6), (24, 76, 0.9), (28, 69, 0.7)),
)
_ANSWER = (
    *((0, 79, 0.8), (2, 78, 0.7), (4, 76, 0.9), (8, 73, 0.8), (11, 76, 0.6), (12, 74, 0.8)),
    *((16, 78, 0.8), (18, 76, 0.6), (20, 79, 0.7), (24, 81, 0.8), (27, 78, 0.6), (28, 76, 0.8)),
)


def piece() -> Piece:
    """Return the piece: a verse, its repetition with a song, a bridge, and the verse again."""
    notes: list[Note] = []
    for section, chords in enumerate((_VERSE, _VERSE, _BRIDGE, _VERSE)):
        pattern = _SPARSE if section == 3 else _PATTERN
        played = [
            *held(pad, chords, 4, 0.6),
            *broken(pluck, chords, 4, pattern, 0.75),
            *roots(bass, chords, 4, _LOW),
        ]
        notes += at_bar(8 * section, played)
    notes += at_bar(8, sung(bell, _SONG, 0.8))
    notes += at_bar(16, sung(bell, _ANSWER, 0.8))
    notes += at_bar(24, sung(bell, _SONG[:6], 0.45, pan=-0.2))
    return Piece(tuple(notes), _BAR, 32, room=2.6)
