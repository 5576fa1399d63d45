"""Pictures of a script: found in folders, by searches and by models, kept whole or not at all."""

import base64
import io
import json
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from serving import Answer, Handler, Site, moves, query, sends, serving

from reelspec.author import plugins
from reelspec.author.darkroom import Darkroom, Offer, Picture, Wish
from reelspec.author.developing import Developed, developed
from reelspec.author.finding import asked_of, completed
from reelspec.author.illustrating import Album, album_of, supplies
from reelspec.author.net import Fetcher, Pages
from reelspec.author.pictures import folder, generate, procedural, stock
from reelspec.author.posing import places, wish_of
from renderer.errors import Problem, UsageError
from renderer.store import Store
from renderer.templates import library
from tests.author.illustrated import image

HARBOUR = Wish(
    ("boats harbour", "the sea"), "boats in a harbour", "Boats leave it at dawn.", 96, 108
)
THEMES = sorted(library(None).themes)


PHOTO = image()


def darkroom(site: Site | None = None, **more: Any) -> Darkroom:
    allowed = frozenset([site.place]) if site else frozenset[str]()
    pages = Pages(Fetcher(allowed=allowed, wait=lambda seconds: None), more.pop("store", None))
    colours = library(None).default_theme().colours
    return Darkroom(pages=pages, palette=colours, **more)


def offered(
    module: Any, given: Mapping[str, Any], room: Darkroom, wish: Wish = HARBOUR
) -> list[Offer]:
    return list(module.offers(wish, completed("it", module.PARAMS, given), room))


def only(offers: list[Offer]) -> Picture:
    (one,) = offers
    assert isinstance(one, Picture), one
    return one


@pytest.mark.parametrize("name", plugins.known("pictures"))
def test_the_example_of_each_plug_in_fits_its_parameters(name: str) -> None:
    module = plugins.load("pictures", name)

    assert module.EXAMPLE.items() <= completed(name, module.PARAMS, module.EXAMPLE).items()


def test_what_is_asked_for_is_read_as_the_parameters_want_it() -> None:
    asked = asked_of("pictures", "stock:site=pexels,seconds=5")

    assert ("stock", {"site": "pexels", "seconds": 5}) == (asked.plugin, asked.params)


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("paintings", "no picture is named 'paintings'"),
        ("stock:site=flickr", "'site' of 'stock' is 'flickr'"),
        ("folder", "'folder' needs 'path'"),
        ("folder:path=nowhere", "there is no folder 'nowhere'"),
        ("stock:site=pexels", "the pictures of Pexels need a key"),
        ("generate", "to generate pictures needs a model"),
        ("generate:model=m", "the pictures of https://api.openai.com/v1 need a key"),
    ],
)
def test_what_cannot_work_is_refused_before_anything_is_written(written: str, says: str) -> None:
    with pytest.raises(UsageError) as raised:
        supplies([written], darkroom())

    assert says == raised.value.problems[0].message


# What may be shown


