"""A caption's states are cut out of two drawings of its page, to the pixel as if drawn anew."""

from typing import Any

import numpy as np
import pytest

from renderer import text
from renderer.text import marking
from renderer.text.drawing import picture

BOX = (700.0, 160.0)
ENGLISH = "Light, wind and water. That is all of it."
ARABIC = "في ساعة واحدة يصل إلى الأرض من ضوء الشمس، كما تقول NASA معا."
LOOKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "pale": {"color": "#ffffff99", "accent": "#ffffffff"},
    "clear accent": {"accent": "#ff880080"},
    "box": {"background": {"color": "#102030b0", "padding": 12, "radius": 9}},
    "shadow": {"shadow": {"color": "#000000c0", "blur": 6, "offset": 4}},
    "stroke": {"stroke": {"color": "#000000", "width": 4}},
    "italic": {"italic": True, "weight": "bold"},
}


def spans(written: str) -> list[list[int]]:
    """Return where each word of a text stands in it, its comma or stop left out."""
    found, at = [], 0
    for word in written.split(" "):
        found.append([at, at + len(word.rstrip(",.،"))])
        at += len(word) + 1
    return found


def asked(written: str, look: dict[str, Any], words: list[list[int]], word: int | None) -> Any:
    rtl = "ي" in written
    half = written.index(" ", len(written) // 2)
    lines = [[0, half], [half + 1, len(written)]]
    told = {"lang": "ar" if rtl else "en", "direction": "rtl" if rtl else "ltr"}
    base = {"text": written, "size": 40.0, "align": "center", "accent": "#ff8800"}
    caption = {"lines": lines, "words": words, "marked": word}
    return {**base, **told, **look, "caption": caption}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("written", [ENGLISH, ARABIC])
def test_every_state_is_as_if_it_were_drawn_alone(written: str, look: str) -> None:
    words = spans(written)
    for word in (None, *range(len(words)), 0):
        params = asked(written, LOOKS[look], words, word)
        alone, offset = picture(text.layout(params, BOX), params, BOX)
        drawn, at = text.draw(params, BOX)
        assert offset == at
        assert np.array_equal(alone, drawn)


def count(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return a list that grows with every drawing of a whole page."""
    calls: list[int] = []

    def counted(*asked: Any) -> Any:
        calls.append(1)
        return picture(*asked)

    marking._drawn.cache_clear()
    monkeypatch.setattr(marking, "picture", counted)
    return calls


def test_a_page_is_drawn_twice_however_many_words_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    calls, words = count(monkeypatch), spans(ENGLISH)
    seen = [text.draw(asked(ENGLISH, {}, words, word), BOX)[0] for word in range(len(words))]
    assert 2 == len(calls)
    assert len(words) == len({one.tobytes() for one in seen})


def test_a_word_that_other_letters_touch_is_drawn_with_its_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls, written = count(monkeypatch), "سيسيسيسي نعم"
    words = [[0, 4], [4, 8], [9, 12]]
    for word in range(3):
        params = asked(written, LOOKS["clear accent"], words, word)
        alone, _ = picture(text.layout(params, BOX), params, BOX)
        assert np.array_equal(alone, text.draw(params, BOX)[0])
    assert 4 == len(calls)
