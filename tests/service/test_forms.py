"""Files that come with a request, as `curl -F` sends them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.service.serving import BAD, GOOD, answering

PICTURE = (Path(__file__).resolve().parents[1] / "golden" / "shapes.png").read_bytes()
WITH = GOOD.replace("text: Hello", "layers: [{image: pictures/a.png}]")


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Any]:
    with answering(tmp_path / "data", near=("127.0.0.1:9",), fetch=("example.com",)) as client:
        yield client


def requested(folder: Path, said: Any) -> dict[str, Any]:
    """Return the request that an accepted job was given."""
    assert 202 == said.status_code, said.text
    base = sqlite3.connect(folder / "jobs.sqlite")
    row = base.execute("SELECT request FROM jobs WHERE id = ?", (said.json()["session_id"],))
    return dict(json.loads(row.fetchone()[0]))


def test_a_spec_comes_with_its_assets_in_one_form(tmp_path: Path, ask: Any) -> None:
    files = {"spec": ("film.yaml", WITH), "pictures/a.png": ("sun.png", PICTURE)}
    kept = requested(
        tmp_path / "data", ask.post("/videos/render", files=files, data={"generation_mode": "mock"})
    )

    assert (WITH, "mock", ["pictures/a.png"]) == (
        *(kept["spec"], kept["generation_mode"]),
        list(kept["assets"]),
    )
    digest = ask.post("/assets", content=PICTURE).json()["asset"]
    assert digest == kept["assets"]["pictures/a.png"]


def test_a_prompt_comes_with_its_sources_and_every_wish_of_the_author(
    tmp_path: Path, ask: Any
) -> None:
    files = [("sources", ("sun.md", b"# Sun")), ("sources", ("wind.md", b"# Wind"))]
    words = {"prompt": "Power", "duration_preference": "30", "include": ["sun", "wind"]}
    more = {"rate": "0.9", "engine": "espeak", "skeleton": "true", "audience": "children"}
    kept = requested(
        tmp_path / "data", ask.post("/videos/generate", files=files, data=words | more)
    )

    assert {"sun.md", "wind.md"} == set(kept["sources"])
    assert (30.0, 0.9, True, ["sun", "wind"], "children") == tuple(
        kept[name] for name in ("duration_preference", "rate", "skeleton", "include", "audience")
    )


REFUSED = [
    ({"files": {"spec": GOOD, "../a.png": b"x"}}, 422, "bad-path"),
    ({"files": [("spec", GOOD), ("a.png", b"x"), ("a.png", b"y")]}, 422, "bad-request"),
    ({"files": {"spec": GOOD}, "data": {"generation_mode": "none"}}, 422, "bad-request"),
    ({"files": {"spec": BAD}}, 422, "broken-spec"),
    ({"files": {"a.png": b"x"}}, 422, "bad-request"),
    ({"files": {"spec": b"#" * (1 << 20) + b"#"}}, 413, "too-large"),
    ({"files": {f"{n}.png": b"x" for n in range(101)}}, 400, "refused"),
    ({"content": b"--x", "headers": {"Content-Type": "multipart/form-data"}}, 400, "refused"),
    ({"data": {"spec": GOOD}}, 415, "media-type"),
]


@pytest.mark.parametrize(("sent", "status", "code"), REFUSED)
def test_a_form_that_cannot_be_taken_is_a_problem_document(
    ask: Any, sent: dict[str, Any], status: int, code: str
) -> None:
    said = ask.post("/videos/render", **sent)

    assert (status, f"urn:reelspec:problem:{code}") == (said.status_code, said.json()["type"])


def test_a_form_is_counted_while_it_comes_and_uploads_fill_no_more_than_their_room(
    tmp_path: Path,
) -> None:
    with answering(tmp_path / "data", body=100_000, upload=200_000, quota=50_000) as ask:
        long = ask.post("/videos/render", files={"spec": GOOD, "a.png": b"x" * 300_000})
        first = ask.post("/videos/render", files={"spec": GOOD, "a.png": b"x" * 60_000})
        second = ask.post("/videos/render", files={"spec": GOOD, "a.png": b"y" * 60_000})
        third = ask.post("/assets", content=b"z")
        login = ask.post("/login", files={"token": b"x" * 150_000})

    codes = [each.status_code for each in (long, first, second, third, login)]
    assert [413, 202, 507, 507, 413] == codes
    assert 1 == len(list((tmp_path / "data" / "uploads").iterdir()))


ORIGINS = [
    ("https://example.com/sun.md", 202),
    ("http://example.com/sun.md", 422),
    ("https://other.example/sun.md", 422),
    ("https://127.0.0.1/sun.md", 422),
    ("https://[::1/sun.md", 422),
    ("0" * 64, 422),
    ("/etc/passwd", 422),
]


@pytest.mark.parametrize(("origin", "status"), ORIGINS)
def test_a_source_is_an_upload_or_lies_where_the_service_may_fetch(
    ask: Any, origin: str, status: int
) -> None:
    said = ask.post("/videos/generate", json={"prompt": "Sun", "sources": {"sun.md": origin}})

    assert status == said.status_code, said.text


def test_a_spec_has_the_files_of_the_video_that_it_is_based_on(ask: Any, tmp_path: Path) -> None:
    first = ask.post("/videos/render", files={"spec": WITH, "pictures/a.png": PICTURE}).json()
    work = tmp_path / "data" / "jobs" / first["session_id"] / "work"
    (work / "pictures").mkdir(parents=True)
    (work / "pictures" / "a.png").write_bytes(PICTURE)
    for other in ("film.yaml", "sources/own.md", "draft/film.yaml"):
        (work / other).parent.mkdir(exist_ok=True)
        (work / other).write_text("own")
    bare = ask.post("/specs/check", json={"spec": WITH}).json()
    based = ask.post("/specs/check", json={"spec": WITH, "base": first["session_id"]}).json()
    film = ask.post("/videos/render", json={"spec": WITH, "base": first["session_id"]})
    gone = ask.post("/videos/render", json={"spec": WITH, "base": "0" * 32})

    assert (False, True, 404) == (bare["ok"], based["ok"], gone.status_code)
    assert ["pictures/a.png"] == list(requested(tmp_path / "data", film)["assets"])


def test_a_writer_or_a_theme_that_there_is_not_is_refused_at_once(ask: Any) -> None:
    wishes: list[dict[str, str]] = [{"writer": "llm"}, {"theme": "none"}]
    said = [ask.post("/videos/generate", json={"prompt": "Sun", **each}) for each in wishes]

    assert [
        (422, "writers that may be asked for are `outline`"),
        (422, "themes are midnight, mono, news, ocean, paper, sand"),
    ] == [(each.status_code, each.json()["detail"]) for each in said]
