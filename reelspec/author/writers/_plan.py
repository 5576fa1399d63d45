"""The plan that a model fills: small and strict, so that every provider can be held to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from reelspec.author.beats import limits
from reelspec.author.charting import Row, charted
from reelspec.author.notes import Beat, BeatKind, Research
from reelspec.author.phrases import Matter, phrase
from reelspec.author.plain import without_thoughts
from reelspec.author.segmentation import sentences
from renderer.errors import Problem

Kind = Literal[
    "opening",
    "point",
    "list",
    "steps",
    "number",
    "quote",
    "contrast",
    "series",
    "code",
    "close",
]


class PlannedRow(BaseModel):
    """A row of a chart; both fields are asked for."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(description="As the source has it, such as a year or a country.")
    number: str = Field(description="The number as the source writes it, with its unit.")


class PlannedSeries(BaseModel):
    """Numbers under names that a source states; every field is asked for."""

    model_config = ConfigDict(extra="forbid")

    names: str = Field(description="What the names are, in a word, such as `year`.")
    numbers: str = Field(description="What the numbers are, in a few words.")
    rows: list[PlannedRow] = Field(description="Three to twenty-four rows.")


class PlannedScene(BaseModel):
    """One scene of a plan; every field is asked for, None where it does not apply."""

    model_config = ConfigDict(extra="forbid")

    kind: Kind
    narration: list[str] = Field(description="What is spoken, sentence by sentence.")
    sources: list[str] = Field(description="Ids of the sources that the narration rests on.")
    heading: str | None = Field(description="A few words for the screen.")
    items: list[str] | None = Field(
        description="list and steps: up to six, a few words each; contrast: two, `name: a; b`."
    )
    value: str | None = Field(
        description="number: with its unit; quote: the words; code: the code."
    )
    author: str | None = Field(description="quote: who said it; code: the programming language.")
    series: PlannedSeries | None = Field(
        description="series: numbers under names, all of them from the named sources."
    )
    picture: str | None = Field(description="What a picture of it shows, in a few English words.")


class Plan(BaseModel):
    """A whole script as a model gives it."""

    model_config = ConfigDict(extra="forbid")

    title: str
    scenes: list[PlannedScene]


def problem_of(plan: Plan) -> str:
    """Return what makes a plan useless, as it is said to the model; nothing where it is good."""
    if not plan.title.strip():
        return "the title is empty"
    spoken = [scene for scene in plan.scenes if any(map(str.strip, scene.narration))]
    if not spoken:
        return "no scene has a narration"
    if len(spoken) < len(plan.scenes):
        return "every scene needs a narration"
    return ""


def beats_of(plan: Plan, research: Research) -> tuple[tuple[Beat, ...], tuple[Problem, ...]]:
    """Return the beats of a plan, and warnings: of sources that are not there, of charted numbers.

    A number that is to be charted and that no cited source has under its name is left out.
    """
    said = [sentence for scene in plan.scenes for sentence in scene.narration]
    matter = Matter.of(said, research.lang)
    beats = [_beat(scene, plan.title, research, matter) for scene in plan.scenes]
    problems = [*_unknown(plan.scenes, research)]
    for at, scene in enumerate(plan.scenes):
        if scene.kind == "series":
            beats[at], wrong = _with_series(beats[at], scene.series, research)
            problems += wrong
    return tuple(beats), tuple(problems)


def _with_series(
    beat: Beat, planned: PlannedSeries | None, research: Research
) -> tuple[Beat, list[Problem]]:
    """Return a beat with the chart that its sources bear; a point where they bear none."""
    sources = [source for name in beat.cite if (source := research.source(name))]
    rows = [Row(row.name.strip(), row.number.strip()) for row in planned.rows] if planned else []
    names, numbers = (planned.names, planned.numbers) if planned else ("", "")
    found, left = charted(rows, names.strip(), numbers.strip(), sources, research.lang)
    made = replace(beat, series=found) if found else replace(beat, kind="point", value="")
    if not left and found:
        return made, []
    first = f"'{left[0].name}: {left[0].number}'" if left else "that many rows of one unit"
    says = f"no cited source has {first} for a chart of '{numbers[:40]}'"
    done = f"{len(left)} of {len(rows)} rows are left out" if found else "there is no chart"
    return made, [Problem("unsupported", f"{says}: {done}", level="warning")]


def _unknown(scenes: Iterable[PlannedScene], research: Research) -> Iterator[Problem]:
    names = dict.fromkeys(name for scene in scenes for name in scene.sources)
    for name in names:
        if research.source(name) is None:
            says = f"the model named a source '{name[:40]}' that is not there; it is left out"
            yield Problem("unknown-source", says, level="warning")


def _beat(scene: PlannedScene, title: str, research: Research, matter: Matter) -> Beat:
    spoken = [without_thoughts(text) for text in scene.narration]
    say = tuple(sentence for text in spoken for sentence in sentences(text))
    room = limits(research.lang)
    items = tuple(
        filter(None, (_short(item, room.statement, matter) for item in scene.items or ()))
    )
    heading = _short(scene.heading or "", room.statement, matter)
    kind: BeatKind = "list" if scene.kind == "steps" else scene.kind
    opening = kind == "opening"
    return Beat(
        kind,
        say,
        cite=tuple(name for name in scene.sources if research.source(name)),
        title=title if opening else heading,
        value=heading if opening else without_thoughts(scene.value or ""),
        items=tuple(scene.items or () if kind == "contrast" else filter(None, items)),
        author=(scene.author or "").strip(),
        notes=f"picture: {scene.picture.strip()}" if scene.picture else "",
        ordered=scene.kind == "steps",
    )


def _short(text: str, most: int, matter: Matter) -> str:
    """Return screen text that fits: as it is, or a phrase of it."""
    clean = without_thoughts(text)
    return clean if len(clean) <= most else phrase(clean, matter, most)
