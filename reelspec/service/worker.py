"""The process that does one job: it waits for it on standard input, and tells of it on its output.

It is started ahead, so that a job finds it warm; it does one and ends. When its server goes, its
standard input ends, and so does it, with all that it has started.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import threading
import traceback
from pathlib import Path
from typing import Any, TextIO

from reelspec.service import guess
from reelspec.service.ahead import Ahead
from reelspec.service.authored import Author
from reelspec.service.files import JobFiles
from reelspec.service.stages import Work, do
from reelspec.service.telling import told_problems
from renderer.child import end_own_group, limit_work
from renderer.errors import Problem, Stop
from renderer.store import Store
from renderer.work import Crew, cores, crew

_LARGEST_FILE = 4 << 30
_IDLE = 1.0
"""Seconds without a job after which the author is started ahead; jobs in line take its time."""

_SAMPLE = "version: 1\nscenes:\n  - text: Hello\n"


def main() -> None:
    """Do the one job that standard input names; the arguments are its limits.

    They are set before anything is started, so that they hold for all that works on the job.
    """
    seconds, memory = float(sys.argv[1]), int(sys.argv[2])
    limit_work(seconds=seconds, memory=memory, file_size=_LARGEST_FILE)
    output = _apart()
    with crew(cores()) as workers:
        workers.warm()
        _warm()
        ahead = Ahead()
        idle = threading.Timer(_IDLE, ahead.start)
        idle.daemon = True
        idle.start()
        try:
            line = sys.stdin.readline()
            if line:
                threading.Thread(target=_leave_with_parent, daemon=True).start()
                _tell(output, _done(json.loads(line), workers, ahead, output))
        finally:
            ahead.stop()


def _apart() -> TextIO:
    """Return our standard output; whatever else is written to it from now on goes to the log."""
    output = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return output


def _warm() -> None:
    """Load what reads specs, so that the job does not have to."""
    with tempfile.TemporaryDirectory() as folder:
        spec = Path(folder) / "film.yaml"
        spec.write_text(_SAMPLE, encoding="utf-8")
        guess.read(spec, Path(folder))


def _leave_with_parent() -> None:
    sys.stdin.read()
    end_own_group()


def _done(job: dict[str, Any], workers: Crew, ahead: Ahead, output: TextIO) -> dict[str, Any]:
    """Do a job and return how it ended."""
    folder = Path(job["folder"])
    work = Work(
        kind=job["kind"],
        request=job["request"],
        files=JobFiles(folder),
        base=Path(job["base"]),
        store=Store(Path(job["store"])),
        crew=workers,
        author=Author(tuple(job["author"]), job["model"], ahead),
        fetch=tuple(job["fetch"]),
        near=tuple(job["near"]),
        upload=job["upload"],
        report=lambda *said: _tell(
            output, dict(zip(("stage", "done", "total"), said, strict=True))
        ),
    )
    end = _tried(work)
    problems = told_problems(work.problems, work.files.work)
    return {"end": end, "problems": problems, "timings": work.timings}


def _tried(work: Work) -> str:
    """Do the work and return how it ended; what stands in its way is added to its problems."""
    try:
        do(work)
    except Stop as stop:
        work.problems += stop.problems
        return "failed"
    except Exception as error:
        traceback.print_exc()
        says = f"the service failed in this job ({type(error).__name__})"
        work.problems.append(Problem("internal", says, hint="the log of the service says more"))
        return "failed"
    return "done"


def _tell(output: TextIO, said: dict[str, Any]) -> None:
    output.write(json.dumps(said) + "\n")
    output.flush()


if __name__ == "__main__":
    main()
