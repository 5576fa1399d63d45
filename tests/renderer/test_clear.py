"""Captions stand clear of what templates show, in every format and both directions."""

import importlib.util
import json
from functools import cache
from pathlib import Path

import pytest

from renderer.errors import SpecError
from renderer.nouns import Cue, Word
from renderer.paint import layout
from renderer.paint.boxes import Box
from renderer.plan import plan
from renderer.spec import load
from renderer.templates import library
from renderer.timeline import Shot, Timeline

FILE = Path(__file__).parents[2] / "docs" / "gallery.py"
SPEC = importlib.util.spec_from_file_location("gallery", FILE)
assert SPEC and SPEC.loader
gallery = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(gallery)

SIZES = {"wide": (1280, 720), "square": (720, 720), "tall": (720, 1280)}
SAID = {
    "en": "When the sun rises over the long valley, thousands of panels begin to work.",
    "ar": "عندما تشرق الشمس على الوادي الطويل الهادئ، تبدأ آلاف الألواح بالعمل معا.",
}
MUCH = {
    "en": "a quiet morning over the long valley where panels stand in rows",
    "ar": "صباح هادئ فوق الوادي الطويل حيث تقف الألواح في صفوف",
}


def full(lang: str) -> dict[str, dict[str, object]]:
    """Return templates with about as much as they hold."""
    much, few = MUCH[lang], MUCH[lang][:24]
    side = {"title": few, "items": [few] * 5}
    return {
        "bullets": {"title": few, "items": [few] * 6},
        "steps": {"title": few, "items": [few] * 6},
        "compare": {"title": few, "left": side, "right": side},
        "credits": {"title": few, "items": [few] * 12},
        "split": {"title": few, "text": few, "items": [few] * 5, "src": "images/valley.jpg"},
        "quote": {"text": f"{much} {much} {much}", "author": much[:40], "source": much},
        "stat": {"value": "1.6 TW", "label": f"{much} {much}"},
        "statement": {"text": f"{much} {much}"},
        "title": {"title": much, "subtitle": much},
        "image": {"src": "images/valley.jpg", "caption": f"{much} {much}"},
    }


def cue(text: str) -> Cue:
    words, at = [], 0
    for number, word in enumerate(text.split()):
        at = text.index(word, at)
        words.append(Word(number * 300, at, at + len(word)))
    return Cue(text, "silent", "s", Path("x.wav"), "0" * 64, len(words) * 14_400, tuple(words))


@cache
def film(shape: str, lang: str, captions: str = "lines") -> Timeline:
    """Return a captioned film of all templates as in their examples, then of full ones."""
    given = [*gallery.parameters(lang).items(), *full(lang).items()]
    width, height = SIZES[shape]
    head = {"version": 1, "lang": lang, "size": f"{width}x{height}", "captions": captions}
    scenes = [{"template": n, "with": w, "say": SAID[lang]} for n, w in given]
    spec = gallery.FOLDER / f".clear-{shape}-{lang}-{captions}.yaml"
    try:
        spec.write_text(json.dumps({**head, "scenes": scenes}), "utf-8")
        loaded = load(spec, root=gallery.FOLDER)
    finally:
        spec.unlink(missing_ok=True)
    return plan(loaded, [cue(line.text) for line in loaded.lines])[0]


def shown(shot: Shot, whole: Timeline) -> tuple[list[Box], Box]:
    """Return the boxes of what a shot writes and draws, and of its caption of two lines."""
    caption = next(one for one in shot.over if len(one.params["caption"]["lines"]) == 2)
    placed = zip(shot.layers, layout(shot.layers, whole.canvas), strict=True)
    return [box for layer, box in placed if layer.kind not in ("fill", "image")], layout(
        [caption], whole.canvas
    )[0]


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("shape", SIZES)
def test_captions_are_never_over_what_a_template_shows(shape: str, lang: str) -> None:
    whole = film(shape, lang)
    low = {}
    for number, shot in enumerate(whole.shots):
        boxes, caption = shown(shot, whole)
        low[number] = max(box.y + box.height for box in boxes) - caption.y
    assert len(library().scenes) + len(full(lang)) == len(whole.shots)
    assert {} == {number: below for number, below in low.items() if below > 0}


@pytest.mark.parametrize("lang", ["en", "ar"])
@pytest.mark.parametrize("shape", SIZES)
def test_captions_keep_to_the_safe_area(shape: str, lang: str) -> None:
    whole, (width, height) = film(shape, lang), SIZES[shape]
    for shot in whole.shots:
        room = shot.over[0].params["background"]["padding"]
        for box in layout(shot.over, whole.canvas):
            assert box.y + box.height - room <= 0.95 * height + 1
            assert box.x + room >= 0.05 * width - 1
            assert box.x + box.width - room <= 0.95 * width + 1


def test_without_captions_a_template_uses_their_room() -> None:
    def lowest(captions: str) -> float:
        whole = film("wide", "en", captions)
        shot = whole.shots[sorted(library().scenes).index("chart")]
        return max(b.y + b.height for b in layout(shot.layers, whole.canvas)[1:])

    assert 0.82 * 720 == pytest.approx(lowest("off"))
    assert 0.8 * 720 == pytest.approx(lowest("lines"), abs=1)


def test_captions_in_a_style_that_there_is_not_are_told_with_their_line(tmp_path: Path) -> None:
    spec = "version: 1\ncaptions: {mode: lines, style: captoin}\nscenes: [{say: Hi.}]\n"
    (tmp_path / "film.yaml").write_text(spec, encoding="utf-8")

    with pytest.raises(SpecError) as caught:
        load(tmp_path / "film.yaml")

    told = [(one.place.line, one.place.column, one.code) for one in caught.value.problems]
    assert [(2, 32, "unknown-name")] == told
