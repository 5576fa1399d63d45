"""`reelspec agent TOPIC`: from a topic to a film, with a word from the user at each step."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import click

from reelspec.service.agent import Steps, Stopped, refuse_existing


@click.command(
    help="Research TOPIC, write a spec, check it, show a contact sheet and make the film. At a "
    "terminal each step asks for a word: Enter goes on."
)
@click.argument("topic")
@click.option("--duration", default="60", show_default=True, metavar="TIME", help="Length.")
@click.option("--lang", default="en", show_default=True, help="BCP 47 tag of the language.")
@click.option("--source", "sources", multiple=True, metavar="FILE|URL", help="What it rests on.")
@click.option(
    "--author-option", "more", multiple=True, metavar="WORD", help="A word more for `author`."
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="The spec.")
@click.option("--force", is_flag=True, help="Replace a spec that is there.")
@click.option("--approve", is_flag=True, help="Stop before rendering; you make the film yourself.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing.")
def command(
    topic: str,
    duration: str,
    lang: str,
    sources: tuple[str, ...],
    more: tuple[str, ...],
    output: Path | None,
    force: bool,
    approve: bool,
    yes: bool,
) -> int:
    """Go through the steps and return the exit status of the one that failed, else 0."""
    out = output or Path(f"{_slug(topic)}.yaml")
    refuse_existing(out, force)
    named = [word for source in sources for word in ("--source", source)]
    words = ("--duration", duration, "--lang", lang, *named, *more)
    steps = Steps(out, topic, words, _say, _ask if sys.stdin.isatty() and not yes else _nothing)
    try:
        _made(steps, approve)
    except Stopped as stopped:
        return stopped.status
    return 0


def _made(steps: Steps, approve: bool) -> None:
    work = {
        "research and script": steps.write,
        "script": steps.review,
        "check": steps.check,
        "contact sheet": steps.look,
    }
    for number, (name, step) in enumerate(work.items(), 1):
        click.secho(f"{number}. {name}", bold=True, err=True)
        step()
    if approve:
        _say(f"make the film with: render {steps.spec} -o {steps.spec.with_suffix('.mp4')}")
        click.echo(steps.spec)
        return
    click.secho("5. film", bold=True, err=True)
    click.echo(steps.film())


def _say(text: str) -> None:
    click.echo(text, err=True)


def _ask(question: str) -> str:
    answer = click.prompt(question, default="", show_default=False, err=True)
    return str(answer).strip()


def _nothing(question: str) -> str:
    return ""


def _slug(topic: str) -> str:
    return "-".join(re.findall(r"\w+", topic.lower()))[:60].strip("-") or "film"
