"""The service as a program: films are made, jobs outlive it, workers that die are told of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from reelspec.service.server import serve
from reelspec.service.settings import Settings
from renderer.errors import UsageError
from tests.service.serving import GOOD, SPOKEN, ended, running, started

OWNERS = {
    "prompt": "مسلسل امي السعودي",
    "duration_preference": 120,
    "generation_mode": "real",
}


@pytest.fixture(scope="module")
def accepted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the folder of a server that was killed, and the job that it had accepted."""
    folder = tmp_path_factory.mktemp("service") / "data"
    first = started(folder, "--lease", "1")
    assert first.stdout
    address = first.stdout.readline().strip()
    asked = httpx.post(f"{address}videos/render", json={"spec": SPOKEN}, timeout=60).json()
    first.kill()
    first.wait(60)
    return folder, asked["session_id"]


@pytest.fixture(scope="module")
def client(accepted: tuple[Path, str]) -> Iterator[httpx.Client]:
    with running(accepted[0]) as found:
        yield found


def test_a_spec_becomes_a_film_that_is_fetched_in_ranges(client: httpx.Client) -> None:
    asked = client.post("/videos/render", json={"spec": SPOKEN}).json()
    said = ended(client, asked["session_id"])
    film = client.get(said["paths"]["film"])
    part = client.get(said["paths"]["film"], headers={"Range": "bytes=4-7"})
    same = client.get(said["paths"]["film"], headers={"If-None-Match": film.headers["etag"]})
    head = client.head(said["paths"]["film"])
    past = client.get(said["paths"]["film"], headers={"Range": "bytes=99999999-"})
    several = client.get(said["paths"]["film"], headers={"Range": "bytes=0-1,3-4"})
    pictures = [client.get(path) for path in (said["paths"]["sheet"], *said["paths"]["stills"])]
    still = client.get(f"/videos/{asked['session_id']}/still", params={"at": "0.5s"})
    spec = client.get(said["paths"]["spec"])
    followed = client.get(said["paths"]["events"]).text

    assert ("done", []) == (said["state"], [p for p in said["problems"] if p["level"] == "error"])
    assert (200, b"ftyp") == (film.status_code, film.content[4:8])
    assert (206, b"ftyp", 304, 416, 416) == (
        *(part.status_code, part.content),
        *(same.status_code, past.status_code, several.status_code),
    )
    assert (200, str(len(film.content)), b"") == (
        *(head.status_code, head.headers["content-length"]),
        head.content,
    )
    assert [b"\x89PNG"] * 3 == [each.content[:4] for each in (*pictures, still)]
    assert SPOKEN == spec.text
    assert '"state": "done"' in followed and followed.startswith("event: status\ndata: {")


def test_a_job_outlives_its_server(client: httpx.Client, accepted: tuple[Path, str]) -> None:
    assert "done" == ended(client, accepted[1])["state"]


def test_a_prompt_without_sources_fails_and_says_what_is_missing(
    client: httpx.Client, accepted: tuple[Path, str]
) -> None:
    said = ended(client, client.post("/videos/generate", json=OWNERS).json()["session_id"])
    film = client.get(f"/videos/{said['session_id']}/download")
    (problem,) = [each for each in said["problems"] if each["level"] == "error"]

    assert "failed" == said["state"]
    assert ("no-sources", True) == (problem["code"], "`sources` or `text`" in problem["hint"])
    assert (409, "urn:reelspec:problem:failed") == (film.status_code, film.json()["type"])
    assert str(accepted[0].parent) not in film.text


def test_an_asset_that_is_uploaded_is_in_the_film(client: httpx.Client) -> None:
    picture = (Path(__file__).resolve().parents[1] / "golden" / "shapes.png").read_bytes()
    spec = GOOD.replace("text: Hello", "layers: [{image: pictures/a.png}]")
    asset = client.post("/assets", content=picture).json()["asset"]
    wanted = {"spec": spec, "generation_mode": "mock"}
    with_it = {**wanted, "assets": {"pictures/a.png": asset}}
    good = ended(client, client.post("/videos/render", json=with_it).json()["session_id"])
    alone = client.post("/videos/render", json=wanted)

    assert "done" == good["state"]
    assert (422, ["missing-file"]) == (
        alone.status_code,
        [problem["code"] for problem in alone.json()["problems"]],
    )


def test_an_address_that_others_reach_needs_a_token(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as stop:
        serve(Settings(folder=tmp_path, host="0.0.0.0"), print)

    assert ["no-token"] == [problem.code for problem in stop.value.problems]