@pytest.mark.parametrize(("kind", "suffix"), [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp")])
def test_a_picture_is_named_by_its_content(kind: str, suffix: str) -> None:
    found = developed(image(kind))

    assert isinstance(found, Developed)
    assert (640, 600, suffix) == (found.width, found.height, found.file[12:])


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (PHOTO[: len(PHOTO) // 2], "what came cannot be shown: "),
        (b"<html>Not found</html>", "what came is no PNG, JPEG or WEBP"),
        (b"", "what came is no PNG, JPEG or WEBP"),
        (image("GIF"), "what came is no PNG, JPEG or WEBP"),
        (image("PNG", (8000, 7000)), "what came cannot be shown: 8000x7000 is over 50 million"),
    ],
    ids=["half", "a page", "nothing", "another kind", "too many pixels"],
)
def test_what_cannot_be_decoded_whole_is_a_problem(data: bytes, says: str) -> None:
    found = developed(data)

    assert isinstance(found, Problem)
    assert found.message.startswith(says)


# Drawn by the program


@pytest.mark.parametrize("motif", ["hills", "discs", "contours", "tiles"])
def test_a_drawing_is_the_same_for_the_same_words_and_another_for_others(motif: str) -> None:
    other = Wish(HARBOUR.searches, "", "They come back at night.", 96, 108)
    first, again = (only(offered(procedural, {"motif": motif}, darkroom())) for _ in range(2))

    assert first.data == again.data
    assert first.data != only(offered(procedural, {"motif": motif}, darkroom(), other)).data


def test_one_motif_runs_through_a_film() -> None:
    scenes = [Wish(("words", "one topic"), "", f"scene {n}", 64, 72) for n in range(4)]
    drawn = [only(offered(procedural, {}, darkroom(), wish)) for wish in scenes]

    assert 1 == len({one.asked for one in drawn})


@pytest.mark.parametrize("theme", THEMES)
def test_a_drawing_has_the_colours_of_its_theme(theme: str) -> None:
    colours = library(None).theme(theme, [])
    assert colours
    room = Darkroom(palette=colours.colours)

    with Image.open(io.BytesIO(only(offered(procedural, {}, room)).data)) as drawn:
        light = sum(drawn.convert("L").resize((1, 1)).tobytes()) > 127

    ground = colours.colours["background"].lstrip("#")
    assert light is (int(ground[2:4], 16) > 127)


# From a folder


def test_pictures_of_a_folder_are_chosen_by_the_words_of_their_names(tmp_path: Path) -> None:
    for name in ("old_harbour-2.jpg", "boats_in_the-harbour.JPG", "a mountain.jpg", "harbour.gif"):
        (tmp_path / name).write_bytes(PHOTO)

    found = offered(folder, {"path": str(tmp_path)}, darkroom())

    assert ["boats_in_the-harbour.JPG", "old_harbour-2.jpg"] == [
        one.name for one in found if isinstance(one, Picture)
    ]


@pytest.mark.parametrize(
    ("note", "text"),
    [
        ("1.json", '{"words": ["boats"], "author": "A. Haddad", "license": "CC BY 4.0", "url": 7}'),
        ("1.txt", "Author: A. Haddad\nlicence: CC BY 4.0\nsome boats at sea\n"),
    ],
)
def test_a_file_beside_a_picture_says_more_of_it(tmp_path: Path, note: str, text: str) -> None:
    (tmp_path / "1.png").write_bytes(image("PNG"))
    (tmp_path / note).write_text(text, encoding="utf-8")

    found = only(offered(folder, {"path": str(tmp_path)}, darkroom()))

    assert ("A. Haddad", "CC BY 4.0", "") == (found.author, found.licence, found.url)


@pytest.mark.parametrize("text", ["{", "[1]", '{"words": {"boats": 1}}', "\0\0", "[" * 5000])
def test_a_broken_file_beside_a_picture_says_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "boats.png").write_bytes(image("PNG"))
    (tmp_path / "boats.json").write_text(text, encoding="utf-8")

    assert not only(offered(folder, {"path": str(tmp_path)}, darkroom())).credited


# From a search


def hit(site: Site, name: str = "a", **more: Any) -> dict[str, Any]:
    said = {
        "title": f"Boats {name}",
        "creator": "A. Haddad",
        "license": "by",
        "license_version": "4.0",
    }
    page = {"foreign_landing_url": f"https://example.org/{name}", "width": 1600, "height": 1200}
    return {"url": site.url(f"/{name}.jpg"), **said, **page, **more}


@pytest.fixture
def openverse() -> Iterator[Site]:
    with serving({}) as site:
        answer = json.dumps({"results": [hit(site, "a"), hit(site, "b")]})
        site.pages["/v1/images/"] = sends(answer, "application/json")
        site.pages |= {f"/{name}.jpg": sends(PHOTO, "image/jpeg") for name in "ab"}
        yield site


def searched(server: Site, **given: Any) -> list[Offer]:
    return offered(stock, {"endpoint": server.url("/v1"), **given}, darkroom(server))


def test_a_search_finds_pictures_with_licence_and_origin(openverse: Site) -> None:
    first, second = searched(openverse)

    assert isinstance(first, Picture) and isinstance(second, Picture)
    assert (PHOTO, "boats harbour") == (first.data, first.asked)
    assert ("Boats a", "A. Haddad", "CC BY 4.0") == (first.title, first.author, first.licence)
    assert "https://example.org/a" == first.url and first.seen


def test_only_pictures_that_may_be_changed_and_sold_are_searched(openverse: Site) -> None:
    asked: list[dict[str, str]] = []
    answer = openverse.pages["/v1/images/"]

    def noting(handler: Handler) -> None:
        asked.append(query(handler))
        answer(handler)

    openverse.pages["/v1/images/"] = noting
    searched(openverse)

    assert [("boats harbour", "commercial,modification")] == [
        (one["q"], one["license_type"]) for one in asked
    ]


def test_where_a_search_finds_nothing_the_topic_is_searched(openverse: Site) -> None:
    full = openverse.pages["/v1/images/"]
    none = sends('{"results": []}', "application/json")
    openverse.pages["/v1/images/"] = lambda handler: (
        full if query(handler)["q"] == "the sea" else none
    )(handler)

    assert ["the sea"] * 2 == [one.asked for one in searched(openverse) if isinstance(one, Picture)]


def test_small_pictures_are_passed_over(openverse: Site) -> None:
    results = [hit(openverse, "a", width=400, height=300), hit(openverse, "b", width=None)]
    openverse.pages["/v1/images/"] = sends(json.dumps({"results": results}), "application/json")

    assert ["Boats b"] == [one.title for one in searched(openverse) if isinstance(one, Picture)]


def test_pexels_is_asked_with_the_key_which_goes_nowhere_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(stock.KEY, "secret-key")
    with serving({}) as site:
        one = {
            "width": 900,
            "height": 900,
            "url": "https://pexels.com/1",
            "photographer": "B. Nasr",
        }
        found = {"photos": [{**one, "alt": "Boats", "src": {"large2x": site.url("/1.jpg")}}]}
        site.pages["/v1/search"] = sends(json.dumps(found), "application/json")
        site.pages["/1.jpg"] = sends(PHOTO, "image/jpeg")
        picture = only(searched(site, site="pexels"))

    assert ("Boats", "B. Nasr", "Pexels Licence") == (
        picture.title,
        picture.author,
        picture.licence,
    )
    assert ["secret-key", None] == [headers.get("Authorization") for headers in site.headers]


def slowly(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.end_headers()
    handler.wfile.write(b" ")
    threading.Event().wait(30)


SEARCHES: dict[str, tuple[Answer, str]] = {
    "busy": (sends("later", status=429, Retry_After="9000"), "busy"),
    "broken": (sends("oops", status=500), "server-failed"),
    "a page": (sends("<html>log in</html>"), "wrong-type"),
    "slow": (slowly, "too-slow"),
    "gone": (sends("", status=404), "no-such-page"),
    "elsewhere": (moves("http://169.254.169.254/latest/meta-data"), "private-address"),
}


@pytest.mark.parametrize("name", SEARCHES)
def test_a_search_that_fails_is_a_problem_in_words(openverse: Site, name: str) -> None:
    openverse.pages["/v1/images/"], code = SEARCHES[name]

    found = searched(openverse, seconds=1 if name == "slow" else 60)

    assert [code] == [one.code for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize(
    "answer", ["[]", "{}", '{"results": 5}', '{"results": [5, {"url": 7}]}', "x"]
)
def test_an_answer_of_another_shape_has_no_pictures(openverse: Site, answer: str) -> None:
    openverse.pages["/v1/images/"] = sends(answer, "application/json")

    assert [] == searched(openverse)


FILES: dict[str, tuple[Answer, str]] = {
    "a page": (sends("<html>sign in</html>"), "wrong-type"),
    "a page that says it is a picture": (sends("<html></html>", "image/jpeg"), "wrong-type"),
    "another kind": (sends(image("GIF"), "image/gif"), "wrong-type"),
    "half": (sends(PHOTO[:4000], "image/jpeg"), "bad-image"),
    "cut off": (sends(PHOTO[:4000], "image/jpeg", Content_Length=str(len(PHOTO))), "unreachable"),
    "endless": (sends(PHOTO + b"\0" * (21 << 20), "image/jpeg"), "too-large"),
    "gone": (sends("", status=410), "no-such-page"),
    "elsewhere": (moves("http://10.0.0.1/a.jpg"), "private-address"),
}


@pytest.mark.parametrize("name", FILES)
def test_a_picture_that_cannot_be_had_is_told_of_and_the_next_is_taken(
    openverse: Site, name: str
) -> None:
    openverse.pages["/a.jpg"], code = FILES[name]
    room = darkroom(openverse)
    some = supplies([f"stock:endpoint={openverse.url('/v1')}"], room)

    album = album_of({0: HARBOUR}, some, room, lambda stage, says: None)

    assert ["Boats b"] == [one.picture.title for one in album.prints.values()]
    assert [(code, "warning")] == [(problem.code, problem.level) for problem in album.problems]


# From a model


@pytest.fixture
def painter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with serving({}) as site:
        monkeypatch.setenv(generate.URL, site.url("/v1"))
        monkeypatch.setenv(generate.KEY, "secret-key")
        yield site


def paints(data: bytes | str) -> Answer:
    said = base64.b64encode(data).decode() if isinstance(data, bytes) else data
    return sends(json.dumps({"data": [{"b64_json": said}]}), "application/json")


def painted(site: Site, **more: Any) -> list[Offer]:
    return offered(generate, {"model": "m"}, darkroom(site, **more))


def test_a_model_makes_a_picture_of_what_a_scene_shows(painter: Site) -> None:
    bodies: list[dict[str, Any]] = []

    def answer(handler: Handler) -> None:
        bodies.append(json.loads(handler.rfile.read(int(handler.headers["Content-Length"]))))
        paints(PHOTO)(handler)

    painter.pages["/v1/images/generations"] = answer
    found = only(painted(painter))

    assert (PHOTO, False) == (found.data, found.credited)
    assert ("m", "1024x1024") == (bodies[0]["model"], bodies[0]["size"])
    assert bodies[0]["prompt"].endswith("It shows: boats in a harbour")
    assert "Bearer secret-key" == painter.headers[0]["Authorization"]


def test_a_picture_may_come_by_an_address_and_the_key_does_not_go_there(painter: Site) -> None:
    said = json.dumps({"data": [{"url": painter.url("/made.jpg")}]})
    painter.pages["/v1/images/generations"] = sends(said, "application/json")
    painter.pages["/made.jpg"] = sends(PHOTO, "image/jpeg")

    assert PHOTO == only(painted(painter)).data
    assert "Authorization" not in painter.headers[1]


def test_a_picture_is_made_and_paid_for_once(painter: Site, tmp_path: Path) -> None:
    painter.pages["/v1/images/generations"] = paints(PHOTO)
    first, again = (only(painted(painter, store=Store(tmp_path / "store"))) for _ in range(2))

    assert (first.data, 1) == (again.data, len(painter.asked))


MODELS: dict[str, tuple[Answer, str]] = {
    "denied": (sends('{"error": "secret-key"}', "application/json", 401), "refused"),
    "busy": (sends("", status=429, Retry_After="9000"), "busy"),
    "slow": (slowly, "too-slow"),
    "a page": (sends("<html></html>"), "wrong-type"),
    "no data": (sends('{"data": []}', "application/json"), "bad-answer"),
    "no base64": (paints("§§"), "bad-answer"),
    "half": (paints(PHOTO[:4000]), "bad-image"),
    "a page as picture": (paints(b"<html></html>"), "bad-image"),
}


@pytest.mark.parametrize("name", MODELS)
def test_a_model_that_fails_leaves_no_picture_and_no_secret(painter: Site, name: str) -> None:
    painter.pages["/v1/images/generations"], code = MODELS[name]
    room = darkroom(painter)
    some = supplies([f"generate:model=m,seconds={1 if name == 'slow' else 60}"], room)

    album = album_of({0: HARBOUR}, some, room, lambda stage, says: None)

    assert [code, "no-picture"] == [problem.code for problem in album.problems]
    assert {} == album.prints
    assert "secret" not in str(album.problems)


# An album


def quiet(stage: str, says: str) -> None:
    del stage, says


def test_no_picture_is_taken_twice_and_the_next_place_is_asked(tmp_path: Path) -> None:
    (tmp_path / "boats.jpg").write_bytes(PHOTO)
    room = darkroom()
    some = supplies([f"folder:path={tmp_path}", "procedural:motif=hills"], room)

    album = album_of({0: HARBOUR, 2: HARBOUR}, some, room, quiet)

    assert ["boats.jpg", "hills"] == [
        one.picture.name.split("-")[0] for one in album.prints.values()
    ]
    assert () == album.problems


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ({"title": "Boats", "author": "A. حداد"}, "Boats — A. حداد"),
        ({"title": "Boats 𰀐", "author": "A. Haddad"}, "A. Haddad"),
        ({"title": "Boats", "author": "𰀐"}, "https://example.org/1"),
        ({"title": "**Boats** {{ 7 + 7 }}", "author": "{% x %}"}, "Boats 7 + 7 — x"),
    ],
    ids=["any script", "a title without font", "a name without font", "hostile"],
)
def test_pictures_are_credited_by_names_that_can_be_drawn(
    tmp_path: Path, said: dict[str, str], title: str
) -> None:
    (tmp_path / "boats.jpg").write_bytes(PHOTO)
    note = json.dumps({**said, "url": "https://example.org/1"})
    (tmp_path / "boats.json").write_text(note, encoding="utf-8")
    room = darkroom()

    album = album_of({0: HARBOUR}, supplies([f"folder:path={tmp_path}"], room), room, quiet)

    assert [title] == [source.title for source in album.sources]


def test_what_fails_for_two_scenes_is_asked_no_more(painter: Site) -> None:
    painter.pages["/v1/images/generations"] = sends("", status=403)
    room = darkroom(painter)
    some = supplies(["generate:model=m"], room)

    album = album_of(dict.fromkeys(range(5), HARBOUR), some, room, quiet)

    assert (Album, 2) == (type(album), len(painter.asked))
    assert "5 of 5 scenes" in album.problems[-1].message


def scene(template: str, **given: Any) -> dict[str, Any]:
    return {"id": "x", "template": template, "with": given, "say": "Said."}


def test_titles_statements_and_short_lists_take_pictures_and_no_two_in_a_row() -> None:
    short = scene("bullets", items=["Light", "Heat"])
    scenes = [
        scene("title", title="T"),
        scene("statement", text="S"),
        short,
        scene("stat", value="5"),
        scene("bullets", items=["one"] * 6),
        scene("statement", text="S"),
        scene("statement", text="E"),
    ]

    assert [0, 2, 6] == places(scenes)


@pytest.mark.parametrize(
    ("size", "box"), [("", (960, 1080)), ("vertical", (1080, 806)), ("800x600", (720, 1080))]
)
def test_a_picture_is_wished_for_as_large_as_its_place(size: str, box: tuple[int, int]) -> None:
    wish = wish_of(scene("title", title="T"), "topic", "en", size)

    assert box == (wish.width, wish.height)


def test_the_words_of_notes_are_searched_first_and_the_topic_last() -> None:
    noted = {**scene("statement", text="Boats leave"), "notes": "b-roll: boats harbour dawn"}

    wish = wish_of(noted, "the sea", "en", "")

    assert ("boats harbour dawn", "boats harbour", "boats leave", "the sea") == wish.searches


def test_a_long_description_is_searched_by_what_it_names() -> None:
    said = "picture: the boats of the old harbour at dawn with fog over them"
    wish = wish_of({**scene("statement", text="Boats"), "notes": said}, "the sea", "en", "")

    assert "the boats of the old harbour at dawn with fog over them" == wish.subject
    assert ("boats harbour dawn fog", "boats harbour", "boats", "the sea") == wish.searches
