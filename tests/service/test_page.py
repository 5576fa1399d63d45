"""The service's page in Chromium: asked, followed and looked at, by keyboard, in both languages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.service.serving import running

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-audio-output"]
PICTURE = Path(__file__).resolve().parents[1] / "golden" / "shapes.png"
SOURCE = sorted((Path(__file__).resolve().parents[1] / "author" / "documents" / "ar").glob("*.md"))[
    0
]
TOKEN = "a token of many letters"
SPEC = (
    "version: 1\nsize: 320x180\nvoice: {engine: silent}\nscenes:\n  - text: Hi\n    say: One two.\n"
)
expect.set_options(timeout=60_000)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("service") / "data"
    with running(folder, REELSPEC_TOKEN=TOKEN) as client, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        shown = browser.new_page(locale="en-GB")
        shown.errors = []  # type: ignore[attr-defined]
        shown.on("pageerror", lambda error: shown.errors.append(str(error)))
        shown.goto(str(client.base_url))
        yield shown
        browser.close()


@pytest.mark.soak  # it plays, which takes what time the machine has
def test_a_spec_is_checked_as_it_is_typed_and_its_film_is_watched_by_keyboard_alone(
    page: Page,
) -> None:
    page.keyboard.type(TOKEN)
    page.keyboard.press("Enter")
    expect(page.locator("#login")).not_to_be_visible()
    expect(page.locator("#health")).to_have_text("ready")
    page.locator("[name=from]:checked").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(SPEC.replace("say:", "sya:"))
    expect(page.locator("#verdict")).to_have_text("Problems: 1")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert "sya" == page.evaluate("() => getSelection().toString()")
    page.keyboard.insert_text("say")
    expect(page.locator("#verdict")).to_contain_text("No problems.")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#state")).to_have_text("Done")
    expect(page.locator("#film")).to_be_visible()
    expect(page.locator("#sheet img")).to_be_visible()
    page.wait_for_function("() => document.querySelector('#film').readyState > 0")

    assert page.evaluate("() => document.querySelector('#film').duration") > 0.5
    assert page.evaluate("() => document.querySelector('#sheet img').naturalWidth") > 100
    assert ["A spec"] == page.locator("#videos .open").all_inner_texts()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the film").click()
    assert b"ftyp" == Path(download.value.path()).read_bytes()[4:8]
    assert [] == page.errors  # type: ignore[attr-defined]


@pytest.mark.soak  # two specs are written
def test_in_arabic_a_topic_fails_in_plain_words_until_it_has_sources(page: Page) -> None:
    page.locator("#language").click()
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.get_by_role("radio", name="موضوع").focus()
    page.keyboard.press("Space")
    page.locator("#prompt").fill("مسلسل امي السعودي")
    page.get_by_role("button", name="لوحة اللقطات").click()
    expect(page.locator("#state")).to_have_text("فشل")
    expect(page.locator("#wrong li.error")).to_contain_text("أضف مصادر")
    page.locator("#prompt").fill("الخلية الشمسية")
    page.locator("#seconds").fill("20")
    page.locator("#sources").set_input_files(SOURCE)
    expect(page.locator("#sources-chosen")).to_have_text(SOURCE.name)
    page.get_by_label("ارسم خلفيات").check()
    page.get_by_role("button", name="لوحة اللقطات").click()
    expect(page.locator("#state")).to_have_text("اكتمل")
    page.get_by_role("button", name="عدّل هذه المواصفة").click()
    expect(page.locator("#spec")).to_have_value(re.compile("film-pictures/"))
    expect(page.locator("#verdict.fine")).to_contain_text("لا مشكلات.")

    assert ["الخلية الشمسية", "مسلسل امي السعودي"] == page.locator(
        "#videos .open"
    ).all_inner_texts()[:2]
    page.locator("#videos .drop").first.click()
    expect(page.locator("#videos .open")).to_have_count(2)
    assert [] == page.errors  # type: ignore[attr-defined]


@pytest.mark.soak
def test_files_go_with_a_spec_and_mend_what_was_missing(page: Page, tmp_path: Path) -> None:
    picture = tmp_path / "sun.png"
    picture.write_bytes(PICTURE.read_bytes())
    page.get_by_role("radio", name="مواصفة").focus()
    page.keyboard.press("Space")
    page.locator("#spec").fill(
        "version: 1\nsize: 320x180\nscenes:\n  - layers: [{image: pictures/sun.png}]\n"
    )
    expect(page.locator("#verdict.bad")).to_be_visible()
    page.locator("#assets").set_input_files(picture)
    expect(page.locator("#verdict.fine")).to_have_text("لا مشكلات.")
    page.get_by_role("button", name="لوحة اللقطات").click()
    expect(page.locator("#state")).to_have_text("اكتمل")

    assert [] == page.errors  # type: ignore[attr-defined]
