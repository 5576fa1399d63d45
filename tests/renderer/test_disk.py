"""Renders that are killed and disks that are full: the film is the old or the new one, never half."""

import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from functools import partial
from mmap import mmap
from pathlib import Path

import pytest

from renderer.disk import ALIGNED, Written
from renderer.housekeeping import kept
from renderer.media.digested import digested
from renderer.paths import file_digest
from renderer.publishing import kept_safe, publish
from renderer.store import Entry, Recipe, Store

RENDER = Path(sys.executable).with_name("render")
FILM = """version: 1
size: 320x180
scenes:
  - {text: One two three WORD}
  - {text: Four five six, transition: {kind: dissolve, over: 1s}}
  - {text: Seven eight WORD, transition: {kind: dissolve, over: 1s}}
"""
LIMITED = """
import resource, subprocess, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.exit(subprocess.call(sys.argv[2:]))
"""


def write(folder: Path, word: str) -> Path:
    (folder / "film.yaml").write_text(FILM.replace("WORD", word), encoding="utf-8")
    return folder / "output" / "film.mp4"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [*arguments, str(RENDER), "film.yaml", "-q"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=60)


def temporary(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*.tmp*")]


@pytest.mark.skipif(os.name == "nt", reason="file sizes are limited on POSIX alone")
@pytest.mark.parametrize(
    "most",
    [
        pytest.param(2_000, marks=pytest.mark.soak),
        12_000,
        pytest.param(40_000, marks=pytest.mark.soak),
    ],
)
def test_a_disk_that_takes_no_more_gives_one_error_and_keeps_the_old_film(
    tmp_path: Path, most: int
) -> None:
    film = write(tmp_path, "old")
    run(tmp_path)
    old = film.read_bytes()
    write(tmp_path, "new")

    done = run(tmp_path, sys.executable, "-c", LIMITED, str(most))

    assert (1, 1) == (done.returncode, len(done.stderr.splitlines()))
    assert ("error[disk]: cannot write", "free some space") == (
        done.stderr[:25],
        done.stderr.strip().rpartition("; ")[2],
    )
    assert (old, []) == (film.read_bytes(), temporary(tmp_path))
    assert (0, True) == (run(tmp_path).returncode, old != film.read_bytes())


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that root cannot write to")
def test_a_store_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    film = write(tmp_path, "one")
    command = [str(RENDER), "film.yaml", "-q", "--store", "/proc/self/store"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)

    assert (1, False) == (done.returncode, film.exists())
    assert done.stderr.startswith("error[disk]: cannot write /proc/")
    assert done.stderr.endswith("; name a folder that can be written to\n")


@pytest.mark.soak
@pytest.mark.skipif(os.name == "nt", reason="process groups of POSIX")
def test_renders_killed_at_any_moment_do_no_harm(tmp_path: Path) -> None:
    chance = random.Random(20)
    clean = {}
    for word in ("left", "right"):
        film, began = write(tmp_path, word), time.monotonic()
        assert 0 == run(tmp_path).returncode
        clean[word] = film.read_bytes()
    taken = time.monotonic() - began
    film.unlink()
    allowed = [None, *clean.values()]
    ends, left = set(), 0

    for turn in range(100):
        if turn % 10 == 0:
            _empty(tmp_path / ".render")
        write(tmp_path, chance.choice(["left", "right"]))
        ends.add(_killed(tmp_path, chance.uniform(0.05, 1.6 * taken), whole=chance.random() < 0.5))
        there = film.read_bytes() if film.exists() else None
        assert there in allowed, f"turn {turn}"
        allowed = [there, *clean.values()] if there else allowed
        left += len(temporary(tmp_path))

    assert {-signal.SIGKILL, 0} == ends
    time.sleep(5)
    _empty(tmp_path / ".render")
    for word, expected in clean.items():
        write(tmp_path, word)
        assert (0, expected) == (run(tmp_path).returncode, film.read_bytes())
    found = list(kept(Store(tmp_path / ".render")))
    assert [] == [one.file for one in found if file_digest(one.file) != one.sha256]
    assert (True, True, []) == (len(found) > 5, left > 0, temporary(tmp_path))


def _killed(folder: Path, seconds: float, *, whole: bool) -> int:
    """Return how a render ended that was killed, alone or with its whole group."""
    process = subprocess.Popen([RENDER, "film.yaml", "-q"], cwd=folder, start_new_session=True)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        if whole:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        return process.wait()


def _empty(store: Path) -> None:
    """Let go of every entry, but not of what was left half-written."""
    for path in store.rglob("*.json"):
        path.unlink()


def written(word: str, path: Path) -> None:
    path.write_text(word)


def entries(folder: Path) -> list[Entry]:
    """Return two films in a store, an old one and a new one."""
    store = Store(folder / "store")
    return [
        store.put(Recipe("film", {"word": word}), partial(written, word)) for word in ("old", "new")
    ]


@pytest.mark.parametrize("names", [1, 2])
def test_a_film_for_the_moment_takes_no_copy_where_files_may_have_two_names(
    tmp_path: Path, names: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> None:
        raise OSError("no links here")

    if names == 1:
        monkeypatch.setattr(os, "link", refused)
    old, new = entries(tmp_path)
    out = tmp_path / "film.mp4"

    for entry in (old, new, new):
        publish(entry, out, lasting=False)
        kept_safe([out])

    assert ("old", "new", "new") == (old.path.read_text(), new.path.read_text(), out.read_text())
    assert (names, names == 2) == (new.path.stat().st_nlink, out.samefile(new.path))
    assert [] == temporary(tmp_path)


def aligned(content: bytes) -> memoryview:
    """Return content in memory that begins with a page, as it has to for what goes past a cache."""
    memory = memoryview(mmap(-1, max(len(content), 1)))
    memory[: len(content)] = content
    return memory[: len(content)]


@pytest.mark.parametrize("past", [True, False])
@pytest.mark.parametrize(
    "sizes", [[], [7], [ALIGNED], [2 * ALIGNED, ALIGNED, 5], [ALIGNED, 5, ALIGNED, 9]]
)
def test_what_is_written_past_the_cache_is_there(
    tmp_path: Path, past: bool, sizes: list[int]
) -> None:
    pieces = [os.urandom(size) for size in sizes]
    (tmp_path / "new").write_bytes(b"what was there before, and is longer than some of them")

    with Written(tmp_path / "new", past=past) as file:
        for piece in pieces:
            file.write(aligned(piece))

    assert b"".join(pieces) == (tmp_path / "new").read_bytes()


def test_a_large_file_goes_past_the_cache_and_a_small_one_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[bool] = []

    class Watched(Written):
        def __init__(self, path: Path, *, past: bool = False) -> None:
            asked.append(past)
            super().__init__(path, past=past)

    monkeypatch.setattr("renderer.media.digested.Written", Watched)
    for size in (1 << 20, 20 << 20):
        pieces = [os.urandom(each) for each in (size // 2, 1, 0, 12_345)]
        with digested(tmp_path / "new", size) as target:
            for piece in [*pieces, memoryview(pieces[0])]:
                target.write(piece)
        whole = b"".join([*pieces, pieces[0]])
        assert whole == (tmp_path / "new").read_bytes()
        assert hashlib.sha256(whole).hexdigest() == target.sha256
    assert [False, True] == asked


@pytest.mark.skipif(os.name == "nt", reason="file sizes are limited on POSIX alone")
@pytest.mark.parametrize("size", [1 << 20, 40 << 20])
def test_what_a_disk_does_not_take_is_told_while_it_is_written(tmp_path: Path, size: int) -> None:
    code = (
        "import sys; from pathlib import Path; from renderer.media.digested import digested\n"
        f"with digested(Path('new'), {size}) as target: target.write(bytes({size}))"
    )
    command = [sys.executable, "-c", LIMITED, "300000", sys.executable, "-c", code]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert "OSError: [Errno 27] File too large" == done.stderr.splitlines()[-1]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a way past the cache")
def test_where_there_is_no_way_past_the_cache_files_go_through_it() -> None:
    with tempfile.TemporaryDirectory(dir="/dev/shm") as name:
        new = Path(name) / "new"
        with digested(new, 40 << 20) as target:
            target.write(b"a small film")
        assert b"a small film" == new.read_bytes()
