"""`author TOPIC`: write the spec of a film."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import click

from reelspec.author.cli.options import film_options, manner_of, model_of, output_options
from reelspec.author.cli.parts import load
from reelspec.author.cli.summary import show_pictures, show_summary
from reelspec.author.cli.telling import telling
from reelspec.author.request import Request
from renderer.cli.edge import as_json, show_problems
from renderer.errors import Problem, Stop, UsageError
from renderer.paths import root_of
from renderer.store import Store
from renderer.times import seconds


@click.command(help="Write the spec of a film on TOPIC; its path is printed.")
@click.argument("topic")
@film_options
@output_options
@click.pass_context
def command(ctx: click.Context, /, topic: str, output: Path | None, **how: Any) -> int:
    """Write the spec and return the exit status; with `--render` that of the renderer."""
    try:
        return _made(ctx, topic, output, how)
    except Stop as stop:
        if not how["objects"]:
            raise
        show_problems(stop.problems, "json")
        return stop.status


def _made(ctx: click.Context, topic: str, output: Path | None, how: Mapping[str, Any]) -> int:
    out = output or Path(f"{_slug(topic)}.yaml")
    request = request_of(topic=topic, **how)
    authoring = load("authoring")
    authoring.refuse_existing(out, how["force"])
    origin = authoring.origin_of(out, () if how["unsigned"] else command_line(ctx, out))
    if how["skeleton"]:
        authoring.publish(load("skeleton").skeleton(request, origin), out)
        _show_skeleton(out, how)
    else:
        written = _written(request, origin, out, how)
        authoring.keep_pictures(written, out)
        authoring.publish(written.text, out)
        _show(out, written, how)
    return _rendered(out) if how["rendering"] else 0


def _written(request: Request, origin: Any, out: Path, how: Mapping[str, Any]) -> Any:
    """Return the spec that is written; raises `Stop` before anything of it is on disk."""
    authoring, gathering = load("authoring"), load("gathering")
    store = Store(root_of(out) / ".render")
    with telling(how["objects"], how["quiet"]) as report:
        report("research", request.topic)
        named = gathering.Named(**places_of(how))
        gallery = authoring.gallery_of(how["pictures"], request, named, out)
        found = gathering.gathered(request.topic, request.lang, named, store)
        return authoring.author(request, found, how["writer"], origin, store, report, gallery)


def _show(out: Path, written: Any, how: Mapping[str, Any]) -> None:
    """Tell what was written: problems and numbers on standard error, the path or all as JSON."""
    if how["objects"]:
        show_problems(written.problems, "json")
        warnings = [json.loads(as_json(problem)) for problem in written.problems]
        files = [f"{written.folder}/{one.developed.file}" for one in written.album.prints.values()]
        said = {"spec": str(out), **written.account.as_data(), "pictures": files}
        said["warnings"] = warnings
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    show_problems(written.problems)
    if not how["quiet"]:
        show_summary(out, written.account)
        show_pictures(written.folder, written.album)
    click.echo(out)


def _show_skeleton(out: Path, how: Mapping[str, Any]) -> None:
    if not (how["objects"] or how["quiet"]):
        click.echo(f"wrote {out.name}: every scene of it is to be filled in", err=True)
    click.echo(json.dumps({"spec": str(out)}, ensure_ascii=False) if how["objects"] else out)


def request_of(topic: str, duration: str, lang: str, **how: Any) -> Request:
    """Return the film that a command line asks for; raises UsageError where it asks for none."""
    return Request(_topic(topic), lang, _seconds(duration), manner_of(**how), model_of(**how))


def places_of(how: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a command line says of where facts are to come from."""
    return {key: how[key] for key in ("sources", "plugins", "offline", "allowed")}


def _topic(topic: str) -> str:
    if not topic.strip():
        raise UsageError(Problem("usage", "the topic is empty"))
    return " ".join(topic.split())


def _seconds(written: str) -> float:
    length = seconds(written, Fraction(30))
    if length is None or not 5 <= length <= 3600:
        hint = "write seconds such as 120, or 2:00; from 5 seconds to an hour"
        raise UsageError(Problem("bad-time", f"--duration {written} is no length", hint=hint))
    return float(length)


def _slug(topic: str) -> str:
    """Return a file name's stem made of the topic's words, in any script."""
    return "-".join(re.findall(r"\w+", topic.lower()))[:60].strip("-") or "film"


def command_line(ctx: click.Context, out: Path) -> list[str]:
    """Return the words of the command line that decide what is written, in a fixed order.

    Files are named as they lie from the spec.
    """
    given: list[str] = [ctx.params["topic"]]
    for option in ctx.command.params:
        if isinstance(option, click.Option) and option.name not in _NOT_WRITTEN:
            value = ctx.params[option.name or ""]
            if value == option.default or value in (None, (), False):
                continue
            for each in value if isinstance(value, tuple) else (value,):
                named = _FROM_SPEC.get(option.name or "", _as_it_is)(each, out)
                given += [option.opts[-1]] if each is True else [option.opts[-1], named]
    return given


def _from_spec(source: str, out: Path) -> str:
    if "://" in source or not Path(source).exists():
        return source
    return Path(os.path.relpath(Path(source).resolve(), out.resolve().parent)).as_posix()


def _pictures_from_spec(written: str, out: Path) -> str:
    """Return what asks for pictures with its folder named as it lies from the spec."""
    name, colon, rest = written.partition(":")
    parts = [piece.partition("=") for piece in rest.split(",")]
    named = [f"{k}{eq}{_from_spec(v, out) if k.strip() == 'path' else v}" for k, eq, v in parts]
    return f"{name}{colon}{','.join(named)}"


def _as_it_is(value: object, out: Path) -> str:
    return str(value)


_FROM_SPEC = {"sources": _from_spec, "pictures": _pictures_from_spec}
"""Option → how its value is written in a spec, where it names files."""

_NOT_WRITTEN = {"llm_key", "llm_url", "output", "force", "rendering", "objects", "quiet"}


def _rendered(spec: Path) -> int:
    """Render the spec in a process of its own, as a user would, and return its exit status."""
    program = "from renderer.cli import main; main()"
    return subprocess.run([sys.executable, "-c", program, str(spec)], check=False).returncode
