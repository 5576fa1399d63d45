"""A topic → Research: plug-ins find sources, whose sentences become notes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from reelspec.author import plugins
from reelspec.author.desk import Desk, Found
from reelspec.author.notes import Research, Source
from reelspec.author.noting import notes
from renderer.errors import MissingError, Problem, UsageError, did_you_mean
from renderer.source import NotAValue, scalar

FAMILY = "research"

_TYPES: dict[str, tuple[type, ...]] = {"string": (str,), "integer": (int,), "array": (list, tuple)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A plug-in that is to be asked, with the parameters of its `PARAMS`."""

    plugin: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gathered:
    """What research has brought, and what went wrong on the way."""

    research: Research
    problems: tuple[Problem, ...] = ()


def gather(topic: str, asked: Sequence[Asked], desk: Desk) -> Gathered:
    """Return the sources that the plug-ins find, each once and with an id of its own, and notes.

    Raises UsageError for a plug-in or a parameter that is not there, MissingError where a library
    is missing that one of them needs.
    """
    found = [_asked(topic, one, desk) for one in asked]
    problems = [problem for one in found for problem in one.problems]
    missing = [problem for problem in problems if problem.code == "missing-extra"]
    if missing:
        raise MissingError(*missing)
    sources = _named(_distinct(source for one in found for source in one.sources))
    research = Research(topic, desk.lang, sources, notes(topic, sources))
    return Gathered(research, tuple(dict.fromkeys(problems)))


def _asked(topic: str, asked: Asked, desk: Desk) -> Found:
    module = plugins.load(FAMILY, asked.plugin)
    params = completed(asked.plugin, module.PARAMS, asked.params)
    found: Found = module.find(topic, params, desk)
    return found


def completed(plugin: str, schema: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """Return parameters with the defaults of a plug-in's `PARAMS`; raises UsageError."""
    for name, value in given.items():
        if name not in schema:
            hint = did_you_mean(name, schema)
            raise _wrong(f"'{plugin}' has no parameter '{name}'", hint)
        _check(plugin, name, schema[name], value)
    defaults = {name: one["default"] for name, one in schema.items() if "default" in one}
    whole = defaults | dict(given)
    for name in schema.keys() - whole.keys():
        raise _wrong(f"'{plugin}' needs '{name}'", schema[name]["description"])
    return whole


def _check(plugin: str, name: str, schema: Mapping[str, Any], value: Any) -> None:
    wanted = _TYPES[schema["type"]]
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise _wrong(f"'{name}' of '{plugin}' is no {schema['type']}", schema["description"])
    if value not in (names := schema.get("enum", [value])):
        raise _wrong(f"'{name}' of '{plugin}' is '{value}'", f"there are {', '.join(names)}")
    least, most = schema.get("minimum", value), schema.get("maximum", value)
    if isinstance(value, int) and not least <= value <= most:
        raise _wrong(f"'{name}' of '{plugin}' is {value}", f"from {least} to {most} are possible")


def asked_of(family: str, written: str) -> Asked:
    """Return the plug-in that `NAME[:KEY=VALUE,…]` asks for, each value as its `PARAMS` wants it.

    Raises UsageError where that is no such plug-in, or sets nothing.
    """
    name, _, rest = written.partition(":")
    schema: Mapping[str, Any] = getattr(plugins.load(family, name), "PARAMS", {}) if rest else {}
    params: dict[str, Any] = {}
    for piece in filter(None, rest.split(",")):
        key, equals, value = piece.partition("=")
        if not equals:
            hint = f"write `--{family} {name}:name=value,…`"
            raise UsageError(Problem("usage", f"'{piece}' sets no parameter", hint=hint))
        params[key.strip()] = _value(schema.get(key.strip(), {}).get("type", "string"), value)
    return Asked(name, params)


def _value(kind: str, written: str) -> Any:
    """Return a parameter as its plug-in wants it: a number, a list, else text."""
    if kind == "array":
        return written.split("|")
    try:
        return scalar(written) if kind == "integer" else written
    except NotAValue:
        return written


def _wrong(says: str, hint: str) -> UsageError:
    return UsageError(Problem("bad-parameter", says, hint=hint))


def _distinct(sources: Iterable[Source]) -> list[Source]:
    """Return sources without those whose address or text is that of one before."""
    kept: dict[str, Source] = {}
    urls = set()
    for source in sources:
        if source.text not in kept and source.url not in urls:
            kept[source.text] = source
            urls |= {source.url} if source.url else set()
    return list(kept.values())


def _named(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Return sources whose ids are told apart by numbers where they are equal."""
    named: dict[str, Source] = {}
    for source in sources:
        names = [source.id, *(f"{source.id}-{count}" for count in range(2, len(named) + 3))]
        name = next(name for name in names if name not in named)
        named[name] = replace(source, id=name)
    return tuple(named.values())
