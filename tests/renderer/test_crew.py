"""Workers that outlive the work: kept warm, cut off without harm, replaced when they are gone."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from renderer import work
from renderer.errors import Cancelled, RenderError
from renderer.store import Entry, Recipe, Store
from renderer.work import Crew, Task

MODULE = """import os
import time
from pathlib import Path


def make(argument, path):
    _, _, seconds, log = argument
    with open(log, "a") as file:
        file.write(f"{os.getpid()}\\n")
    time.sleep(seconds)
    path.write_text(str(os.getpid()))
"""


class _Stage(tuple[str, str, float, str]):
    """Registers a stage of the test where it is unpickled, in the worker."""

    def __new__(cls, module: str, name: str, seconds: float, log: str) -> "_Stage":
        work.STAGES["nap"] = (module, name)
        return super().__new__(cls, (module, name, seconds, log))

    def __getnewargs__(self) -> tuple[str, str, float, str]:
        return (self[0], self[1], self[2], self[3])


@pytest.fixture
def naps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the log of tasks that were begun, a line with the process each."""
    (tmp_path / "naps.py").write_text(MODULE, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    return tmp_path / "log"


def nap(name: str, seconds: float, log: Path) -> Task:
    return Task(Recipe("nap", {"name": name}), _Stage("naps", "make", seconds, str(log)))


def made(crew: Crew, store: Store, *tasks: Task) -> list[int]:
    """Return the process that made each task."""
    found = crew.make(store, tasks, lambda *_: None)
    return [int(found[task.recipe.key].path.read_text()) for task in tasks]


def begun(log: Path, count: int) -> int:
    """Return how many tasks were begun once it is so many, after 20 s at the latest."""
    until, found = time.monotonic() + 20, 0
    while found < count and time.monotonic() < until:
        time.sleep(0.02)
        found = len(log.read_text().splitlines()) if log.exists() else 0
    return found


def cancelled(crew: Crew, store: Store, task: Task, log: Path) -> float:
    """Cancel a task once it has begun and return how many seconds that took from then."""
    began: list[float] = []

    def cancel() -> None:
        while not log.exists():
            time.sleep(0.02)
        began.append(time.monotonic())
        crew.cancel()

    threading.Thread(target=cancel).start()
    with pytest.raises(Cancelled):
        made(crew, store, task)
    crew.resume()
    return time.monotonic() - began[0]


def test_the_same_worker_does_one_lot_after_the_other(tmp_path: Path, naps: Path) -> None:
    store = Store(tmp_path / "store")
    with work.crew(1) as crew:
        found = {*made(crew, store, nap("a", 0, naps)), *made(crew, store, nap("b", 0, naps))}

    assert 1 == len(found)


def test_what_is_cancelled_ends_at_once_and_is_taken_up_where_it_is_wanted_again(
    tmp_path: Path, naps: Path
) -> None:
    store, task = Store(tmp_path / "store"), nap("a", 3, naps)
    with work.crew(1) as crew:
        late = cancelled(crew, store, task, naps)
        made(crew, store, task)

    assert (True, 1) == (late < 2, len(naps.read_text().splitlines()))


def test_what_is_begun_ahead_is_taken_up_and_made_once(tmp_path: Path, naps: Path) -> None:
    store, tasks = Store(tmp_path / "store"), [nap(name, 0.1, naps) for name in ("a", "b", "c")]
    with work.crew(2) as crew:
        for task in (*tasks[:2], tasks[0], tasks[2]):
            crew.ahead(store, task)
        assert 2 == begun(naps, 2)
        one, two, three = made(crew, store, *tasks)

    assert (3, 2) == (len(naps.read_text().splitlines()), len({one, two}))
    assert three in (one, two)


def test_what_is_begun_ahead_in_vain_makes_way(tmp_path: Path, naps: Path) -> None:
    store = Store(tmp_path / "store")
    with work.crew(1) as crew:
        crew.ahead(store, nap("in vain", 600, naps))
        assert 1 == begun(naps, 1)
        other = nap("other", 0, naps)
        assert 1 == len(made(crew, store, other))
    assert 2 == len(naps.read_text().splitlines())


def test_what_nobody_wants_makes_way_after_a_respite(tmp_path: Path, naps: Path) -> None:
    store = Store(tmp_path / "store")
    with work.crew(1) as crew:
        cancelled(crew, store, nap("long", 60, naps), naps)
        began = time.monotonic()
        made(crew, store, nap("short", 0, naps))

    assert (True, 2) == (time.monotonic() - began < 30, len(set(naps.read_text().splitlines())))
    assert [] == list((tmp_path / "store").rglob("*.tmp*"))


def test_what_nobody_wants_and_soon_ends_keeps_its_worker(
    tmp_path: Path, naps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.modules[Crew.__module__], "_RESPITE", 60.0)
    store = Store(tmp_path / "store")
    with work.crew(1) as crew:
        cancelled(crew, store, nap("soon", 1, naps), naps)
        made(crew, store, nap("short", 0, naps))

    assert 1 == len(set(naps.read_text().splitlines()))


def test_cancelling_before_the_work_ends_it_too(tmp_path: Path, naps: Path) -> None:
    with work.crew(1) as crew:
        crew.cancel()
        with pytest.raises(Cancelled):
            made(crew, Store(tmp_path / "store"), nap("a", 0, naps))
        crew.resume()
        made(crew, Store(tmp_path / "store"), nap("a", 0, naps))


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_worker_that_died_idle_is_replaced(tmp_path: Path, naps: Path) -> None:
    store = Store(tmp_path / "store")
    with work.crew(1) as crew:
        (first,) = made(crew, store, nap("a", 0, naps))
        os.kill(first, signal.SIGKILL)
        time.sleep(0.5)
        (second,) = made(crew, store, nap("b", 0, naps))

    assert first != second


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_after_a_worker_has_died_at_work_the_crew_goes_on(tmp_path: Path, naps: Path) -> None:
    store = Store(tmp_path / "store")
    with work.crew(1) as crew:
        (process,) = made(crew, store, nap("a", 0, naps))
        threading.Timer(0.5, os.kill, (process, signal.SIGKILL)).start()
        with pytest.raises(RenderError) as raised:
            made(crew, store, nap("b", 30, naps))
        made(crew, store, nap("c", 0, naps))

    assert "worker-died" == raised.value.problems[0].code


def test_each_entry_is_told_of_once(tmp_path: Path, naps: Path) -> None:
    told: list[Entry] = []
    tasks = [nap(name, 0, naps) for name in "abc"]
    with work.crew(2) as crew:
        found = crew.make(Store(tmp_path / "store"), tasks, lambda _, entry: told.append(entry))

    assert sorted(found) == sorted(entry.key for entry in told)


ASKED_IN_BETWEEN = """
import os, signal, time
from renderer.work.worker import leave_when_asked

class Last:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(0.01)

leave_when_asked()
last = Last()
del last
time.sleep(5)
print("still here")
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows ends a process without asking")
def test_a_worker_that_is_asked_to_end_where_nothing_can_be_raised_ends_without_a_word() -> None:
    done = subprocess.run(
        [sys.executable, "-c", ASKED_IN_BETWEEN], capture_output=True, text=True, check=False
    )
    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
