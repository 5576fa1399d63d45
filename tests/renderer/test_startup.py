"""What each command loads: nothing of what it has no use for, so that it answers at once."""

import subprocess
import sys
from pathlib import Path

import pytest

SPEC = "version: 1\nsize: 64x36\nvoice: {engine: silent}\nscenes:\n  - {text: One, say: Hello.}\n"
PICTURES = ("numpy", "cv2", "av", "moviepy", "PIL.ImageDraw")
SPECS = ("yaml", "jsonschema", "jinja2", "ruamel", "multiprocessing.context")


def loaded(folder: Path, names: tuple[str, ...], *arguments: str) -> str:
    """Return which modules a command has loaded at its end, after what it has printed."""
    code = (
        "import sys; from renderer.cli import main\n"
        f"sys.argv = ['render', *{list(arguments)!r}]\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        f"print('loaded', [name for name in {names!r} if name in sys.modules])"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    (tmp_path / "film.yaml").write_text(SPEC, encoding="utf-8")
    return tmp_path


def test_help_loads_nothing_that_reads_or_paints(tmp_path: Path) -> None:
    assert "loaded []" == loaded(tmp_path, PICTURES + SPECS, "--help")


def test_checking_loads_nothing_that_paints(spec: Path) -> None:
    assert "loaded []" == loaded(spec, PICTURES, "check", "film.yaml")


def test_a_film_that_is_there_is_handed_out_without_what_makes_films(spec: Path) -> None:
    loaded(spec, PICTURES, "film.yaml", "-q")

    assert "loaded []" == loaded(spec, PICTURES, "film.yaml", "-q")
