"""A day of work in a minute: two hundred edits, and nothing grows.

Nothing is taken from the store, so every round paints, encodes, mixes and joins all of its film; the
texts come again, so that the workers' store of drawn layers, which has a budget, is full early.
"""

import os
import sys
import threading
from pathlib import Path

import pytest

from renderer.child.nursery import living
from renderer.render import Options
from renderer.rounds import Broken, Rendered
from tests.renderer.watching import Watching, texts, watching

SPEC = """version: 1
size: 320x180
use: [brand.yaml]
scenes:
  - {{text: "{{{{ name }}}} {}", duration: 500ms}}
  - {{text: Two, duration: 500ms, transition: {}}}
"""
EDITS = 200
TEXTS = 20
WARM = 40
MEBIBYTE = 1 << 20


def resident(process: int) -> int:
    """Return the bytes of memory that a process holds."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def held() -> tuple[int, int, int, list[int]]:
    """Return open files, threads, children and the memory of this process and of each child."""
    children = sorted(child.pid or 0 for child in living())
    files = len(list(Path("/proc/self/fd").iterdir()))
    memory = [resident(process) for process in (os.getpid(), *children)]
    return files, threading.active_count(), len(children), memory


def held_at_rest(watched: Watching) -> tuple[int, int, int, list[int]]:
    """Return what is held once a round is over, which goes on after it has told of its film."""
    assert [] == watched.rest()
    return held()


@pytest.mark.soak
@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_two_hundred_edits_leave_memory_files_threads_and_children_as_they_were(
    tmp_path: Path,
) -> None:
    path, brand = tmp_path / "film.yaml", tmp_path / "brand.yaml"
    path.write_text(SPEC.format("first", "cut"))
    brand.write_text("vars: {name: A}\n")
    with watching(path, options=Options(cache=False)) as watched:
        watched.round()
        for number in range(EDITS):
            if number % 10 == 8:
                brand.write_text(f"vars: {{name: {'BA'[number // 10 % 2]}}}\n")
                watched.until(Rendered)
            elif number % 10 == 9:
                path.write_text(SPEC.format("wrong", "cutt"))
                watched.until(Broken)
            else:
                path.write_text(SPEC.format(number % TEXTS, "cut"))
                shown = texts(watched.until(Rendered))[0]
                assert shown.endswith(f" {number % TEXTS}")
            if number == WARM:
                before = held_at_rest(watched)
        after = held_at_rest(watched)

    grown = [now - then for then, now in zip(before[3], after[3], strict=True)]
    assert before[:3] == after[:3]
    assert [] == [size for size in grown if size > 8 * MEBIBYTE]
    assert [] == living()
