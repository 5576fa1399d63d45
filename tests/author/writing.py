"""What tests of the author share: the documents, and the command, here or as a program."""

import io
import signal
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from reelspec.author.cli import main

DOCUMENTS = Path(__file__).parent / "documents"
TOPICS = {
    "en": "how solar cells work",
    "ar": "كيف تعمل الخلايا الشمسية",
    "es": "cómo funcionan las células solares",
    "zh": "太阳能电池如何工作",
}
SUBJECTS = {
    "solar": TOPICS,
    "coffee": {"en": "coffee", "ar": "القهوة", "es": "el café", "zh": "咖啡"},
    "bees": {"en": "bees", "ar": "النحل", "es": "las abejas", "zh": "蜜蜂"},
}
"""Name of a document → language → the topic that it speaks of."""


@dataclass(frozen=True)
class Done:
    """What a command did and said."""

    returncode: int
    stdout: str
    stderr: str


def author(folder: Path, *arguments: str) -> Done:
    """Run `author` in a folder, in this process."""
    out, err = io.StringIO(), io.StringIO()
    handlers = [(one, signal.getsignal(one)) for one in (signal.SIGINT, signal.SIGTERM)]
    words = mock.patch.object(sys, "argv", ["author", *arguments])
    with chdir(folder), redirect_stdout(out), redirect_stderr(err), words:
        try:
            main()
        except SystemExit as ended:
            status = ended.code
        finally:
            for one, handler in handlers:
                signal.signal(one, handler)
    return Done(int(status or 0), out.getvalue(), err.getvalue())


def program(folder: Path, *arguments: str) -> Done:
    """Run `author` in a folder as a program of its own."""
    command = [sys.executable, "-c", "from reelspec.author.cli import main; main()", *arguments]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", timeout=300
    )
    return Done(done.returncode, done.stdout, done.stderr)
