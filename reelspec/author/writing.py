"""A script → the text of its spec, with comments that say what each scene rests on."""

from __future__ import annotations

import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reelspec.author.composing import composed
from reelspec.author.notes import Beat, Research, Unsupported
from reelspec.author.plain import spoken_text
from reelspec.author.request import Request
from reelspec.author.reviewing import review_lines, shortened
from reelspec.author.scripting import Script, film_of
from reelspec.author.segmentation import content_words
from reelspec.author.staging import Scene

COMMAND = "author "


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a spec comes from: the command line that wrote it, or none, and its schema's path."""

    command: tuple[str, ...]
    schema: str = ".render/schema.json"


def spec_text(script: Script, request: Request, research: Research, origin: Origin) -> str:
    """Return the text of the spec that a script makes; equal scripts give equal texts."""
    film = film_of(script.draft, request, research, script.rate)
    beats = script.draft.beats
    told = [
        _told(scene, beat, research, script.draft.doubts)
        for scene, beat in zip(script.scenes, beats, strict=False)
    ]
    rest = list(script.scenes[len(beats) :])
    read = sum(bool(source.text) for source in research.sources)
    return composed(film, [*told, *rest], header(_number(read), origin))


def header(rests: str, origin: Origin) -> list[str]:
    """Return the lines at the head of a spec: its schema, what it rests on, what wrote it."""
    schema = f"yaml-language-server: $schema={origin.schema}"
    if not origin.command:
        return [schema, f"Written from {rests}; read it before you render it."]
    return [
        schema,
        f"Written from {rests} by this command; read it before you render it:",
        f"{COMMAND}{spoken_text(shlex.join(origin.command))}",
        "A scene that you change is yours: `author update` leaves it as it is.",
    ]


def _number(count: int) -> str:
    return f"{count} source{'' if count == 1 else 's'}" if count else "no source"


def _told(scene: Scene, beat: Beat, research: Research, doubts: Sequence[Unsupported]) -> Scene:
    return {**scene, "#": [*_grounds(beat, research), *review_lines(_of(beat, doubts))]}


def _grounds(beat: Beat, research: Research) -> Iterator[str]:
    """Yield what each sentence of a beat rests on."""
    for name in dict.fromkeys(beat.cite):
        source = research.source(name)
        if source is None or not source.text:
            continue
        text = " ".join(source.text.split())
        if all(sentence.rstrip(".。") in text for sentence in beat.say):
            yield f"rests on {name}, word for word"
        else:
            yield from (f"rests on {name}: “{q}”" for q in _quotes(beat, name, research))


def _quotes(beat: Beat, name: str, research: Research) -> list[str]:
    """Return the notes of a source that are nearest to what a beat says, shortened."""
    mine = set(content_words(" ".join(beat.say), research.lang))
    notes = [note for note in research.notes if note.source == name]
    near = sorted(notes, key=lambda n: -len(mine & set(content_words(n.quote, research.lang))))
    return [shortened(note.quote) for note in near[:2]]


def _of(beat: Beat, doubts: Sequence[Unsupported]) -> Iterator[Unsupported]:
    return (doubt for doubt in doubts if doubt.sentence in beat.say)
