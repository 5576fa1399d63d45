"""From a topic to a film step by step: research, script, check, contact sheet, film.

Each step shows what it has made and takes a word on it. The steps are the programs themselves: the
author by its command line, the renderer by its own functions; whatever is agreed on is in the spec.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reelspec.service.authored import PROGRAM, Author
from reelspec.service.guess import timeline_of
from reelspec.service.passing import to_author
from renderer.errors import Problem, SpecError, Stop, UsageError
from renderer.publishing import publish
from renderer.render import Options, render
from renderer.sheet import moments, sheet
from renderer.source import parse
from renderer.spec import load

Say = Callable[[str], None]
Ask = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Steps:
    """A film on its way: where its spec lies, how the author is called, who is talked to.

    `ask` returns the words of an answer; none mean that it goes on.
    """

    spec: Path
    topic: str
    words: tuple[str, ...]
    say: Say
    ask: Ask

    def write(self) -> None:
        """Research and write, again with further sources as long as some are named."""
        sources: list[str] = []
        while True:
            self._author(sources)
            self.say(told_sources(self.data()))
            answer = self.ask("another source (a file or an address), or Enter to go on")
            if not answer:
                return
            sources += ["--source", answer]

    def review(self) -> None:
        """Show the script and change it as long as words are given."""
        self._change(lambda: self.say(told_scenes(self.data())), "what to change, or Enter")

    def check(self) -> None:
        """Show the problems of the spec until it has none; raises SpecError if nobody mends it."""
        while True:
            try:
                warnings = load(self.spec).warnings
            except SpecError as stop:
                self.say("\n".join(map(str, stop.problems)))
                if not self.ask("mend the file and answer `again`, or Enter to give up"):
                    raise
            else:
                self.say("\n".join(map(str, warnings)) or "no problems")
                return

    def look(self) -> None:
        """Show the contact sheet, and change the spec as long as words are given."""
        self._change(lambda: self.say(str(self.sheet())), "what to change, or Enter")

    def sheet(self) -> Path:
        """Make the contact sheet beside the spec; its times are guesses until the voice speaks."""
        options = Options()
        timeline = timeline_of(load(self.spec))
        store = options.open_store(self.spec)
        out = self.spec.with_suffix(".sheet.png")
        publish(sheet(timeline, moments(timeline), store, options.processes), out)
        return out

    def film(self) -> Path:
        """Make the film beside the spec."""
        return render(self.spec, self.spec.with_suffix(".mp4"), Options()).path

    def data(self) -> Mapping[str, Any]:
        """Return the spec as plain data, empty where it is not readable."""
        found = parse(self.spec.read_bytes(), self.spec.name).data
        return found if isinstance(found, dict) else {}

    def _author(self, sources: list[str]) -> None:
        """Write the spec; the author talks to the user itself. Raises UsageError where it fails."""
        ends = ["-o", str(self.spec), "--force", "--", self.topic]
        words = ["write", *self.words, *sources, *ends]
        command = [sys.executable, "-P", "-c", PROGRAM, *words]
        done = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise Stopped(done.returncode)

    def _change(self, show: Callable[[], None], question: str) -> None:
        show()
        while answer := self.ask(question):
            try:
                Author(self.words, to_author()).revise(self.spec, answer)
            except Stop as stop:
                self.say("\n".join(map(str, stop.problems)))
            else:
                show()


class Stopped(Exception):
    """A step ended the whole; it has said why. Carries its exit status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def refuse_existing(spec: Path, force: bool) -> None:
    """Raise UsageError where a spec is there that nobody said may be replaced."""
    if spec.exists() and not force:
        hint = "name another with -o, or add --force"
        raise UsageError(Problem("exists", f"'{spec}' is there already", hint=hint))


def told_sources(spec: Mapping[str, Any]) -> str:
    """Return the sources of a spec, one a line, with what is quoted of each."""
    found = spec.get("sources")
    return "\n".join(_sources(found)) if isinstance(found, dict) and found else "no sources"


def _sources(found: Mapping[str, Any]) -> Iterator[str]:
    for name, each in found.items():
        said = each if isinstance(each, dict) else {}
        where = f"  {said['url']}" if said.get("url") else ""
        yield f"{name}: {said.get('title', name)}{where}"


def told_scenes(spec: Mapping[str, Any]) -> str:
    """Return what a spec's scenes say, one a line, numbered as instructions name them."""
    scenes = [each for each in spec.get("scenes", []) if isinstance(each, dict)]
    lines = (
        f"{number}. {scene.get('id', f'scene-{number}')}: {_said(scene.get('say', ''))}"
        for number, scene in enumerate(scenes, 1)
    )
    return "\n".join(lines)


def _said(say: Any) -> str:
    texts = say if isinstance(say, list) else [say]
    return " ".join(
        str(one.get("text", "")) if isinstance(one, dict) else str(one) for one in texts
    )
