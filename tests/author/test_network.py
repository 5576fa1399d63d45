"""The whole command against a wiki, a search and pages on loopback, well and badly behaved."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from serving import Answer, Handler, Site, moves, query, sends, serving

from renderer.looks import reading_of_spec
from renderer.source import parse
from renderer.spec import Spec, load
from tests.author.writing import DOCUMENTS, Done, author

ARTICLE = (DOCUMENTS / "en" / "solar.md").read_text(encoding="utf-8")
PAGE = (DOCUMENTS / "en" / "coffee.html").read_bytes()


def wiki(handler: Handler) -> None:
    """Answer as MediaWiki's action API does, format version 2."""
    asked = query(handler)
    found: dict[str, Any] = {"search": [{"ns": 0, "title": "Solar cell"}]}
    if asked.get("list") != "search":
        revision = {"revid": 7, "timestamp": "2026-02-03T04:05:06Z"}
        found = {"pages": [{"title": "Solar cell", "revisions": [revision], "extract": ARTICLE}]}
    sends(json.dumps({"query": found}), "application/json")(handler)


def write(folder: Path, topic: str, site: Site, *how: str) -> Done:
    given = ("--allow", site.place, "--duration", "30", "-o", "film.yaml", "--engine", "silent")
    return author(folder, topic, *given, *how)


def checked(folder: Path) -> Spec:
    """Return the spec that was written, which `render check --strict` has nothing to say about."""
    spec = load(folder / "film.yaml")
    assert () == (*spec.warnings, *reading_of_spec(spec))
    return spec


def sources(folder: Path) -> list[dict[str, str]]:
    return list(parse((folder / "film.yaml").read_bytes(), "film.yaml").data["sources"].values())


def test_a_film_of_an_article_names_its_revision_and_shows_its_licence(tmp_path: Path) -> None:
    with serving({"/w/api.php": wiki}) as site:
        done = write(tmp_path, "solar cells", site, "--research", f"wikipedia:site={site.url('')}")

    assert 0 == done.returncode, done.stderr
    spec = checked(tmp_path)
    (source,) = sources(tmp_path)
    link = site.url("/w/index.php?title=Solar+cell&oldid=7")
    assert ("Solar cell", link, "CC BY-SA 4.0") == tuple(
        source[key] for key in ("title", "url", "licence")
    )
    shown = [item.params.get("text", "") for item in spec.scenes[-1].layers]
    assert "**Solar cell**\nCC BY-SA 4.0" in shown


def test_a_film_of_what_a_search_finds_cites_the_page(tmp_path: Path) -> None:
    with serving({"/": sends(PAGE)}) as page:
        listed = sends(json.dumps({"results": [{"url": page.url("/")}]}), "application/json")
        with serving({"/search": listed}) as engine:
            asked = f"search:endpoint={engine.url('')},results=1"
            done = write(tmp_path, "coffee", page, "--research", asked, "--allow", engine.place)

    assert 0 == done.returncode, done.stderr
    assert checked(tmp_path).scenes
    assert [page.url("/")] == [one["url"] for one in sources(tmp_path)]


def test_a_page_that_was_fetched_writes_the_same_film_offline(tmp_path: Path) -> None:
    with serving({"/coffee": sends(PAGE)}) as site:
        url = site.url("/coffee")
        online = write(tmp_path, "coffee", site, "--source", url)
    first = checked(tmp_path)
    offline = write(tmp_path, "coffee", site, "--source", url, "--offline", "--force")

    assert (0, 0) == (online.returncode, offline.returncode)
    assert first.scenes == checked(tmp_path).scenes


def test_a_place_that_nobody_allowed_is_not_asked(tmp_path: Path) -> None:
    with serving({"/": sends(PAGE)}) as site:
        done = author(tmp_path, "coffee", "--source", site.url("/"), "-o", "film.yaml")

    assert (2, []) == (done.returncode, site.asked)
    assert "private-address" in done.stderr


def hangs_up(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(b"<p>half")
    handler.close_connection = True


BAD: dict[str, tuple[Callable[[Site], Answer], str]] = {
    "gone": (lambda _: sends("", status=404), "no-such-page"),
    "half": (lambda _: hangs_up, "unreachable"),
    "a picture": (lambda _: sends(b"\x89PNG\r\n", "image/png"), "wrong-type"),
    "a circle": (lambda site: moves(site.url("/")), "too-many-redirects"),
    "inward": (lambda _: moves("http://127.0.0.1:1/secret"), "private-address"),
    "nothing": (lambda _: sends("<html></html>"), "unreadable"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_page_that_cannot_be_had_is_said_and_nothing_is_written(
    tmp_path: Path, name: str
) -> None:
    answer, code = BAD[name]
    with serving({}) as site:
        site.pages["/"] = answer(site)
        done = write(tmp_path, "coffee", site, "--source", site.url("/"))

    assert 2 == done.returncode
    assert f"error[{code}]" in done.stderr
    assert "Traceback" not in done.stderr
    assert [] == list(tmp_path.iterdir())


def test_a_wiki_that_refuses_leaves_the_old_spec_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text("mine", encoding="utf-8")
    refusal = sends('{"error": {"code": "x", "info": "no bots"}}', "application/json")
    with serving({"/w/api.php": refusal}) as site:
        asked = f"wikipedia:site={site.url('')}"
        done = write(tmp_path, "solar cells", site, "--research", asked, "--force")

    assert (2, True) == (done.returncode, "refuses: no bots" in done.stderr)
    assert "mine" == (tmp_path / "film.yaml").read_text(encoding="utf-8")


def test_one_source_that_fails_is_a_warning_where_another_makes_the_film(tmp_path: Path) -> None:
    with serving({"/coffee": sends(PAGE)}) as site:
        named = ("--source", site.url("/coffee"), "--source", site.url("/gone"))
        done = write(tmp_path, "coffee", site, *named)

    assert 0 == done.returncode
    assert "warning[no-such-page]" in done.stderr
    assert checked(tmp_path).scenes
    assert 1 == len(sources(tmp_path))
