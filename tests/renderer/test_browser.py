"""A film in a real browser: Chromium plays it and seeks to any frame."""

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest
from playwright.sync_api import Page, sync_playwright

from renderer.render import Options, render

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

SPEC = """
version: 1
size: 320x180
voice: {engine: espeak}
scenes:
  - {id: red, background: "#ff0000", say: The first scene is red., duration: 3s}
  - {id: green, background: "#00ff00", duration: 3s, transition: cut}
  - {id: blue, background: "#0000ff", duration: 3s, transition: {kind: dissolve, over: 1s}}
"""

PAGE = """
<video id="v" muted preload="auto"></video>
<script>
const video = document.getElementById("v");
const loaded = new Promise((done, fail) => {
  video.addEventListener("canplaythrough", done, {once: true});
  video.addEventListener("error", () => fail(video.error.message));
});
fetch("film.mp4").then(answer => answer.blob())
  .then(film => { video.src = URL.createObjectURL(film); });
async function colour(time) {
  await loaded;
  const sought = new Promise(done => video.addEventListener("seeked", done, {once: true}));
  video.currentTime = time;
  await sought;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  canvas.getContext("2d").drawImage(video, 0, 0, 1, 1);
  return Array.from(canvas.getContext("2d").getImageData(0, 0, 1, 1).data).slice(0, 3);
}
async function played() {
  await loaded;
  const ended = new Promise(done => video.addEventListener("ended", done, {once: true}));
  video.currentTime = video.duration - 1;
  await video.play();
  await ended;
  return [video.videoWidth, video.videoHeight, Math.round(video.duration * 1000)];
}
</script>
"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("browser")
    (folder / "film.yaml").write_text(SPEC, encoding="utf-8")
    (folder / "index.html").write_text(PAGE, encoding="utf-8")
    render(folder / "film.yaml", folder / "film.mp4", Options())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    switches = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=switches)
        shown = browser.new_page()
        shown.goto(f"http://127.0.0.1:{server.server_port}/index.html")
        yield shown
        browser.close()
    server.shutdown()


def test_it_plays_to_its_end_at_its_size_and_length(page: Page) -> None:
    assert [320, 180, 9000] == page.evaluate("played()")


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (0.0, (255, 0, 0)),
        (2.98, (255, 0, 0)),
        (3.02, (0, 255, 0)),
        (5.98, (0, 255, 0)),
        (6.5, (0, 127, 127)),
        (7.02, (0, 0, 255)),
        (8.98, (0, 0, 255)),
        (1.0, (255, 0, 0)),
    ],
)
def test_it_seeks_to_the_right_picture(
    page: Page, time: float, expected: tuple[int, int, int]
) -> None:
    seen = page.evaluate(f"colour({time})")

    assert [] == [(seen, expected) for a, b in zip(seen, expected, strict=True) if abs(a - b) > 12]
