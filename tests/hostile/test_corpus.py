"""Every hostile spec ever seen, each with the problems that it must have: `corpus`, `expected.txt`.

The first letters name the kind: Y is YAML, J expressions, F files, I sizes.
"""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from renderer.errors import SpecError
from renderer.spec import load

HERE = Path(__file__).parent
CORPUS = sorted((HERE / "corpus").glob("*.yaml"))
EXPECTED = dict(
    line.split(" ", 1) for line in (HERE / "expected.txt").read_text("utf-8").splitlines()
)


def test_every_file_has_its_problems_written_down() -> None:
    assert sorted(EXPECTED) == sorted(path.stem for path in CORPUS)


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.stem)
def test_a_hostile_spec_is_refused_soon_with_its_problems(path: Path) -> None:
    began = time.process_time()
    with pytest.raises(SpecError) as caught:
        load(path)
    assert time.process_time() - began < 2
    errors = [problem for problem in caught.value.problems if problem.level == "error"]
    found = [(p.place.line, p.place.column, p.code) for p in errors if p.place]
    assert EXPECTED[path.stem] == ", ".join(f"{line}:{at} {code}" for line, at, code in found)


MEASURE = """
import resource, sys
from pathlib import Path
from renderer.errors import SpecError
from renderer.spec import load
for path in map(Path, sys.argv[1:]):
    try:
        load(path)
    except SpecError:
        pass
status = Path("/proc/self/status")
if status.exists():
    # Linux counts what the parent held at the fork into `ru_maxrss`; this starts with the program.
    kilobytes = next(int(line.split()[1]) for line in open(status) if line.startswith("VmHWM"))
else:
    kilobytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(kilobytes // 1024)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="memory is measured by POSIX's means")
def test_all_of_them_take_little_memory_and_leave_no_trace(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *map(str, CORPUS)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
        check=False,
    )
    assert ("", 0) == (done.stderr, done.returncode)
    assert int(done.stdout) < 300
    assert [] == list(tmp_path.iterdir())
