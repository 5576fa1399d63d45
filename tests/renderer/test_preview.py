"""The preview's server: what it answers, to whom, and that nothing else can be had from it."""

import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from PIL import Image

from renderer.child.nursery import living
from renderer.cli import extras
from renderer.cli.commands import commands
from renderer.errors import MissingError, Place, Problem, UsageError
from renderer.preview import Preview, preview
from renderer.preview.excerpt import block, excerpt
from renderer.render import Made, Options, compile_spec, render
from renderer.rounds import Broken, Planned, Rendered, Saved

RENDER = Path(sys.executable).with_name("render")
SPEC = """
version: 1
title: A film
size: 320x180
voice: {engine: silent}
scenes:
  - id: red
    background: "#ff0000"
    say: One two three.
    layers:
      - {text: Big, name: head, size: 20%}
      - text: Late
        at: 1s
        position: bottom
  - id: blue
    background: "#0000ff"
    duration: 2s
    transition: {kind: dissolve, over: 500ms}
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("film")
    (folder / "film.yaml").write_text(SPEC, encoding="utf-8")
    return render(folder / "film.yaml", folder / "film.mp4", Options(processes=1))


@pytest.fixture(scope="module")
def page(made: Made) -> Iterator[Preview]:
    spec = made.compiled.spec.path
    with preview(Options().open_store(spec)) as shown:
        shown.tell(Saved(spec, ()))
        shown.tell(Planned(spec, made.compiled))
        shown.tell(Rendered(spec, made, 0.1, (), ()))
        yield shown


@pytest.fixture(scope="module")
def client(page: Preview) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=page.url, timeout=30) as asking:
        yield asking


def events(client: httpx.Client, count: int) -> dict[str, Any]:
    """Return name → data of the first events of a stream."""
    found: dict[str, Any] = {}
    with client.stream("GET", "/events") as answer:
        name = ""
        for line in answer.iter_lines():
            kind, _, value = line.partition(": ")
            if kind == "event":
                name = value
            elif kind == "data":
                found[name] = json.loads(value)
                if len(found) == count:
                    return found
    return found


def test_the_page_and_its_parts_need_nothing_from_elsewhere(client: httpx.Client) -> None:
    page = client.get("/")
    names = ("style.css", "main.js", "film.js", "icon.svg")
    kinds = [client.get(f"/{name}").headers["content-type"].split(";")[0] for name in names]

    assert (200, "text/html; charset=utf-8") == (page.status_code, page.headers["content-type"])
    assert ["text/css", "text/javascript", "text/javascript", "image/svg+xml"] == kinds
    assert "//" not in page.text.replace("<!doctype html>", "")
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "unsafe" not in page.headers["content-security-policy"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Host": "localhost:PORT"}, 200),
        ({"Origin": "http://127.0.0.1:PORT"}, 200),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Host": "film.example:PORT"}, 403),
        ({"Host": "127.0.0.1"}, 403),
        ({"Host": "127.0.0.1:PORT.film.example"}, 403),
        ({"Origin": "http://film.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:PORT"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_only_its_own_page_is_answered(
    client: httpx.Client, headers: dict[str, str], status: int
) -> None:
    port = str(client.base_url.port)
    told = {name: value.replace("PORT", port) for name, value in headers.items()}

    assert status == client.get("/", headers=told).status_code


def test_other_machines_do_not_reach_it(client: httpx.Client) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as other:
        other.settimeout(2)
        with pytest.raises(OSError):
            other.connect(("127.0.0.2", client.base_url.port or 0))


@pytest.mark.parametrize(
    "path",
    [
        "/../film.yaml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/page/main.js",
        "/main.js/",
        "/film",
        "/film?digest=../../film.mp4",
        "/film?digest=" + "0" * 64,
    ],
)
def test_no_path_leads_to_a_file(client: httpx.Client, path: str) -> None:
    answer = client.get(path, follow_redirects=False)

    assert answer.status_code in (404, 307)
    assert b"version: 1" not in answer.content and b"root:" not in answer.content


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nothing_can_be_changed(client: httpx.Client, method: str) -> None:
    assert 405 == client.request(method, "/still").status_code


def film_of(client: httpx.Client) -> str:
    return f"/film?digest={events(client, 3)['film']['digest']}"


def test_the_film_is_given_whole_and_by_ranges(client: httpx.Client, made: Made) -> None:
    film, path = made.path.read_bytes(), film_of(client)
    last = len(film) - 1

    whole = client.get(path)
    part = client.get(path, headers={"Range": "bytes=100-199"})
    end = client.get(path, headers={"Range": "bytes=-7"})
    beyond = client.get(path, headers={"Range": f"bytes={last + 1}-"})
    many = client.get(path, headers={"Range": "bytes=0-1,5-6"})
    head = client.head(path)

    assert (200, film, "video/mp4") == (
        whole.status_code,
        whole.content,
        whole.headers["content-type"],
    )
    assert (206, film[100:200]) == (part.status_code, part.content)
    assert f"bytes 100-199/{last + 1}" == part.headers["content-range"]
    assert (206, film[-7:]) == (end.status_code, end.content)
    assert (416, 416) == (beyond.status_code, many.status_code)
    assert (200, b"", str(len(film))) == (
        head.status_code,
        head.content,
        head.headers["content-length"],
    )


def test_a_range_of_another_film_gives_the_whole_of_this_one(client: httpx.Client) -> None:
    path = film_of(client)
    tag = client.head(path).headers["etag"]

    same = client.get(path, headers={"Range": "bytes=0-9", "If-Range": tag})
    other = client.get(path, headers={"Range": "bytes=0-9", "If-Range": f'"{"0" * 64}"'})

    assert f'"{path.partition("=")[2]}"' == tag
    assert (206, 200) == (same.status_code, other.status_code)


def picture(answer: httpx.Response) -> Image.Image:
    return Image.open(io.BytesIO(answer.content), formats=["JPEG"])


@pytest.mark.parametrize(
    ("frame", "colour"), [(0, (255, 0, 0)), (119, (0, 0, 255)), (9999, (0, 0, 255))]
)
def test_a_still_shows_its_frame(
    client: httpx.Client, frame: int, colour: tuple[int, int, int]
) -> None:
    shown = picture(client.get(f"/still?plan=1&frame={frame}&width=320")).convert("RGB")
    seen = shown.getpixel((5, 5))

    assert (320, 180) == shown.size
    assert isinstance(seen, tuple)
    assert [] == [(seen, colour) for a, b in zip(seen, colour, strict=True) if abs(a - b) > 6]


def test_a_thumbnail_is_small(client: httpx.Client) -> None:
    assert (160, 90) == picture(client.get("/still?plan=1&frame=0&width=100")).size


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("plan=2&frame=0&width=320", 409),
        ("frame=0&width=320", 409),
        ("plan=1&frame=-1&width=320", 400),
        ("plan=1&frame=1e9&width=320", 400),
        ("plan=1&frame=٣&width=320", 400),
        ("plan=1&width=320", 400),
        ("plan=1&frame=0&width=99999999999999", 400),
    ],
)
def test_what_makes_no_sense_is_refused(client: httpx.Client, query: str, status: int) -> None:
    assert status == client.get(f"/still?{query}").status_code


def test_the_boxes_of_a_frame_are_its_layers_bottom_first(client: httpx.Client) -> None:
    early = client.get("/boxes?plan=1&frame=0").json()
    late = client.get("/boxes?plan=1&frame=45").json()
    blending = client.get("/boxes?plan=1&frame=65").json()

    assert [("fill", ""), ("text", "head")] == [(one["kind"], one["name"]) for one in early]
    assert ["fill", "text", "text"] == [one["kind"] for one in late]
    assert [0, 0, 320, 180] == late[0]["box"]
    assert late[2]["box"][1] > late[1]["box"][1] + late[1]["box"][3] / 2
    assert ["fill", "text", "text", "fill"] == [one["kind"] for one in blending]


@pytest.mark.parametrize(
    "comes", ["enter: {kind: rise, over: 1s}", "enter: {kind: zoom, over: 1s}", "exit: slide"]
)
def test_the_box_of_a_layer_that_comes_or_goes_is_where_it_is_seen(
    tmp_path: Path, comes: str
) -> None:
    path, store = tmp_path / "film.yaml", Options().open_store(tmp_path / "film.yaml")
    shape = "shape: rect, color: white, width: 80px, height: 40px, position: [120px, 90px]"
    path.write_text(
        "version: 1\nsize: 320x180\nscenes:\n"
        f"  - {{duration: 300ms, background: black, layers: [{{{shape}, {comes}}}]}}\n"
    )
    with preview(store) as shown:
        shown.tell(Planned(path, compile_spec(path, Options(), store)))
        query = "plan=1&frame=5"
        left, top, width, height = httpx.get(f"{shown.url}boxes?{query}").json()[-1]["box"]
        still = httpx.get(f"{shown.url}still?{query}&width=320").content
    grey = Image.open(io.BytesIO(still)).convert("L")
    brightest = grey.getextrema()[1]
    seen = grey.point(lambda value: 255 * (2 * value > brightest)).getbbox()

    assert seen == pytest.approx((left, top, left + width, top + height), abs=1)
    assert [80, 70, 80, 40] != [left, top, width, height]


def test_lines_of_a_scene_and_of_a_layer_come_from_the_spec(client: httpx.Client) -> None:
    scene = client.get("/lines?plan=1&scene=1").json()
    layer = client.get("/lines?plan=1&frame=45&layer=2").json()

    assert "  - id: blue" == scene["lines"][0]
    assert 4 == len(scene["lines"])
    assert ["      - text: Late", "        at: 1s", "        position: bottom"] == layer["lines"]
    assert ":11" in layer["where"] or layer["where"].endswith(f":{layer['first']}")


def test_events_tell_of_the_plan_the_state_and_the_film(client: httpx.Client, made: Made) -> None:
    told = events(client, 3)
    red = told["plan"]["scenes"][0]
    said = [text for _, text in red["cues"][0]["parts"]]

    assert {"busy": False, "problems": []} == told["state"]
    assert ("A film", 120, 30.0, False) == tuple(
        told["plan"][key] for key in ("title", "frames", "fps", "rtl")
    )
    assert [("red", 0, 60), ("blue", 60, 60)] == [
        (scene["id"], scene["first"], scene["frames"]) for scene in told["plan"]["scenes"]
    ]
    assert "One two three." == "".join(said)
    assert [0.3, 0.7, 1.1] == [
        round(start, 3) for start, _ in red["cues"][0]["parts"] if start is not None
    ]
    assert 1 == told["film"]["plan"]


def test_problems_are_told_and_go_with_the_next_good_plan(made: Made, tmp_path: Path) -> None:
    spec = made.compiled.spec.path
    place = Place("film.yaml", 7, 3, 4, "  - bad")
    with preview(Options().open_store(spec)) as shown, httpx.Client(base_url=shown.url) as asking:
        shown.tell(Broken(spec, (Problem("wrong", "it is bad", place, "mend it"),), 3))
        broken = events(asking, 1)["state"]
        shown.tell(Planned(spec, made.compiled))
        mended = events(asking, 2)

    assert ["film.yaml:7", 3, 4, "  - bad", "it is bad", "mend it"] == [
        broken["problems"][0][key]
        for key in ("where", "column", "length", "text", "message", "hint")
    ]
    assert (False, []) == (broken["busy"], mended["state"]["problems"])
    assert 1 == mended["plan"]["plan"]


def test_nothing_is_left_when_it_closes_while_a_page_listens(made: Made) -> None:
    before = {thread.name for thread in threading.enumerate()}
    children = set(living())
    spec = made.compiled.spec.path
    with httpx.Client(timeout=20) as asking:
        with preview(Options().open_store(spec)) as shown:
            shown.tell(Planned(spec, made.compiled))
            asking.get(f"{shown.url}still?plan=1&frame=7&width=480")
            stream = asking.stream("GET", f"{shown.url}events")
            lines = stream.__enter__().iter_lines()
            assert "event: plan" == next(lines)
        rest = list(lines)

    assert ["event: state", ""] == [rest[2], rest[-1]]
    assert {"preview", "painter"} & {t.name for t in threading.enumerate()} <= before
    assert children >= set(living())


def test_a_missing_extra_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(extras.EXTRAS, "preview", ("renderer.cli.preview", ("no_such_library",)))

    with pytest.raises(MissingError) as caught:
        extras.load("preview", "--open")

    assert 4 == caught.value.status
    assert "pip install 'reelspec[preview]'" == caught.value.problems[0].hint


def ended(group: int) -> bool:
    """Return whether every process of a group ends, within five seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for another process")
