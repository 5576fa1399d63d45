"""Every spec that is written passes `render check --strict`: documents × lengths × manners."""

import itertools
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from reelspec.author.darkroom import Picture
from reelspec.author.drafts import Draft, Task
from reelspec.author.notes import Beat, Research, Source
from reelspec.author.posing import places, posed
from reelspec.author.request import Manner, Pace, Request
from reelspec.author.scripting import Script
from reelspec.author.staging import scenes
from reelspec.author.timing import Length
from reelspec.author.writers.outline import write
from reelspec.author.writing import Origin, spec_text
from renderer.errors import Problem
from renderer.fonts import faces, missing
from renderer.looks import reading_of_spec
from renderer.source import parse
from renderer.spec import load
from tests.author.illustrated import image
from tests.author.writing import DOCUMENTS, SUBJECTS

MANNERS = (
    Manner(),
    Manner(theme="paper", size="vertical", rate=0.9),
    Manner(theme="news", size="square", include=("1954",), avoid=("Einstein", "أينشتاين")),
    Manner(theme="mono", engine="espeak", tone="calm", audience="children"),
)
LENGTHS = (15, 45, 120, 300)
TEXTS = sorted(path for path in DOCUMENTS.rglob("*") if path.suffix in (".md", ".txt"))
CASES = list(itertools.product(TEXTS, LENGTHS, MANNERS))
CHINESE = not missing("太", faces([], lang="zh"))


def problems(text: str, folder: Path) -> tuple[Problem, ...]:
    """Return what `render check --strict` would say of a spec's text."""
    path = folder / "film.yaml"
    path.write_text(text, encoding="utf-8")
    spec = load(path)
    return (*spec.warnings, *reading_of_spec(spec))


def spec_of(draft: Draft, request: Request, research: Research) -> str:
    script = Script(draft, tuple(scenes(draft.beats, research)), Length({}), 1.0, ())
    return spec_text(script, request, research, Origin((request.topic,)))


def written(path: Path, length: int, manner: Manner, lang: str = "") -> str:
    lang = lang or path.parent.name
    source = Source(path.stem, path.stem, path.read_text(encoding="utf-8"), lang=lang)
    topic = SUBJECTS[path.stem][lang]
    research = Research(topic, lang, (source,))
    request = Request(topic, lang, float(length), manner)
    return spec_of(write(Task(request, research, Pace(13.0), length * 0.95)), request, research)


def spoken(cases: list[tuple[Path, int, Manner]]) -> Iterator[tuple[Path, int, Manner]]:
    """Yield the cases whose letters this machine can draw."""
    return (case for case in cases if CHINESE or case[0].parent.name != "zh")


@pytest.mark.parametrize("lang", ["en", "ar", "es", "zh"])
def test_specs_of_every_language_pass_the_strict_check(tmp_path: Path, lang: str) -> None:
    chosen = [case for case in spoken(CASES) if case[0].parent.name == lang][::7]

    assert [()] * len(chosen) == [problems(written(*case), tmp_path) for case in chosen]


@pytest.mark.parametrize("lang", ["en", "ar", "es"])
def test_specs_with_pictures_pass_the_strict_check(tmp_path: Path, lang: str) -> None:
    (tmp_path / "a.jpg").write_bytes(image())
    chosen = [case for case in spoken(CASES) if case[0].parent.name == lang][5::11]
    films = [parse(written(*case), "film.yaml").data for case in chosen]
    for film in films:
        for at in places(film["scenes"]):
            film["scenes"][at] = posed(film["scenes"][at], Picture(b"", "words", ""), "a.jpg")

    assert all("split" in [scene["template"] for scene in film["scenes"]] for film in films)
    assert [()] * len(films) == [problems(json.dumps(film), tmp_path) for film in films]


@pytest.mark.soak
def test_two_hundred_specs_pass_the_strict_check(tmp_path: Path) -> None:
    sizes = [*CASES, *itertools.product(TEXTS, (8, 30, 75, 200), MANNERS)]
    assert len(sizes) >= 200

    found = [(case, problems(written(*case), tmp_path)) for case in spoken(sizes)]

    assert [] == [(case, wrong) for case, wrong in found if wrong]


HOSTILE = [
    "{{ 7 * 7 }} and {% for x in y %} [[mark]] [[pause 9s]] are text.",
    "A {{{ nested }}} brace, a {[[{ mix }]]} and **stars** and `ticks` here.",
    "Colons: and # hashes # and - dashes, 'quotes' and \"double\" ones.",
    "Controls \x00 \x1b[31m \u202e bidi \u2066 \ufeff and a lone \ud800 surrogate.",
    "Emoji 🎬 and ☃ and private \ue000 and \U000f0000 signs stand here.",
    "& anchors * aliases ! tags | pipes > folds % percent @ at ` tick.",
    "yes",
    "1:30",
    "2024-01-01",
    "0x1f",
    "~",
    "=",
    "<<",
    "...",
    "---",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_outside_means_itself(tmp_path: Path, text: str) -> None:
    research = Research("tea", "en", (Source("a", text, f"{text}\n"),))
    beats = (
        Beat("opening", (text,), ("a",), title=text, value=text),
        Beat("list", (text,), ("a",), title=text, items=(text, f"{text} 2"), notes=text),
        Beat("number", (text,), ("a",), value=text, title=text),
        Beat("quote", (text,), ("a",), value=text, author=text),
        Beat("contrast", (text,), ("a",), items=(f"{text}: {text}; b", "c: d")),
        Beat("code", ("See this.",), ("a",), value=text, title=text),
        Beat("point", (text,), ("a",), value=text),
        Beat("close", (text,)),
    )

    found = problems(spec_of(Draft(text, beats), Request("tea", "en", 30), research), tmp_path)

    assert () == found
