"""The command line as a user meets it: what is printed where, exit statuses, interruptions."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

RENDER = Path(sys.executable).with_name("render")
GOOD = """version: 1
size: 320x180
voice: {engine: silent}
scenes:
  - {id: one, text: One, say: Hello there.}
  - {id: two, text: Two, say: Again., transition: dissolve}
"""
BAD = """version: 1
scenes:
  - text: Hello
    transition: {kind: wyp, over: 0.4s}
    colour: red
"""
LONG = GOOD.replace("320x180", "720p") + "".join(
    f"  - {{text: Scene {n}, say: Some words., transition: {{kind: dissolve, over: 1s}}}}\n"
    for n in range(8)
)


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [RENDER, *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.yaml").write_text(BAD, encoding="utf-8")
    (tmp_path / "long.yaml").write_text(LONG, encoding="utf-8")
    return tmp_path


def test_a_render_prints_the_films_path_alone(folder: Path) -> None:
    done = run(folder, "good.yaml")

    assert (0, f"{Path('output/good.mp4')}\n") == (done.returncode, done.stdout)
    assert "encoding: " in done.stderr
    assert (folder / "output" / "good.mp4").is_file()


def test_quiet_says_nothing_and_verbose_says_what_was_made(folder: Path) -> None:
    quiet, verbose = run(folder, "good.yaml", "-q"), run(folder, "good.yaml", "-v")

    assert ("", True) == (quiet.stderr, "0 segments encoded, 4 from the cache" in verbose.stderr)


def test_every_problem_is_shown_with_its_line_and_a_caret(folder: Path) -> None:
    done = run(folder, "bad.yaml")

    lines = done.stderr.splitlines()
    assert (3, "") == (done.returncode, done.stdout)
    assert lines[0].startswith("bad.yaml:4:24: error[")
    assert [
        "   4 |     transition: {kind: wyp, over: 0.4s}",
        "     |                        ^^^",
    ] == (lines[1:3])
    assert lines[3].startswith("bad.yaml:5:5: error[unknown-key]")
    assert not (folder / "output").exists()


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["check", "good.yaml"], 0),
        (["check", "bad.yaml"], 3),
        (["check", "good.yaml", "gone.yaml"], 2),
        (["gone.yaml"], 2),
        (["good.yaml", "--nonsense"], 2),
        (["good.yaml", "--scene", "three"], 2),
        (["still", "good.yaml", "--at", "soon"], 2),
        (["good.yaml", "--var", "novalue"], 2),
        ([], 2),
        (["--version"], 0),
        (["--help"], 0),
        (["schema"], 0),
        (["doctor"], 0),
    ],
)
def test_exit_statuses_are_those_documented(
    folder: Path, arguments: list[str], status: int
) -> None:
    done = run(folder, *arguments)

    assert (status, False) == (done.returncode, "Traceback" in done.stderr)


def test_a_missing_asset_is_a_problem_of_the_spec(folder: Path) -> None:
    spec = GOOD + "  - {layers: [{image: gone.png}]}\n"
    (folder / "asset.yaml").write_text(spec, encoding="utf-8")

    done = run(folder, "asset.yaml")

    assert (3, True) == (done.returncode, "asset.yaml:7:23: error[missing-file]" in done.stderr)


def test_an_asset_that_cannot_be_read_is_status_5(folder: Path) -> None:
    (folder / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\n and no more")
    spec = GOOD + "  - {layers: [{image: broken.png}]}\n"
    (folder / "asset.yaml").write_text(spec, encoding="utf-8")

    done = run(folder, "asset.yaml")

    assert (5, False) == (done.returncode, "Traceback" in done.stderr)
    assert "broken.png" in done.stderr
    assert not (folder / "output" / "asset.mp4").exists()


@pytest.mark.parametrize("style", ["short", "json", "github"])
def test_diagnostics_have_forms_for_programs(folder: Path, style: str) -> None:
    first = run(folder, "check", "bad.yaml", "--diagnostics", style).stderr.splitlines()[0]

    if style == "json":
        found = json.loads(first)
        assert ("bad.yaml", 4, 24) == (found["file"], found["line"], found["column"])
    else:
        start = {"short": "bad.yaml:4:24: error[", "github": "::error file=bad.yaml,line=4,col=24"}
        assert first.startswith(start[style])


def test_plan_prints_a_timeline_of_the_published_form(folder: Path) -> None:
    import jsonschema

    schema = json.loads(
        (Path(__file__).parents[2] / "schemas" / "timeline.json").read_text("utf-8")
    )

    timeline = json.loads(run(folder, "plan", "good.yaml").stdout)

    jsonschema.Draft7Validator(schema).validate(timeline)
    assert (["one", "two"], "dissolve") == (
        [shot["id"] for shot in timeline["shots"]],
        timeline["shots"][1]["enter"]["kind"],
    )


def test_a_still_is_the_picture_of_that_moment(folder: Path) -> None:
    from PIL import Image

    done = run(folder, "still", "good.yaml", "--at", "1s", "-o", "one.png")

    assert (0, "one.png\n") == (done.returncode, done.stdout)
    with Image.open(folder / "one.png") as picture:
        assert ((320, 180), "PNG") == (picture.size, picture.format)


def test_assets_are_ordinary_files(folder: Path) -> None:
    run(folder, "good.yaml", "--assets", "kept")

    assert ["01-one.png", "02-two.png", "narration.wav"] == sorted(os.listdir(folder / "kept"))


def test_why_before_and_after(folder: Path) -> None:
    before = run(folder, "why", "good.yaml").stdout.splitlines()
    run(folder, "good.yaml", "-q")
    after = run(folder, "why", "good.yaml").stdout

    assert [
        "one, part 1: new",
        "one, part 2: new",
        "one → two, part 1: new",
        "two, part 1: new",
        "sound: new",
    ] == before
    assert "nothing: every segment is there\n" == after


def test_how_runs_are_coded_is_asked_for_and_touches_nothing_else(folder: Path) -> None:
    (folder / "marked.yaml").write_text(GOOD + "captions: karaoke\n", encoding="utf-8")
    run(folder, "marked.yaml", "-q", "--still", "skip")
    before = run(folder, "why", "marked.yaml", "--still", "gop").stdout.splitlines()
    made = json.loads(run(folder, "marked.yaml", "--still", "gop", "--json").stdout)
    after = run(folder, "why", "marked.yaml", "--still", "gop").stdout

    runs = ["one, part 2", "two, part 1"]
    assert [f'{name}: still null → "gop"' for name in runs] == before
    assert 2 == made["encoded"] < made["segments"]
    assert "nothing: every segment is there\n" == after


def test_several_specs_go_to_a_folder(folder: Path) -> None:
    (folder / "other.yaml").write_text(GOOD, encoding="utf-8")

    done = run(folder, "good.yaml", "other.yaml", "-o", "films", "-q")

    assert 0 == done.returncode
    assert ["good.mp4", "other.mp4"] == sorted(os.listdir(folder / "films"))


def test_two_specs_of_one_name_are_refused(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "good.yaml").write_text(GOOD, encoding="utf-8")

    assert 2 == run(folder, "good.yaml", "sub/good.yaml").returncode


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [RENDER, *arguments],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def group_members(group: int) -> list[int]:
    """Return the processes of a process group, from /proc."""
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


def begun(process: subprocess.Popen[str]) -> None:
    """Return when a render encodes, and workers are at it."""
    assert process.stderr is not None
    while "encoding" not in process.stderr.readline():
        pass
    time.sleep(1.0)


def left_after(seconds: float, group: int) -> list[int]:
    """Return the processes of a group that are still there after so many seconds at the most."""
    deadline = time.monotonic() + seconds
    while group_members(group) and time.monotonic() < deadline:
        time.sleep(0.05)
    return group_members(group)


def leftovers(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*.tmp*")]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
@pytest.mark.parametrize(("sign", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_render_leaves_no_child_and_no_half_file(
    folder: Path, sign: signal.Signals, status: int
) -> None:
    process = start(folder, "long.yaml")
    begun(process)
    os.killpg(process.pid, sign)
    process.communicate(timeout=60)

    assert (status, []) == (process.returncode, left_after(20.0, process.pid))
    assert ([], False) == (leftovers(folder), (folder / "output" / "long.mp4").exists())


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_killed_render_leaves_the_old_film_and_the_next_one_goes_on(folder: Path) -> None:
    (folder / "film.mp4").write_bytes(b"the film before")

    process = start(folder, "long.yaml", "-o", "film.mp4")
    begun(process)
    process.kill()
    process.communicate()

    assert b"the film before" == (folder / "film.mp4").read_bytes()
    assert 0 == run(folder, "long.yaml", "-q", "-o", "film.mp4").returncode
    assert b"ftyp" == (folder / "film.mp4").read_bytes()[4:8]
    assert [] == left_after(20.0, process.pid)


def test_what_was_made_is_told_to_programs(folder: Path) -> None:
    done = run(folder, "good.yaml", "--json", "--progress", "json")

    told, steps = json.loads(done.stdout), [json.loads(line) for line in done.stderr.splitlines()]
    assert (str(Path("output/good.mp4")), 84, 4) == (told["film"], told["frames"], told["encoded"])
    assert {"speak", "frames", "join"} == {step["stage"] for step in steps}
    assert steps[-1]["done"] == steps[-1]["total"]


def test_a_part_goes_to_a_file_of_its_own(folder: Path) -> None:
    done = run(folder, "good.yaml", "--from", "1s", "--to", "2s", "-q")

    assert (0, f"{Path('output/good-part.mp4')}\n") == (done.returncode, done.stdout)


def test_colours_are_left_out_where_they_are_not_wanted(folder: Path) -> None:
    env = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(
        [RENDER, "check", "bad.yaml"], cwd=folder, capture_output=True, text=True, env=env
    )

    assert "\x1b" not in done.stderr
