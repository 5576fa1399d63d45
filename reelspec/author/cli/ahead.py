"""The author started before there is anything to write, so that whoever asks finds it loaded.

`python -m reelspec.author.cli.ahead` loads what writing needs and waits on its standard input for
one line of JSON: `arguments`, the words of the command `author`, and `environment`, the variables
that it gets beside its own. It then does what that command does, once.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress

from reelspec.author.cli import main as author
from reelspec.author.cli.parts import load
from reelspec.author.reading.language import guess
from renderer.errors import MissingError

_PARTS = ("gathering", "authoring", "research.files", "research.page", "writers.outline")
_SAMPLE = "A sentence in which nothing is said but the language in which it stands."


def main() -> None:
    """Load, wait for the line, and end as the command ends; without a line there is none."""
    with suppress(MissingError):
        for part in _PARTS:
            load(part)
        guess(_SAMPLE)
    line = sys.stdin.readline()
    if not line:
        return
    said = json.loads(line)
    os.environ.update(said["environment"])
    sys.argv[1:] = said["arguments"]
    author()


if __name__ == "__main__":
    main()
