"""Research against a wiki, a search and pages on real servers, and files on disk."""

import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from serving import Answer, Handler, Site, query, sends, serving

from reelspec.author.desk import Desk
from reelspec.author.finding import Asked, Gathered, completed, gather
from reelspec.author.net import Fetcher, Limits, Pages
from reelspec.author.notes import Note, Research, Source
from reelspec.author.noting import notes
from reelspec.author.plugins import known, load
from reelspec.author.quality import Quality, quality
from renderer.errors import MissingError, UsageError
from renderer.store import Store

DOCUMENTS = Path(__file__).parent / "documents"
QUICK = Limits(seconds=20)


def desk_of(*sites: Site, lang: str = "en", **more: Any) -> Desk:
    places = frozenset(site.place for site in sites)
    fetcher = Fetcher(QUICK, places, wait=lambda seconds: None)
    return Desk(lang, DOCUMENTS, Pages(fetcher, **more))


def codes(found: Gathered) -> list[str]:
    return [f"{problem.level}: {problem.code}" for problem in found.problems]


def test_every_plugin_has_a_docstring_and_an_example_that_fits() -> None:
    plugins = {name: load("research", name) for name in known("research")}

    assert {"files", "page", "search", "wikipedia"} == plugins.keys()
    for name, module in plugins.items():
        assert module.__doc__ and completed(name, module.PARAMS, module.EXAMPLE)


def test_files_and_folders_become_sources_with_ids_of_their_own() -> None:
    asked = Asked("files", {"paths": ["en/solar.md", "ar", "es/solar.md"]})

    found = gather("solar cells", [asked], desk_of())

    ids = ["solar", "bees", "coffee", "solar-2", "solar-3"]
    assert (ids, []) == ([source.id for source in found.research.sources], codes(found))
    first, bees = found.research.sources[:2]
    assert ("How a solar cell works", "en") == (first.title, first.lang)
    assert ("حياة خلية النحل", "2023-05-20", "ar") == (bees.title, bees.published, bees.lang)
    assert first.revision.startswith("sha256:")


def test_every_note_is_an_exact_piece_of_its_source() -> None:
    found = gather("x", [Asked("files", {"paths": ["en", "ar", "zh", "es"]})], desk_of()).research

    pieces = [
        (note.quote, source.text) for note in found.notes if (source := found.source(note.source))
    ]
    assert [] == [quote for quote, text in pieces if quote not in text]
    assert [True] * 10 == [
        sum(note.source == source.id for note in found.notes) >= 15 for source in found.sources
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("missing.md", "error: unreadable-file"),
        ("x.docx", "error: unknown-type"),
        ("latin.txt", "error: not-utf8"),
        ("empty.md", "error: no-text"),
    ],
)
def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path, name: str, expected: str) -> None:
    (tmp_path / "x.docx").write_bytes(b"PK")
    (tmp_path / "latin.txt").write_bytes("Köln".encode("latin-1"))
    (tmp_path / "empty.md").write_bytes(b"")
    found = gather("x", [Asked("files", {"paths": [name]})], replace(desk_of(), folder=tmp_path))

    assert ([expected], ()) == (codes(found), found.research.sources)


