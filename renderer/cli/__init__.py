"""The command `render`, a skin over the compiler; each verb is a module, loaded when called.

What reads the command line is loaded after whoever makes films was told to begin loading.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from typing import Any, NoReturn

from renderer.unchanged import Command, command_of, told

INTERRUPTED = 130
"""The exit status of a command that was interrupted."""

VERBS = {
    "batch": "Make one film for each row of a table.",
    "cache": "Look after the cache: info, verify, prune.",
    "check": "Check specs and show every problem.",
    "completion": "Print the completion for a shell.",
    "diff": "Say in words how two films differ.",
    "doctor": "Show what this machine has and what it lacks.",
    "export": "Write a film for other programs: captions, chapters, an editing project.",
    "film": "Make films; the verb that is meant where none is written.",
    "fmt": "Bring specs into one form.",
    "lines": "Write the lines of a film, to be read aloud and recorded.",
    "new": "Begin a film from a starter that explains itself.",
    "plan": "Print the timeline of a spec as JSON.",
    "schema": "Print the JSON Schema of the spec language.",
    "sheet": "Write a contact sheet of a film as PNG.",
    "still": "Write one picture of a film as PNG.",
    "templates": "List scene templates and themes.",
    "voices": "List voices and their languages.",
    "watch": "Make films again whenever they are saved.",
    "why": "Say what a render would make, and why.",
}


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is known of some words before they are read as a command line.

    `command` is the one that makes films, if they do; `said` is what it said if it would do nothing
    now. It was asked at the time `began` of the monotonic clock.
    """

    words: tuple[str, ...]
    command: Command | None
    said: tuple[Mapping[str, Any], ...]
    began: float


def look_ahead(words: Sequence[str]) -> Ahead:
    """Return what is known of some words; where films are to be made others begin to load."""
    began = time.monotonic()
    films = bool(words) and (words[0] == "film" or words[0] not in VERBS)
    command = command_of(words) if films else None
    said = told(command) if command else ()
    if command and not said:
        import_module("renderer.child.nursery").warm()
    return Ahead(tuple(words), command, said, began)


def main() -> NoReturn:
    """Run the command line and end the process with the documented exit status."""
    ahead = None
    try:
        with suppress(Exception):  # it is done again where a fault can be told of
            ahead = look_ahead(sys.argv[1:])
        commands = import_module("renderer.cli.commands")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    commands.main(ahead)
    raise AssertionError("the process has ended before this")
