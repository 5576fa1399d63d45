"""A film handed to other programs as text: its chapters, or all that it says, and when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from renderer.timeline import Shot, Spoken, Timeline
from renderer.times import SAMPLE_RATE, half_up, sample_at


def chapters(timeline: Timeline) -> str:
    """Return a line for each chapter, `0:00 Title`, as video sites read it in a description."""
    return "".join(
        f"{_clock(chapter.first / timeline.canvas.fps)} {' '.join(chapter.title.split())}\n"
        for chapter in timeline.chapters
    )


def _clock(time: Fraction) -> str:
    whole = int(time)
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02}:{rest % 60:02}" if hours else f"{rest // 60}:{rest % 60:02}"


def as_json(timeline: Timeline) -> str:
    """Return the film as JSON: `scenes` in order, each with what it says; times in seconds.

    A line has its text, its voice and its words; a word has its text and when it begins.
    """
    canvas = timeline.canvas
    told = {
        "version": 1,
        "title": timeline.title,
        "description": timeline.description,
        "author": timeline.author,
        "lang": canvas.lang,
        "size": list(canvas.shown),
        "fps": str(canvas.fps),
        "length": _seconds(timeline.frames / canvas.fps),
        "scenes": list(_scenes(timeline)),
        "captions": [
            {
                "start": _seconds(one.first / canvas.fps),
                "end": _seconds(one.last / canvas.fps),
                "lines": list(one.lines),
            }
            for one in timeline.subtitles()
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"


def _scenes(timeline: Timeline) -> Iterator[dict[str, Any]]:
    fps, (begin, end) = timeline.canvas.fps, timeline.made
    for shot, start in zip(timeline.shots, timeline.starts, strict=True):
        first, last = max(start, begin) - begin, min(start + shot.frames, end) - begin
        if first < last:
            said = [_line(one, sample_at(begin, fps)) for one in shot.cues]
            yield {
                "id": shot.id,
                "title": shot.title,
                "start": _seconds(first / fps),
                "end": _seconds(last / fps),
                "transition": _transition(shot, fps),
                "lines": said,
            }


def _transition(shot: Shot, fps: Fraction) -> dict[str, Any] | None:
    if shot.enter is None:
        return None
    return {"kind": shot.enter.kind, "over": _seconds(shot.enter.over / fps)}


def _line(said: Spoken, begin: int) -> dict[str, Any]:
    cue, start = said.cue, Fraction(said.start - begin, SAMPLE_RATE)
    words = [
        {
            "text": cue.text[word.first : word.last],
            "start": _seconds(start + Fraction(word.start, 1000)),
        }
        for word in cue.words
    ]
    end = _seconds(start + Fraction(cue.samples, SAMPLE_RATE))
    told = {"text": cue.text, "start": _seconds(start), "end": end, "words": words}
    return {**told, "engine": cue.engine, "voice": cue.voice, "estimated": cue.estimated}


def _seconds(time: Fraction) -> float:
    """Return a time in seconds, to the millisecond."""
    return half_up(time * 1000) / 1000
