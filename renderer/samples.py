"""A sentence to know a voice by, spoken by each of some voices and kept as a file."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from renderer.engines import ANY
from renderer.errors import Place, Problem
from renderer.nouns import Cue, Line, Voice
from renderer.store import Store
from renderer.voice import Speaker

SENTENCES = {
    "en": "The quick brown fox jumps over the lazy dog, 24 times a day.",
    "ar": "يصطدم الضوء بالسيليكون، فتتحرر ثلاثة إلكترونات كل لحظة.",
    "de": "Zwölf Boxkämpfer jagen Viktor quer über den großen Sylter Deich.",
    "fr": "Portez ce vieux whisky au juge blond qui fume.",
    "es": "El veloz murciélago hindú comía feliz cardillo y kiwi.",
}
"""Language → a sentence in it; in others a voice counts."""

_COUNTED = "1, 2, 3, 4, 5, 6, 7."


@dataclass(frozen=True, slots=True)
class Sample:
    """A voice to be heard: its engine, its name, and the language that it is asked to speak."""

    engine: str
    name: str
    lang: str


def sample_of(engine: str, name: str, tags: Sequence[str], lang: str | None) -> Sample:
    """Return the sample of a voice, in a language that is asked for, else in its own."""
    own = next((tag for tag in tags if tag != ANY), "en")
    return Sample(engine, name, lang or own)


def spoken(
    samples: Sequence[Sample], folder: Path, store: Store, done: Callable[[Path], None]
) -> Iterator[Problem]:
    """Write the sound of each sample into a folder; yield what went wrong with those that failed.

    Files are called after engine and voice; `done` is told each.
    """
    folder.mkdir(parents=True, exist_ok=True)
    speaker = Speaker(store)
    for sample in samples:
        said = speaker.speak(_line(sample))
        if isinstance(said, Problem):
            yield said
            continue
        done(_kept(said, folder / f"{sample.engine}-{_plain(sample.name)}.wav"))


def _line(sample: Sample) -> Line:
    base = sample.lang.replace("_", "-").split("-")[0].lower()
    voice = Voice(sample.engine, sample.lang, name=sample.name)
    return Line(SENTENCES.get(base, _COUNTED), voice, Place(sample.name or sample.engine, 1, 1))


def _kept(cue: Cue, path: Path) -> Path:
    shutil.copyfile(cue.sound, path)
    return path


def _plain(name: str) -> str:
    return re.sub(r"[^\w.-]+", "-", name).strip("-") or "voice"
