"""What the service answers, and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reelspec.service.verbs import VERBS
from tests.service.serving import BAD, GOOD, answering

TOKEN = "a token of many letters"
NOBODY = "0" * 32


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Any]:
    with answering(tmp_path / "data", waiting=2) as client:
        yield client


def test_a_prompt_is_accepted_and_told_its_place_in_line(ask: Any) -> None:
    wanted = {"prompt": "مسلسل امي السعودي", "duration_preference": 120, "generation_mode": "real"}
    first, second = (ask.post("/videos/generate", json=wanted) for _ in range(2))

    assert (202, 202) == (first.status_code, second.status_code)
    assert (1, 2) == (first.json()["position"], second.json()["position"])
    name = first.json()["session_id"]
    assert "queued" == ask.get(f"/videos/{name}/status").json()["state"]
    assert [second.json()["session_id"], name] == [
        video["session_id"] for video in ask.get("/videos").json()["videos"]
    ]


def test_who_comes_when_the_line_is_full_is_told_to_come_back(ask: Any) -> None:
    wanted = {"prompt": "Solar power"}
    codes = [ask.post("/videos/generate", json=wanted) for _ in range(3)]

    assert [202, 202, 429] == [each.status_code for each in codes]
    assert int(codes[2].headers["retry-after"]) > 0
    assert "application/problem+json" == codes[2].headers["content-type"]


def test_the_same_key_is_the_same_video(ask: Any) -> None:
    wanted, key = {"prompt": "Solar power"}, {"Idempotency-Key": "mine"}
    first, second = (ask.post("/videos/generate", json=wanted, headers=key) for _ in range(2))
    other = ask.post("/videos/generate", json={"prompt": "Wind"}, headers=key)

    assert first.json()["session_id"] == second.json()["session_id"]
    assert (409, "urn:reelspec:problem:key-conflict") == (other.status_code, other.json()["type"])


def test_a_specs_problems_are_told_with_line_and_column(ask: Any) -> None:
    yaml = ask.post("/specs/check", content=BAD, headers={"Content-Type": "application/yaml"})
    json = ask.post("/specs/check", json={"spec": {"version": 1, "scenes": [{"txt": "a"}]}})
    film = ask.post("/videos/render", json={"spec": BAD})

    assert [("unknown-name", "film.yaml", 4, 17)] == [
        (p["code"], p["file"], p["line"], p["column"]) for p in yaml.json()["problems"]
    ]
    assert ["unknown-key"] == [problem["code"] for problem in json.json()["problems"]]
    assert (422, 4) == (film.status_code, film.json()["problems"][0]["line"])


def test_a_good_spec_is_told_with_its_scenes(ask: Any) -> None:
    said = ask.post("/specs/check", json={"spec": GOOD}).json()

    assert (True, 1.0, ["scene-1"]) == (
        said["ok"],
        said["seconds"],
        [s["id"] for s in said["scenes"]],
    )


REFUSED = [
    ("POST", "/videos/generate", b"{", 400),
    ("POST", "/videos/generate", b"[]", 422),
    ("POST", "/videos/generate", b"{}", 422),
    ("POST", "/videos/generate", b'{"prompt": "a", "duration_preference": NaN}', 400),
    ("POST", "/videos/generate", b'{"prompt": "a", "duration_preference": 1e999}', 422),
    ("POST", "/videos/generate", b'{"prompt": "a", "path": "/etc"}', 422),
    ("POST", "/videos/generate", b'{"prompt": " "}', 422),
    ("POST", "/videos/render", b'{"spec": 7}', 422),
    ("POST", "/videos/render", b'{"spec": "a", "webhook": "https://example.com"}', 422),
    ("GET", f"/videos/{NOBODY}/status", b"", 404),
    ("GET", f"/videos/{NOBODY}/download", b"", 404),
    ("DELETE", f"/videos/{NOBODY}", b"", 404),
    ("GET", "/videos/..%2f..%2fetc%2fpasswd/status", b"", 404),
    ("GET", "/videos/%00/status", b"", 422),
    ("GET", f"/videos/{'a' * 300}/status", b"", 422),
    ("GET", "/videos?limit=1000", b"", 422),
    ("GET", "/nowhere", b"", 404),
    ("PUT", "/videos", b"", 405),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), REFUSED)
def test_what_cannot_be_done_is_a_problem_document(
    ask: Any, method: str, path: str, body: bytes, status: int
) -> None:
    said = ask.request(method, path, content=body, headers={"Content-Type": "application/json"})

    assert (status, "application/problem+json") == (said.status_code, said.headers["content-type"])
    assert status == said.json()["status"]
    assert not [word for word in ("Traceback", "/tmp", ".py") if word in said.text]


NAMES = ("../a.png", "/a.png", "a\\b.png", ".render/x", "film.yaml", "a/../b", "a//b", "-x", "a\n")


@pytest.mark.parametrize("name", NAMES)
def test_an_asset_has_a_plain_name_below_the_film(ask: Any, name: str) -> None:
    asset = ask.post("/assets", content=b"data").json()["asset"]
    said = ask.post("/videos/render", json={"spec": GOOD, "assets": {name: asset}})

    assert (422, "urn:reelspec:problem:bad-path") == (said.status_code, said.json()["type"])


def test_an_upload_is_named_by_its_digest_and_must_be_there(ask: Any) -> None:
    asset = ask.post("/assets", content=b"data").json()["asset"]
    there = ask.post("/videos/render", json={"spec": GOOD, "assets": {"a/b.png": asset}})
    absent = ask.post("/videos/render", json={"spec": GOOD, "assets": {"b.png": "0" * 64}})
    address = ask.post("/videos/render", json={"spec": GOOD, "assets": {"b.png": "https://a.b/c"}})

    assert "3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7" == asset
    assert [202, 422, 422] == [there.status_code, absent.status_code, address.status_code]
    assert "urn:reelspec:problem:not-allowed" == address.json()["type"]


def chunks() -> Iterator[bytes]:
    for _ in range(64):
        yield b"x" * 65_536


def test_a_body_is_counted_while_it_comes(tmp_path: Path) -> None:
    with answering(tmp_path / "data", body=100_000, upload=200_000) as ask:
        long = ask.post("/specs/check", content=chunks(), headers={"Content-Type": "text/yaml"})
        told = ask.post("/specs/check", content=b"", headers={"Content-Length": "999999"})
        upload = ask.post("/assets", content=chunks())

    assert [413, 413, 413] == [long.status_code, told.status_code, upload.status_code]
    assert [] == list((tmp_path / "data" / "uploads").iterdir())


STRANGE = (
    {"Host": "evil.example"},
    {"Origin": "http://evil.example"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Origin": "null"},
)


@pytest.mark.parametrize("headers", STRANGE)
def test_another_sites_page_and_a_rebound_name_are_refused(
    ask: Any, headers: dict[str, str]
) -> None:
    assert 403 == ask.get("/videos", headers=headers).status_code


def test_where_there_is_a_token_it_has_to_be_shown(tmp_path: Path) -> None:
    with answering(tmp_path / "data", host="0.0.0.0", token=TOKEN) as ask:
        bare, health = ask.get("/videos"), ask.get("/health")
        wrong = ask.get("/videos", headers={"Authorization": "Bearer no"})
        right = ask.get("/videos", headers={"Authorization": f"Bearer {TOKEN}"})
        denied = ask.post("/login", content="no")
        login = ask.post("/login", content=TOKEN)
        after = ask.get("/videos")

    assert (401, 401, 200) == (bare.status_code, wrong.status_code, right.status_code)
    assert "Bearer" == bare.headers["www-authenticate"]
    assert health.status_code in (200, 503)
    assert (401, 204, 200) == (denied.status_code, login.status_code, after.status_code)
    assert "HttpOnly" in login.headers["set-cookie"]
    assert TOKEN not in login.headers["set-cookie"]


def test_the_document_of_the_interface_has_every_verb(ask: Any) -> None:
    paths = ask.get("/openapi.json").json()["paths"]
    told = {method["operationId"] for path in paths.values() for method in path.values()}

    assert {verb.name for verb in VERBS if verb.route[0]} <= told
    assert {"video/mp4"} == set(
        paths["/videos/{session_id}/download"]["get"]["responses"]["200"]["content"]
    )


def test_templates_schema_and_health_tell_what_there_is(ask: Any) -> None:
    templates, schema = ask.get("/templates").json(), ask.get("/schema")
    health = ask.get("/health").json()

    assert "bullets" in [each["name"] for each in templates["templates"]]
    assert "midnight" in [each["name"] for each in templates["themes"]]
    assert "scenes" in schema.json()["properties"]
    assert False is health["works"]
    assert ["workers"] == [p["name"] for p in health["parts"] if p["needed"] and not p["works"]]


def test_numbers_for_prometheus_name_routes_and_never_ids(ask: Any) -> None:
    ask.get(f"/videos/{NOBODY}/status")
    ask.post("/videos/generate", json={"prompt": "Solar power"})
    text = ask.get("/metrics").text

    assert 'reelspec_jobs{state="queued"} 1.0' in text
    assert 'route="/videos/{session_id}/status",status="404"' in text
    assert NOBODY not in text


def test_a_video_that_is_removed_is_gone(ask: Any) -> None:
    name = ask.post("/videos/generate", json={"prompt": "Solar power"}).json()["session_id"]

    assert 200 == ask.delete(f"/videos/{name}").status_code
    assert 404 == ask.get(f"/videos/{name}/status").status_code
