"""The input schemas of the verbs: JSON Schema, as OpenAPI and the agent protocol take it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from reelspec.service.files import MOST_ASSETS
from reelspec.service.refusals import Refused
from renderer.errors import Place, Problem
from renderer.profile import UNTRUSTED
from renderer.schema import Checker

Schema = dict[str, Any]


def shape(required: tuple[str, ...] = (), **properties: Schema) -> Schema:
    """Return the schema of an object with these properties and no others."""
    schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**schema, "required": list(required)} if required else schema


def text(about: str, most: int, **more: Any) -> Schema:
    """Return the schema of a text of at most so many characters."""
    return {"type": "string", "description": about, "maxLength": most, **more}


def _words(about: str) -> Schema:
    return {"type": "array", "maxItems": 10, "description": about, "items": text("", 60)}


def _files(about: str, most: int) -> Schema:
    one = text("The id of an upload, or an https address.", 2000)
    return {
        "type": "object",
        "maxProperties": most,
        "description": about,
        "additionalProperties": one,
    }


MOST_SOURCES = 10
_WORD = "^[^-\\s]"
_ID: Schema = {"minLength": 32, "pattern": "^[0-9a-f]{32}$"}
SESSION = text("The id of a video, as it was given.", 32, **_ID)
KEY = text(
    "A key of your own: the same key with the same request is the same job.",
    100,
    pattern="^[\\w.:-]{1,100}$",
)
MODE: Schema = {
    "type": "string",
    "enum": ["real", "mock"],
    "default": "real",
    "description": "`mock` makes spec, timeline and contact sheet, without voice and film.",
}
WEBHOOK = text(
    "An https address that is told when the job has ended, where webhooks are switched on.",
    2000,
    pattern="^https?://",
)
SPEC: Schema = {
    "type": ["string", "object"],
    "description": "The spec: YAML as text, or the same as JSON.",
    "maxLength": 1 << 20,
}
PROMPT: dict[str, Schema] = {
    "prompt": text("What the film is about, in its language.", 500, minLength=1, pattern="\\S"),
    "duration_preference": {
        "type": "number",
        "minimum": 5,
        "maximum": 900,
        "default": 60,
        "description": "How long the film ought to be, in seconds.",
    },
    "language": text(
        "BCP 47 tag; otherwise told by the prompt's letters.",
        35,
        pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$",
    ),
    "theme": text("A theme, as `/templates` lists them.", 60, pattern="^[\\w-]+$"),
    "size": text(
        "Such as `1080p`, `square`, `vertical`.", 12, pattern="^([a-z0-9]+|[0-9]+x[0-9]+)$"
    ),
    "tone": text("Such as `calm`; for writers that phrase.", 60, pattern=_WORD),
    "audience": text("Such as `children`.", 60, pattern=_WORD),
    "include": _words("Prefer what has these words."),
    "avoid": _words("Leave out what has these words."),
    "writer": text("Who writes; the service says which there are.", 60, pattern="^[\\w-]+$"),
    "engine": {
        "type": "string",
        "enum": list(UNTRUSTED.engines),
        "description": "The voice engine.",
    },
    "voice": text("A voice of the engine, by name.", 100, pattern=_WORD),
    "rate": {
        "type": "number",
        "minimum": 0.5,
        "maximum": 2,
        "description": "How fast the voice speaks; 1 is its normal.",
    },
    "sources": _files(
        "What the film rests on: name, such as `solar.md` → the id of an upload, or an https "
        "address where the service may fetch from its host.",
        MOST_SOURCES,
    ),
    "text": text("Text that the film rests on, in Markdown.", 500_000, minLength=1),
    "pictures": {
        "type": "string",
        "enum": ["procedural"],
        "description": "Illustrate with backgrounds that the program draws.",
    },
    "skeleton": {
        "type": "boolean",
        "default": False,
        "description": "Without sources: only the shape, every scene of it marked `TO FILL IN`.",
    },
}
BASE = text("The id of a video whose pictures and other files the spec uses too.", 32, **_ID)
ASSETS = _files(
    "Path as the spec names it → the id of an upload, or an https address where the service may "
    "fetch from its host.",
    MOST_ASSETS,
)


def completed(checker: Checker, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return arguments with their defaults; raises Refused with every problem of them."""
    problems = checker.problems(dict(given), _place, final=True)
    if problems:
        raise Refused(422, "bad-request", "the request has problems", [_told(p) for p in problems])
    known = checker.schema["properties"].items()
    defaults = {name: each["default"] for name, each in known if "default" in each}
    return {**defaults, **given}


def _place(path: Sequence[str | int] = (), key: bool = False) -> Place:
    return Place("/".join(map(str, path)), 1, 1)


def _told(problem: Problem) -> dict[str, Any]:
    said = {"level": "error", "code": problem.code, "message": problem.message}
    pointer = f"#/{problem.place.file}" if problem.place else "#/"
    return {**said, "hint": problem.hint, "pointer": pointer}
