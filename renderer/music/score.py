"""What is played: notes in beats, gathered into a piece whose end runs into its beginning."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from renderer.music.tones import Instrument

Chord = tuple[int, tuple[int, ...]]
"""A bass note and the notes over it, low to high, as MIDI pitches."""

Melody = Sequence[tuple[float, int, float]]
"""Notes as (beat, MIDI pitch, loudness)."""


Drums = Mapping[Instrument, Sequence[tuple[float, float]]]
"""What is beaten in a bar: instrument → (beat, loudness)."""


@dataclass(frozen=True, slots=True)
class Note:
    """One note: its instrument, its beat, MIDI pitch, length in beats, loudness and place.

    `pan` is from -1, left, to 1, right; `wet` how much of it the room gives back.
    """

    instrument: Instrument
    beat: float
    pitch: int
    beats: float = 1.0
    level: float = 1.0
    pan: float = 0.0
    wet: float = 0.3


@dataclass(frozen=True, slots=True)
class Piece:
    """A loop: its notes, the samples of a bar of four beats, its bars, the length of its echo."""

    notes: tuple[Note, ...]
    bar: int
    bars: int
    room: float

    @property
    def samples(self) -> int:
        """Return its length in samples."""
        return self.bar * self.bars


def at_bar(bar: int, notes: Iterable[Note]) -> Iterator[Note]:
    """Yield notes that are written from beat 0, as they are played from a bar on."""
    return (replace(note, beat=note.beat + 4 * bar) for note in notes)


def held(
    instrument: Instrument, chords: Sequence[Chord], beats: float, level: float, wet: float = 0.4
) -> Iterator[Note]:
    """Yield the upper notes of chords, each held for so many beats, spread from left to right."""
    for index, (_, pitches) in enumerate(chords):
        for voice, pitch in enumerate(pitches):
            pan = -0.6 + 1.2 * voice / max(1, len(pitches) - 1)
            yield Note(instrument, index * beats, pitch, beats, level, pan, wet)


def broken(
    instrument: Instrument,
    chords: Sequence[Chord],
    beats: float,
    pattern: Sequence[tuple[float, int, float]],
    level: float,
) -> Iterator[Note]:
    """Yield chords in single notes, an octave up, by a pattern of (beat, voice, loudness).

    The pattern fills four beats; voices beyond the chord's are its lower ones, an octave higher.
    """
    for index, (_, pitches) in enumerate(chords):
        for start in range(0, round(beats), 4):
            for beat, voice, loud in pattern:
                octave, which = divmod(voice, len(pitches))
                pitch = pitches[which] + 12 * (octave + 1)
                pan = 0.45 if voice % 2 else -0.45
                at = index * beats + start + beat
                yield Note(instrument, at, pitch, 0.5, level * loud, pan, 0.35)


def roots(
    instrument: Instrument,
    chords: Sequence[Chord],
    beats: float,
    pattern: Sequence[tuple[float, float, int, float]],
) -> Iterator[Note]:
    """Yield bass notes by a pattern of (beat, length, semitones above the root, loudness)."""
    for index, (root, _) in enumerate(chords):
        for beat, length, above, loud in pattern:
            if beat < beats:
                yield Note(instrument, index * beats + beat, root + above, length, loud, 0.0, 0.05)


def sung(instrument: Instrument, melody: Melody, level: float, pan: float = 0.15) -> Iterator[Note]:
    """Yield the notes of a melody."""
    for beat, pitch, loud in melody:
        yield Note(instrument, beat, pitch, 1.0, level * loud, pan, 0.55)


def beaten(bars: int, hits: Drums, wet: float = 0.12) -> Iterator[Note]:
    """Yield what is beaten in every bar."""
    for bar in range(bars):
        for index, (instrument, beats) in enumerate(hits.items()):
            pan = (0.0, 0.25, -0.3)[index % 3]
            for beat, loud in beats:
                yield Note(instrument, 4 * bar + beat, 60, 0.25, loud, pan, wet)