def test_a_missing_library_stops_research(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reelspec.author.reading.documents.find_spec", lambda name: None)

    with pytest.raises(MissingError) as stop:
        gather("x", [Asked("files", {"paths": ["en/coffee.html"]})], desk_of())

    assert ["pip install 'reelspec[author]'"] == [one.hint for one in stop.value.problems]


@pytest.mark.parametrize(
    ("plugin", "params", "says"),
    [
        ("wikipdia", {}, "no research is named"),
        ("files", {}, "'files' needs 'paths'"),
        ("files", {"path": ["a"]}, "'files' has no parameter 'path'"),
        ("files", {"paths": "a"}, "'paths' of 'files' is no array"),
        ("wikipedia", {"articles": 99}, "'articles' of 'wikipedia' is 99"),
    ],
)
def test_what_is_asked_wrongly_is_told(plugin: str, params: dict[str, Any], says: str) -> None:
    with pytest.raises(UsageError) as stop:
        gather("x", [Asked(plugin, params)], desk_of())

    assert says.replace("no research", "no researc") in str(stop.value).replace(
        "research", "researc"
    )


def page(name: str) -> Answer:
    return sends((DOCUMENTS / name).read_bytes())


def test_a_page_is_read_kept_and_read_again_offline(tmp_path: Path) -> None:
    with serving({"/coffee": page("en/coffee.html")}) as site:
        asked = Asked("page", {"urls": [site.url("/coffee"), site.url("/gone")]})
        online = gather("coffee", [asked], desk_of(site, store=Store(tmp_path)))
    offline = gather("coffee", [asked], desk_of(store=Store(tmp_path), offline=True))

    (source,) = online.research.sources
    assert (site.url("/coffee"), "2024-03-18", "en") == (source.url, source.published, source.lang)
    assert 10 == len(source.seen) and "first crack" in source.text
    assert online.research == offline.research
    assert (["error: no-such-page"], ["error: offline"]) == (codes(online), codes(offline))


def searx(results: list[object]) -> Answer:
    return sends(json.dumps({"results": results}), "application/json")


def test_a_search_reads_the_first_pages_that_can_be_read() -> None:
    with (
        serving({"/": page("ar/bees.html")}) as first,
        serving({}) as broken,
        serving({"/": page("en/coffee.html")}) as second,
        serving({"/": page("zh/bees.html")}) as third,
    ):
        pages = [first, broken, second, third]
        urls = [{"url": site.url("/")} for site in pages]
        listed = [{"url": "ftp://a/"}, urls[0], {"url": first.url("/same-site")}, *urls[1:]]
        with serving({"/search": searx(listed)}) as engine:
            asked = Asked("search", {"endpoint": engine.url("/"), "results": 2})
            found = gather("نحل وقهوة", [asked], desk_of(engine, *pages, lang="ar"))

    assert [first.url("/"), second.url("/")] == [source.url for source in found.research.sources]
    assert (["warning: no-such-page"], []) == (codes(found), third.asked)
    asked_for = "/search?q=%D9%86%D8%AD%D9%84+%D9%88%D9%82%D9%87%D9%88%D8%A9&format=json"
    assert [True] == [path.startswith(asked_for) for path in engine.asked]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (searx([]), "warning: nothing-found"),
        (searx([{"no": "url"}]), "warning: nothing-found"),
        (sends("[1]", "application/json"), "warning: nothing-found"),
        (sends("[" * 100_000, "application/json"), "warning: nothing-found"),
        (searx([{"url": "http://a:b/"}, {"url": "http://[::1"}]), "warning: nothing-found"),
        (sends("<p>no json</p>"), "error: wrong-type"),
        (sends("{}", "application/json", 403), "error: refused"),
        (searx([{"url": "http://169.254.169.254/latest"}]), "error: private-address"),
    ],
)
def test_a_search_that_brings_nothing_says_why(answer: Answer, expected: str) -> None:
    with serving({"/search": answer}) as engine:
        found = gather("x", [Asked("search", {"endpoint": engine.url("")})], desk_of(engine))

    assert [expected] == codes(found)


ARTICLE = """A solar cell turns light into electricity. The first one was shown in 1954.

== History ==
Edmond Becquerel saw the effect in 1839.

== References ==
Nothing of this is read."""


def wiki(asked: dict[str, str]) -> dict[str, Any]:
    """Answer as MediaWiki's action API does, format version 2."""
    if asked.get("list") == "search":
        hits = {"cell": ["Cell", "Solar cell", "Gone"], "nothing": []}[asked["srsearch"]]
        return {"query": {"search": [{"ns": 0, "title": title} for title in hits]}}
    title = asked["titles"]
    if asked["prop"] == "links":
        return {
            "query": {"pages": [{"links": [{"title": "Solar cell"}, {"title": "Cell (biology)"}]}]}
        }
    about: dict[str, Any] = {
        "title": title,
        "revisions": [{"revid": 7, "timestamp": "2026-02-03T04:05:06Z"}],
    }
    if title == "Cell":
        about |= {"pageprops": {"disambiguation": ""}, "extract": "Cell may mean:"}
    elif title == "Solar cell":
        about["extract"] = ARTICLE
    else:
        about = {"title": title, "missing": True}
    return {"query": {"pages": [about]}}


def answers_wiki(handler: Handler) -> None:
    sends(json.dumps(wiki(query(handler))), "application/json; charset=utf-8")(handler)


def on_wiki(
    topic: str, params: dict[str, Any], answer: Answer = answers_wiki
) -> tuple[Gathered, Site]:
    with serving({"/w/api.php": answer}) as site:
        asked = Asked("wikipedia", {"site": site.url(""), **params})
        return gather(topic, [asked], desk_of(site)), site


