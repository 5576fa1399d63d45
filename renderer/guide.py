"""A recording's word times by a synthetic reading of its text, whose own are known.

Another voice says the same text, and the two sounds are laid over one another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType

import numpy as np

from renderer.engines import voice_for
from renderer.letters import letters_of, written_in
from renderer.media.sound import read, resample
from renderer.times import SAMPLE_RATE
from renderer.timewarp import STEP, Sound, warped
from renderer.words import Event

_PAUSE = 18  # steps without sound that a word does not begin with
_LEAST = 0.2  # seconds; less is no speech to compare


def events(
    text: str, lang: str, heard: Sound, voiced: Sequence[bool], engine: ModuleType, path: Path
) -> list[Event] | None:
    """Return estimated word events of what is heard, mono at 48 kHz, in which a text is said.

    `voiced` says of each 10 ms whether there is sound; `engine` is a voice that tells the times of
    words, `path` a file that it may write. None where it does not read the text.
    """
    name = voice_for(engine.voices(), lang)
    if (
        name is None
        or letters_of(text) not in written_in(lang)
        or len(heard) < _LEAST * SAMPLE_RATE
    ):
        return None
    told = engine.speak(text, path, {"lang": lang, "name": name, "rate": 1.0, "pitch": 1.0})
    channels, rate = read(path)
    guide: Sound = resample(channels.mean(axis=0, keepdims=True), rate)[0]
    if not told or len(guide) < _LEAST * SAMPLE_RATE:
        return None
    moment = _moments(guide, heard, voiced)
    return [(moment(ms), first, count) for ms, first, count in told]


def _moments(guide: Sound, heard: Sound, voiced: Sequence[bool]) -> Callable[[int], int]:
    """Return what gives the ms of what is heard for an ms of the guide; never in a pause."""
    steps, loud = warped(guide, heard), np.flatnonzero(voiced)

    def moment(ms: int) -> int:
        at = int(steps[min(ms // 10, len(steps) - 1)])
        if len(loud) and at < loud[0]:
            at = int(loud[0])
        later = loud[np.searchsorted(loud, at) :]
        pause = int(later[0]) - at if len(later) else 0
        return (at + pause * (pause >= _PAUSE)) * 1000 * STEP // SAMPLE_RATE

    return moment
