"""The wheel: two top-level names, data inside, and it works where the sources are not."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SPEC = "version: 1\nsize: 64x64\nscenes: [{text: Hi, duration: 2s}]\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from what git holds of the sources; skip where the builder cannot be had."""
    folder = tmp_path_factory.mktemp("wheel")
    sources = _sources(folder / "sources")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder)]
    built = subprocess.run([*pip, str(sources)], capture_output=True, text=True, timeout=120)
    if built.returncode and ("hatchling" in built.stderr or "connection" in built.stderr.lower()):
        pytest.skip("hatchling is neither installed nor to be had")
    assert 0 == built.returncode, built.stderr
    return next(folder.glob("*.whl"))


def _sources(folder: Path) -> Path:
    """Copy the files that a build reads, so that the build leaves nothing among them."""
    names = ("renderer", "reelspec", "schemas", "templates")
    files = [path for name in names for path in (ROOT / name).rglob("*") if path.is_file()]
    files += [path for path in ROOT.iterdir() if path.is_file()]
    for file in files:
        if "__pycache__" not in file.parts:
            copy = folder / file.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(file.read_bytes())
    return folder


def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


def test_a_wheel_adds_two_names_and_nothing_else(wheel: Path) -> None:
    top = {name.split("/")[0] for name in names(wheel)}

    assert {"renderer", "reelspec"} == {name for name in top if not name.endswith(".dist-info")}
    assert 3 == len(top)


def test_every_schema_and_template_travels_in_the_wheel(wheel: Path) -> None:
    ours = {
        f"renderer/_data/{path.relative_to(ROOT).as_posix()}"
        for name in ("schemas", "templates")
        for path in (ROOT / name).rglob("*")
        if path.is_file()
    }

    assert set() == ours - set(names(wheel))
    assert "renderer/_data/schemas/spec.json" in ours


def test_the_wheel_brings_the_command_and_the_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        read = {name.partition(".dist-info/")[2]: name for name in archive.namelist()}
        points = archive.read(read["entry_points.txt"]).decode()

    assert "render = renderer.cli:main" in points.splitlines()
    assert {"licenses/LICENSE", "licenses/NOTICE"} <= read.keys()


@pytest.fixture(scope="module")
def bin(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel where the libraries of this environment are seen, and our sources not."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    scripts = home / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / ("python.exe" if os.name == "nt" else "python")
    inside = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
        check=True,
    )
    # A line of a .pth file adds a folder, but not what the .pth files in it add: an editable
    # install of the sources is not seen.
    libraries = Path(inside.stdout.strip())
    ours = Path(pytest.__file__).resolve().parent.parent
    (libraries / "libraries.pth").write_text(f"{ours}\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps"]
    options = ["--no-index", "--force-reinstall", "--ignore-installed", str(wheel)]
    subprocess.run([*pip, *options], check=True, timeout=120)
    return scripts


def clean() -> dict[str, str]:
    """Return the environment without what would show other sources."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}


def run(bin: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [bin / "render", *arguments],
        cwd=folder,
        env=clean(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def test_the_installed_command_works_outside_the_sources(bin: Path, tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text(SPEC, encoding="utf-8")

    checked = run(bin, tmp_path, "check", "film.yaml")
    schema = run(bin, tmp_path, "schema")
    made = run(bin, tmp_path, "film.yaml", "-q")

    assert (0, "") == (checked.returncode, checked.stderr)
    assert (0, (ROOT / "schemas" / "spec.json").read_text("utf-8")) == (
        schema.returncode,
        schema.stdout,
    )
    assert (0, True) == (made.returncode, (tmp_path / "output" / "film.mp4").is_file())


def test_the_installed_modules_are_the_wheels(bin: Path, tmp_path: Path) -> None:
    command = [bin / "python", "-c", "import renderer, reelspec; print(renderer.__file__)"]
    done = subprocess.run(
        command, cwd=tmp_path, env=clean(), capture_output=True, text=True, check=True
    )

    assert Path(done.stdout.strip()).is_relative_to(bin.parent)