def test_the_command_opens_the_page_and_ends_on_an_interruption(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text(SPEC, encoding="utf-8")
    told = {**os.environ, "BROWSER": f"{sys.executable} -c 0 %s"}
    command = [RENDER, "watch", "--open", "film.yaml"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=told, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        assert running.stderr is not None
        _, url = running.stderr.readline().split()
        with httpx.Client(base_url=url, timeout=60) as asking:
            title = events(asking, 3)["plan"]["title"]
        os.killpg(running.pid, signal.SIGINT)
        running.communicate(timeout=20)

    assert ("A film", 130) == (title, running.returncode)
    assert ended(running.pid)


def test_the_page_shows_one_film(tmp_path: Path) -> None:
    specs = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for spec in specs:
        spec.write_text(SPEC, encoding="utf-8")

    result = CliRunner().invoke(commands, ["watch", "--open", *map(str, specs)])

    assert isinstance(result.exception, UsageError)
    assert "--open shows one film" == result.exception.problems[0].message


LINES = [
    "scenes:",
    "  - id: one",
    "    say: >-",
    "      Hello.",
    "",
    "      Bye.",
    "",
    "  - id: two",
    "next: 1",
]


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        (2, 5, LINES[1:6]),
        (3, 5, LINES[2:6]),
        (3, 10, LINES[2:6]),
        (8, 5, LINES[7:8]),
        (9, 7, LINES[8:]),
    ],
)
def test_a_block_is_a_line_and_what_stands_deeper(
    line: int, column: int, expected: list[str]
) -> None:
    assert tuple(expected) == block(LINES, line, column)


def test_a_file_that_has_changed_gives_the_line_that_was_read(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text("other: 1\n", encoding="utf-8")

    found = excerpt(Place("film.yaml", 1, 1, 7, "version: 1"), tmp_path)

    assert ("version: 1",) == found.lines