def test_an_article_is_found_with_its_revision_and_licence() -> None:
    found, site = on_wiki("cell", {"articles": 1})

    (source,) = found.research.sources
    link = site.url("/w/index.php?title=Solar+cell&oldid=7")
    assert ("Solar cell", link, "7") == (source.title, source.url, source.revision)
    assert ("CC BY-SA 4.0", "2026-02-03", "en") == (source.licence, source.published, source.lang)
    text = "# Solar cell\n\nA solar cell turns light into electricity. The first one was shown in 1954."
    assert f"{text}\n\n## History\n\nEdmond Becquerel saw the effect in 1839." == source.text
    assert all("maxlag=5" in path for path in site.asked)
    assert 3 == len(found.research.notes)


@pytest.mark.parametrize(
    ("topic", "params", "expected"),
    [
        ("nothing", {}, ["warning: nothing-found"]),
        ("cell", {"titles": ["Cell"]}, ["error: ambiguous"]),
        ("cell", {"titles": ["Gone"]}, ["error: no-such-page"]),
        ("cell", {"titles": ["Gone", "Solar cell"]}, ["error: no-such-page"]),
        ("cell", {"articles": 5}, []),
    ],
)
def test_what_the_wiki_does_not_have_is_told(
    topic: str, params: dict[str, Any], expected: list[str]
) -> None:
    assert expected == codes(on_wiki(topic, params)[0])


def test_a_title_of_several_meanings_names_them() -> None:
    found, _ = on_wiki("cell", {"titles": ["Cell"]})

    assert ["name one of them: Solar cell, Cell (biology)"] == [one.hint for one in found.problems]


def test_a_wiki_that_lags_is_asked_again() -> None:
    lag = json.dumps({"error": {"code": "maxlag", "info": "Waiting for a server"}})
    left = [sends(lag, "application/json", Retry_After="5")] * 2
    lock = threading.Lock()

    def answer(handler: Handler) -> None:
        with lock:
            now = left.pop() if left else answers_wiki
        now(handler)

    found, site = on_wiki("cell", {"titles": ["Solar cell"]}, answer)

    assert (["Solar cell"], 3) == ([one.title for one in found.research.sources], len(site.asked))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (sends("[]", "application/json"), "error: bad-answer"),
        (sends("{", "application/json"), "error: bad-answer"),
        (sends("[" * 100_000, "application/json"), "error: bad-answer"),
        (sends('{"error": {"code": "x", "info": "no"}}', "application/json"), "error: refused"),
        (sends('{"query": {"pages": [{}]}}', "application/json"), "error: no-such-page"),
        (sends('{"query": {"pages": 3}}', "application/json"), "error: no-such-page"),
    ],
)
def test_a_wiki_that_answers_strangely_is_told_of(answer: Answer, expected: str) -> None:
    assert [expected] == codes(on_wiki("x", {"titles": ["T"]}, answer)[0])


def test_an_article_read_again_offline_was_seen_when_it_was_fetched(tmp_path: Path) -> None:
    with serving({"/w/api.php": answers_wiki}) as site:
        asked = Asked("wikipedia", {"site": site.url(""), "titles": ["Solar cell"]})
        first = gather("x", [asked], desk_of(site, store=Store(tmp_path))).research
    offline = desk_of(store=Store(tmp_path), offline=True, today="2999-01-01")

    assert first == gather("x", [asked], offline).research
    assert 10 == len(first.sources[0].seen)


def test_one_source_is_not_had_twice() -> None:
    asked = Asked("files", {"paths": ["en/solar.md", "en/solar.md"]})

    assert 1 == len(gather("x", [asked, asked], desk_of()).research.sources)


def test_notes_nearer_to_the_topic_weigh_more() -> None:
    text = "A solar cell turns light into current. The satellite flew for six years."
    near, far = notes("solar cell", [Source("a", "A", text, lang="en")])

    assert (2.0, 1.0) == (near.weight, far.weight)


def test_the_quality_of_research_is_counted() -> None:
    sources = (
        Source(
            "a", "A", "One. Two.", "https://en.wikipedia.org/x", published="2024-05-01", lang="en"
        ),
        Source("b", "B", "Drei.", "https://de.wikipedia.org/y", published="2020-01-31", lang="de"),
        Source("c", "C", "Four.", "https://news.bbc.co.uk/z", lang="en-GB"),
        Source("d", "D", "Five."),
    )
    found = (Note("One.", "a", "One."), Note("Eins.", "b", "Eins."), Note("Six.", "e", "Six."))

    numbers = quality(Research("x", "en", sources, found))

    expected = Quality(4, 3, 3, 1, 2, "2020-01-31", "2024-05-01", ("en", "de"))
    assert (expected, 1 / 3) == (numbers, numbers.support)


def test_no_research_has_no_quality() -> None:
    assert (Quality(0, 0, 0, 0, 0, "", "", ()), 0.0) == (
        quality(Research("x", "en")),
        quality(Research("x", "en")).support,
    )
