"""What the verbs take: the film that is asked for, its manner, where it is written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import click

from reelspec.author.plugins import known
from reelspec.author.request import Manner, Model

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]
_WORD = "May be repeated."


def film_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what decides the film: its length, language, sources, writer and manner."""
    for option in reversed(_FILM):
        command = option(command)
    return command


def output_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add where the spec is written and what is told meanwhile."""
    for option in reversed(_OUTPUT):
        command = option(command)
    return command


def model_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add who writes, and which language model where that is one."""
    options: list[Decorator] = [*reversed(_MODEL), writer_option]
    for option in options:
        command = option(command)
    return command


def manner_of(**how: Any) -> Manner:
    """Return the manner that the command line asks for."""
    return Manner(**{field.name: how[field.name] for field in fields(Manner)})


def model_of(**how: Any) -> Model:
    """Return the language model that the command line and the environment name."""
    given = {key.removeprefix("llm_"): value for key, value in how.items() if key[:4] == "llm_"}
    return Model(**{"name" if key == "model" else key: value for key, value in given.items()})


def _setting(name: str, variable: str, says: str) -> Decorator:
    return click.option(name, default="", envvar=variable, show_envvar=True, help=says)


allow_option = click.option(
    "--allow",
    "allowed",
    multiple=True,
    metavar="HOST:PORT",
    help=f"A place that is not public and may be asked. {_WORD}",
)
writer_option = click.option(
    "--writer",
    default="outline",
    show_default=True,
    metavar="NAME",
    help=f"Who writes: {', '.join(sorted(known('writers')))}.",
)
_MODEL: list[Decorator] = [
    _setting("--llm-url", "REELSPEC_LLM_URL", "An OpenAI-compatible address, up to /v1."),
    _setting("--llm-model", "REELSPEC_LLM_MODEL", "The model's name there."),
    _setting("--llm-key", "REELSPEC_LLM_KEY", "Its key; rather by the variable."),
    click.option(
        "--llm-output",
        type=click.Choice(["prompted", "native", "tool"]),
        default="prompted",
        show_default=True,
        help="How the model is held to the plan.",
    ),
]

_FILM: list[Decorator] = [
    click.option("--duration", default="120", show_default=True, metavar="TIME", help="Length."),
    click.option("--lang", default="en", show_default=True, help="BCP 47 tag of the language."),
    click.option(
        "--source", "sources", multiple=True, metavar="FILE|URL", help=f"What it rests on. {_WORD}"
    ),
    click.option(
        "--research",
        "plugins",
        multiple=True,
        metavar="NAME[:KEY=VALUE,…]",
        help=f"Also ask {', '.join(sorted(known('research')))}. {_WORD}",
    ),
    click.option("--offline", is_flag=True, help="Only pages that were fetched before."),
    allow_option,
    writer_option,
    click.option(
        "--pictures",
        "pictures",
        multiple=True,
        metavar="NAME[:KEY=VALUE,…]",
        help=f"Illustrate with {', '.join(sorted(known('pictures')))}. {_WORD}",
    ),
    click.option("--skeleton", is_flag=True, help="Write only the shape, to be filled in."),
    click.option("--tone", default="", help="Such as `calm`; for writers that phrase."),
    click.option("--audience", default="", help="Such as `children` or `engineers`."),
    click.option("--theme", default="", help="One of `render templates`."),
    click.option("--size", default="", help="Such as `1080p` or `vertical`."),
    click.option(
        "--include", multiple=True, metavar="WORDS", help=f"Prefer what has them. {_WORD}"
    ),
    click.option(
        "--avoid", multiple=True, metavar="WORDS", help=f"Leave out what has them. {_WORD}"
    ),
    *_MODEL,
    click.option("--engine", default="auto", show_default=True, help="Voice engine."),
    click.option("--voice", default="", help="A name of `render voices`."),
    click.option("--rate", type=click.FloatRange(0.5, 2.0), default=1.0, help="The voice's rate."),
]

_OUTPUT: list[Decorator] = [
    click.option(
        "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The spec."
    ),
    click.option("--force", is_flag=True, help="Replace a file that is there."),
    click.option("--unsigned", is_flag=True, help="Leave this command line out of the spec."),
    click.option("--render", "rendering", is_flag=True, help="Also make the film."),
    click.option("--json", "objects", is_flag=True, help="Tell everything as JSON objects."),
    click.option("-q", "--quiet", is_flag=True, help="Say nothing but warnings and errors."),
]
