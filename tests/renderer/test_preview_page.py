"""The preview's page in Chromium: an edit is seen at once, then plays; keys, problems, directions."""

import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

from renderer.errors import Problem
from renderer.preview import preview
from renderer.render import Options, compile_spec
from renderer.rounds import Broken, Planned
from renderer.watch import watch

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

TOPIC = Path(__file__).resolve().parents[2] / "projects" / "topic.yaml"
SMALL = "size: 640x360\nvoice: {engine: silent}"
ENGLISH = """
version: 1
title: Left to right
size: 320x180
voice: {engine: silent}
scenes:
  - {id: one, text: First, say: One two three four.}
  - {id: two, text: Second, say: Five six seven eight.}
"""
_SLOW = 60_000
expect.set_options(timeout=_SLOW)
# A machine for tests has no sound card, and its shared memory may be small.
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
    "--disable-audio-output",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield started
        started.close()


class Desk:
    """A spec on the disk that is watched, with its page open."""

    def __init__(self, spec: Path, page: Page) -> None:
        self.spec, self.page = spec, page

    def edit(self, old: str, new: str) -> None:
        text = self.spec.read_text(encoding="utf-8")
        assert old in text
        self.spec.write_text(text.replace(old, new), encoding="utf-8")

    @property
    def frame(self) -> int:
        return int(self.page.locator("#time span").nth(1).inner_text().removeprefix("frame "))


def until(happened: Callable[[], bool]) -> None:
    """Wait for what the page does; the content policy forbids Playwright's own `wait_for`."""
    end = time.monotonic() + _SLOW / 1000
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.02)


def faults(said: ConsoleMessage) -> list[str]:
    """Return an error that the console shows; 409 answers what a newer plan has overtaken."""
    return [said.text] if said.type == "error" and "409" not in said.text else []


def opened(browser: Browser, spec: Path, **look: object) -> Iterator[Desk]:
    """Watch a spec, open its page, and give both once the first film is there."""
    options, stop = Options(), threading.Event()
    with preview(options.open_store(spec)) as shown:
        films = {spec: spec.with_suffix(".mp4")}
        loop = threading.Thread(target=watch, args=(films, options, shown.tell, stop))
        loop.start()
        context = browser.new_context(**look)  # type: ignore[arg-type]
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        failures: list[str] = []
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on("console", lambda said: failures.extend(faults(said)))
        try:
            page.goto(shown.url)
            expect(page.locator("#play")).to_be_enabled()
            expect(page.locator("#still")).to_be_hidden()
            yield Desk(spec, page)
            assert [] == failures
        finally:
            context.close()
            stop.set()
            loop.join()


