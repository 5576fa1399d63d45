"""The commands of docs/service.md do what the page says, with curl, against a service."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from reelspec.service.cli.serve import command as serve
from reelspec.service.verbs import VERBS
from tests.service.serving import running

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "service.md"
BLOCK = re.compile(r"^```(\w*) ?([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NEEDED = all(map(shutil.which, ("curl", "sh", "python3")))


@pytest.mark.skipif(not NEEDED, reason="curl, sh or python3 is not installed")
@pytest.mark.soak
def test_the_commands_of_the_page_work_as_they_stand(tmp_path: Path) -> None:
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    for name, text in [(info[5:], text) for _, info, text in blocks if info.startswith("file=")]:
        (tmp_path / name).write_text(text, encoding="utf-8")
    script = "".join(text for kind, info, text in blocks if (kind, info) == ("sh", "run"))
    with running(tmp_path / "data") as client:
        (tmp_path / "page.sh").write_text(
            script.replace("http://127.0.0.1:8321", str(client.base_url).rstrip("/"))
        )
        done = subprocess.run(
            ["sh", "-e", "page.sh"], cwd=tmp_path, capture_output=True, text=True, timeout=600
        )
        left = client.get("/videos").json()["videos"]

    assert 0 == done.returncode, done.stderr + done.stdout
    assert ["done"] == [each["state"] for each in left]
    spec = (tmp_path / "tea.yaml").read_text(encoding="utf-8")
    assert (True, True, False) == tuple(
        word in spec for word in ("theme: paper", "film-pictures/", "silent")
    )
    assert (b"\x89PNG", b"ftyp") == (
        (tmp_path / "tea.png").read_bytes()[:4],
        (tmp_path / "film.mp4").read_bytes()[4:8],
    )
    assert "A cup of tea." in (tmp_path / "film.vtt").read_text(encoding="utf-8")
    assert '"ok":true' in done.stdout
    last = [json.loads(line[6:]) for line in done.stdout.splitlines() if line.startswith("data: ")]
    assert ["done", "done"] == [each["state"] for each in last if each["progress"] == 1]
    assert {"spec", "sheet", "status", "events"} == set(left[0]["paths"])


def test_every_route_and_tool_is_on_the_page() -> None:
    text = PAGE.read_text(encoding="utf-8")
    paths = {verb.route[1].replace("/videos/{session_id}", "") for verb in VERBS if verb.route[1]}
    wishes = [
        name for verb in VERBS if verb.files == "sources" for name in verb.takes["properties"]
    ]

    assert [] == [path for path in sorted(paths - {""}) if path.split("{")[0] not in text]
    assert [] == [verb.name for verb in VERBS if verb.tool and verb.name not in text]
    assert [] == [name for name in wishes if f"`{name}`" not in text]


def test_the_image_is_made_of_what_there_is() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8").splitlines()
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = [
        word for line in lines if re.match(r"COPY (?!--)", line) for word in line.split()[1:-1]
    ]
    extras = re.findall(r'"\.\[([\w,]+)\]"', "\n".join(lines))[0].split(",")
    known = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    last = json.loads(next(line[4:] for line in lines if line.startswith("CMD ")))
    options = {option for each in serve.params for option in each.opts}

    assert [] == [
        name for name in copied if not (ROOT / name).exists() or f"!{name}" not in ignored
    ]
    assert set() == set(extras) - known.keys()
    assert ("serve", set()) == (last[0], {word for word in last if word[:2] == "--"} - options)
