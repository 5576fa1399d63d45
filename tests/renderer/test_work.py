"""A worker that dies, fails or stands still: a reason, no child left, nothing half-written."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from renderer import work
from renderer.store import Recipe, Store

PLUGIN = '''"""A layer that {about}."""

PARAMS = {{"{name}": {{"type": "string", "title": "T", "description": "D.", "examples": ["x"]}}}}
EXAMPLE = {{"{name}": "x"}}


def draw(params, box, frame):
    {does}
'''
WAYS = {
    "killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "crashes": "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)",
    "leaves": "raise SystemExit(7)",
    "raises": "raise ValueError('no such colour')",
    "hangs": "import time; time.sleep(600)",
    "draws": "import numpy; return numpy.full((8, 8, 4), 255, numpy.uint8), (0, 0)",
}
SPEC = """version: 1
size: 64x64
voice: {{engine: silent}}
scenes:
  - {{id: good, layers: [{{fill: "#123456"}}], duration: 400ms}}
  - {{id: bad, layers: [{{{name}: x}}], duration: 400ms, transition: cut}}
"""


def distribution(folder: Path, name: str) -> Path:
    """Make a distribution that adds the layer `name`, and return the folder to import it from."""
    site = folder / "site"
    info = site / f"{name}_layer-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}-layer\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[renderer.layers]\n{name} = {name}_layer\n")
    text = PLUGIN.format(name=name, about=name, does=WAYS[name])
    (site / f"{name}_layer.py").write_text(text, encoding="utf-8")
    (folder / "film.yaml").write_text(SPEC.format(name=name), encoding="utf-8")
    return site


def run(folder: Path, site: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("render"), "film.yaml", "-q"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(site), *sys.path])},
        capture_output=True,
        text=True,
        timeout=60,
    )


def half_written(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*.tmp*")]


@pytest.mark.parametrize(
    ("name", "code", "says"),
    [
        ("killed", "worker-died", "segment 'bad' was killed by signal 9 (SIGKILL)"),
        ("crashes", "worker-died", "segment 'bad' was killed by signal 11 (SIGSEGV)"),
        ("leaves", "worker-died", "segment 'bad' ended with status 7"),
        ("raises", "plugin-failed", "'raises' (layers) failed in segment 'bad': ValueError: no su"),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_a_plug_in_that_takes_its_process_down_gives_one_reason(
    tmp_path: Path, name: str, code: str, says: str
) -> None:
    done = run(tmp_path, distribution(tmp_path, name))

    assert (1, True, True) == (
        done.returncode,
        f"error[{code}]" in done.stderr,
        says in done.stderr,
    )
    assert "Traceback" not in done.stderr
    assert ([], False) == (half_written(tmp_path), (tmp_path / "output" / "film.mp4").exists())


def test_a_plug_in_of_another_distribution_draws_and_the_next_render_works(tmp_path: Path) -> None:
    site = distribution(tmp_path, "raises")
    failed = run(tmp_path, site)
    draws = PLUGIN.format(name="raises", about="draws", does=WAYS["draws"])
    (site / "raises_layer.py").write_text(draws, encoding="utf-8")

    done = run(tmp_path, site)

    assert (1, 0) == (failed.returncode, done.returncode)
    assert (tmp_path / "output" / "film.mp4").is_file()


def living(group: int) -> list[int]:
    """Return the processes of a process group that have not ended."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            if int(fields[2]) == group and fields[0] != "Z":
                found.append(int(entry.name))
    return found


IMPATIENT = "from renderer import cli, work; work.PATIENCE = 2.0; cli.main()"


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_worker_that_stands_still_is_ended_and_named(tmp_path: Path) -> None:
    path = os.pathsep.join([str(distribution(tmp_path, "hangs")), *sys.path])
    begun = time.monotonic()

    process = subprocess.Popen(
        [sys.executable, "-c", IMPATIENT, "film.yaml", "-q"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": path},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    _, says = process.communicate(timeout=30)
    took = time.monotonic() - begun
    while living(process.pid) and time.monotonic() < begun + took + 5:
        time.sleep(0.05)

    assert (1, True) == (
        process.returncode,
        "error[worker-stuck]: segment 'bad' gave no sign" in says,
    )
    assert (True, [], []) == (took < 12, half_written(tmp_path), living(process.pid))


def test_beats_keep_a_slow_worker_alive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = "import time\nfrom renderer.pulse import beat\n\n\ndef make(argument, path):\n"
    body = "    for _ in range(30):\n        time.sleep(0.1)\n        beat()\n    path.touch()\n"
    (tmp_path / "slow_stage.py").write_text(module + body, encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    task = work.Task(Recipe("slow", {}), _Stage("slow_stage", "make"))

    with work.pool(Store(tmp_path / "store"), 1, patience=2.0) as workers:
        made = workers.make([task], lambda *_: None)

    assert [task.recipe.key] == list(made)


class _Stage(tuple[str, str]):
    """Registers a stage of the test where it is unpickled, in the worker."""

    def __new__(cls, module: str, name: str) -> "_Stage":
        work.STAGES["slow"] = (module, name)
        return super().__new__(cls, (module, name))

    def __getnewargs__(self) -> tuple[str, str]:
        return (self[0], self[1])