@pytest.fixture(scope="module")
def arabic(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    spec = tmp_path_factory.mktemp("arabic") / "topic.yaml"
    text = TOPIC.read_text(encoding="utf-8").replace("size: 1080p", SMALL)
    spec.write_text(text, encoding="utf-8")
    yield from opened(browser, spec)


@pytest.fixture(scope="module")
def english(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    spec = tmp_path_factory.mktemp("english") / "film.yaml"
    spec.write_text(ENGLISH, encoding="utf-8")
    yield from opened(browser, spec)


COLOURS = """() => {
  const film = document.querySelector("video:not(.away)");
  const canvas = document.createElement("canvas");
  canvas.width = 64; canvas.height = 36;
  const paint = canvas.getContext("2d");
  paint.drawImage(film, 0, 0, 64, 36);
  return Array.from(paint.getImageData(0, 0, 64, 36).data);
}"""

# Lost when the page loads anew, so that it also says that the page has not.
WATCH_THE_STILL = """() => {
  const still = document.querySelector("#still");
  window.stills = new Set();
  new MutationObserver(() => still.hidden || stills.add(still.dataset.plan))
    .observe(still, {attributes: true});
}"""


@pytest.mark.soak  # it plays, which takes what time the machine has
def test_an_edit_is_seen_at_once_and_then_plays_without_reloading(arabic: Desk) -> None:
    page = arabic.page
    page.evaluate(WATCH_THE_STILL)
    page.keyboard.press("ArrowDown")
    before, frame = page.evaluate(COLOURS), arabic.frame
    film = page.locator("video:not(.away)").get_attribute("src")
    page.keyboard.press("Space")
    expect(page.locator("body.playing")).to_have_count(1)

    arabic.edit("العنوان **باب**", "العنوان **مفتاح**")

    until(lambda: page.evaluate("stills.has('2')"))
    expect(page.locator("#still")).to_be_hidden()
    expect(page.locator("#status")).to_have_text("up to date")
    assert film != page.locator("video:not(.away)").get_attribute("src")
    expect(page.locator("body.playing")).to_have_count(1)
    until(lambda: arabic.frame > frame)
    page.keyboard.press("Space")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    assert frame == arabic.frame
    until(lambda: before != page.evaluate(COLOURS))


def test_problems_come_with_their_line_and_go_when_it_is_good_again(arabic: Desk) -> None:
    overlay = arabic.page.locator("#problems")

    arabic.edit("kind: dissolve", "kind: disolve")

    expect(overlay).to_be_visible()
    expect(overlay.locator(".where")).to_have_text(f"{arabic.spec}:14")
    expect(overlay.locator("mark")).to_have_text("disolve")
    expect(overlay.locator(".carets")).to_have_text("^" * 7)
    expect(overlay.locator(".hint")).to_have_text("did you mean 'dissolve'?")
    expect(arabic.page.locator("#status")).to_have_text("1 problem")
    arabic.page.keyboard.press("Escape")
    expect(overlay).to_be_hidden()
    arabic.page.locator("#status button").press("Enter")
    expect(overlay).to_be_visible()

    arabic.edit("kind: disolve", "kind: dissolve")

    expect(overlay).to_be_hidden()
    expect(arabic.page.locator("#status")).to_have_text("up to date")


def test_a_film_in_arabic_runs_from_right_to_left(arabic: Desk) -> None:
    page = arabic.page
    page.keyboard.press("Home")
    left = page.locator("#track i").last.bounding_box()
    right = page.locator("#track i").first.bounding_box()
    image = page.locator("#strip img").first.bounding_box()
    words = page.locator("#strip .said-text").first.bounding_box()

    assert left and right and left["x"] < right["x"]
    assert image and words and image["x"] > words["x"]
    page.keyboard.press("ArrowLeft")
    assert 1 == arabic.frame
    page.keyboard.press("ArrowRight")
    assert 0 == arabic.frame


# The second scene enters over 12 frames; the keys go to the first in which it is seen alone.
@pytest.mark.parametrize(
    ("keys", "frame"),
    [
        (["Home"], 0),
        (["End"], 143),
        (["Home", "ArrowRight", "ArrowRight", "ArrowLeft"], 1),
        (["Home", "ArrowLeft"], 0),
        (["Home", "ArrowDown"], 84),
        (["Home", "Shift+ArrowRight", "ArrowRight", "ArrowUp"], 84),
        (["End", "Shift+ArrowLeft", "Shift+ArrowLeft"], 0),
        (["End", "ArrowRight"], 143),
    ],
)
def test_keys_move_the_playhead(english: Desk, keys: list[str], frame: int) -> None:
    for key in keys:
        english.page.keyboard.press(key)

    assert frame == english.frame
    assert str(frame) == english.page.locator("#seek").input_value()


@pytest.mark.soak  # it plays, which takes what time the machine has
def test_space_plays_and_halts(english: Desk) -> None:
    page = english.page
    page.keyboard.press("Home")
    page.keyboard.press("Space")

    expect(page.locator("#play")).to_have_attribute("aria-label", "Pause")
    expect(page.locator("#time span").nth(1)).not_to_have_text("frame 0")
    page.keyboard.press("Space")
    expect(page.locator("#play")).to_have_attribute("aria-label", "Play")


def test_the_word_that_is_said_is_marked(english: Desk) -> None:
    page = english.page
    page.keyboard.press("Home")
    expect(page.locator("#strip b.said")).to_have_count(0)
    for _ in range(24):
        page.keyboard.press("ArrowRight")

    expect(page.locator("#strip b.said")).to_have_text("two")


def test_question_mark_shows_the_keys(english: Desk) -> None:
    dialog = english.page.locator("#keys")

    english.page.keyboard.press("?")
    expect(dialog).to_be_visible()
    english.page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_scene_and_a_layer_lead_to_their_lines(english: Desk) -> None:
    page, lines = english.page, english.page.locator("#source .line")
    page.locator("#strip button").nth(1).click()
    expect(lines).to_have_text(["  - {id: two, text: Second, say: Five six seven eight.}"])
    assert f"{english.spec}:8" == page.evaluate("navigator.clipboard.readText()")
    assert 84 == english.frame

    page.keyboard.press("Home")
    page.locator("#layers button[aria-label^=text]").click()
    expect(lines).to_have_text(["  - {id: one, text: First, say: One two three four.}"])
    assert f"{english.spec}:7" == page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("Escape")
    expect(page.locator("#source")).to_be_hidden()


def test_lines_that_are_shown_and_the_focus_follow_the_spec(english: Desk) -> None:
    page = english.page
    where, scene = page.locator("#source .where"), page.locator("#strip button").nth(1)
    scene.press("Enter")
    expect(where).to_have_text(f"{english.spec}:8")

    english.edit("scenes:", "# More.\nscenes:")
    expect(where).to_have_text(f"{english.spec}:9")
    expect(page.locator("#source .line")).to_have_attribute("data-number", "9")
    expect(scene).to_be_focused()

    english.edit("id: two", "id: other")
    expect(page.locator("#source")).to_be_hidden()
    english.edit("id: other", "id: two")
    english.edit("# More.\n", "")
    expect(scene).to_contain_text("two")
    expect(page.locator("#status")).to_have_text("up to date")


def test_the_picture_stays_where_it_is_when_lines_are_shown(english: Desk) -> None:
    page = english.page
    page.set_viewport_size({"width": 1280, "height": 800})
    before = page.locator("#stage").bounding_box()
    page.locator("#strip button").nth(1).click()
    expect(page.locator("#source")).to_be_visible()

    assert before == page.locator("#stage").bounding_box()
    page.keyboard.press("Escape")


def test_warnings_that_are_looked_at_go_with_their_cause(english: Desk) -> None:
    page, overlay = english.page, english.page.locator("#problems")
    english.edit("voice: {engine: silent}", "voice: {engine: silent}\nduration: 1s")
    page.locator("#warnings").click()
    expect(overlay.locator("h2")).to_have_text("1 warning")

    english.edit("\nduration: 1s", "")
    expect(overlay).to_be_hidden()
    expect(page.locator("#status")).to_have_text("up to date")


def test_the_keys_bring_their_scene_into_view_where_the_pointer_rests(english: Desk) -> None:
    page = english.page
    page.set_viewport_size({"width": 1280, "height": 180})
    page.keyboard.press("Home")
    page.locator("#strip").hover()
    page.keyboard.press("ArrowDown")

    expect(page.locator("#strip button").nth(1)).to_be_in_viewport(ratio=0.9)
    page.mouse.move(5, 5)


SMALL_TARGETS = """() =>
  [...document.querySelectorAll("button, input")]
    .filter((each) => each.checkVisibility() && !each.closest("#layers"))
    .filter((each) => {
      const { width, height } = each.getBoundingClientRect();
      return Math.min(width, height) < 40;
    })
    .map((each) => each.outerHTML)
"""


def test_fingers_find_what_they_press(english: Desk) -> None:
    page = english.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#strip button").first.click()
    expect(page.locator("#source")).to_be_visible()

    assert [] == page.evaluate(SMALL_TARGETS)
    page.keyboard.press("Escape")


def test_lines_scroll_where_there_is_no_room_for_them(english: Desk) -> None:
    page = english.page
    page.set_viewport_size({"width": 320, "height": 440})
    page.locator("#strip button").first.click()
    expect(page.locator("#source")).to_be_visible()
    stage, lines, strip = (
        page.locator(part).bounding_box() for part in ("#stage", "#source", "#strip")
    )

    assert stage and lines and strip
    assert stage["y"] + stage["height"] < lines["y"]
    assert lines["y"] + lines["height"] < strip["y"]
    page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("name", ["arabic", "english"])
def test_it_fits_every_width(request: pytest.FixtureRequest, name: str, width: int) -> None:
    page = request.getfixturevalue(name).page
    page.set_viewport_size({"width": width, "height": 800})
    stage, strip = (page.locator(part).bounding_box() for part in ("#stage", "#strip"))

    assert width == page.evaluate("document.documentElement.scrollWidth")
    assert stage and stage["x"] >= 0 and stage["x"] + stage["width"] <= width
    assert abs(stage["width"] / stage["height"] - 16 / 9) < 0.02
    assert strip and strip["height"] > 150


def test_a_lost_connection_is_shown_and_found_again(browser: Browser, english: Desk) -> None:
    page = browser.new_page()
    with preview(Options().open_store(english.spec)) as shown:
        page.route("**/events", lambda route: route.fulfill(status=503))
        page.goto(shown.url)
        expect(page.locator("#status")).to_have_text("connection lost, trying again")
        page.unroute("**/events")
        expect(page.locator("#status")).to_have_text("rendering")
    page.close()


def test_a_spec_that_is_wrong_from_the_beginning_says_why_there_is_no_picture(
    browser: Browser, tmp_path: Path
) -> None:
    spec, page = tmp_path / "film.yaml", browser.new_page()
    with preview(Options().open_store(spec)) as shown:
        page.goto(shown.url)
        expect(page.locator("#waiting")).to_have_text("The first picture is on its way.")
        shown.tell(Broken(spec, (Problem("unknown-key", "unknown key 'txt'"),), 1))
        expect(page.locator("#problems .message")).to_contain_text("unknown key 'txt'")
        for key in ("Escape", "Space", "ArrowDown", "End", "ArrowLeft"):
            page.keyboard.press(key)
        expect(page.locator("#waiting")).to_have_text(
            "The first picture comes once the spec is good."
        )
    page.close()


def test_a_page_whose_server_has_ended_says_so_and_still_tells_places(
    browser: Browser, english: Desk
) -> None:
    store, page = Options().open_store(english.spec), browser.new_page()
    failures: list[str] = []
    page.on("pageerror", lambda error: failures.append(str(error)))
    with preview(store) as shown:
        page.goto(shown.url)
        shown.tell(Planned(english.spec, compile_spec(english.spec, Options(), store)))
        page.locator("#strip button").nth(1).wait_for()

    expect(page.locator("#status")).to_have_text("the preview has ended")
    page.locator("#strip button").nth(1).click()
    expect(page.locator("#source .where")).to_have_text(f"{english.spec}:8")
    expect(page.locator("#source .line")).to_have_count(0)
    assert [] == failures
    page.close()
