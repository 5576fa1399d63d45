"""Text that would be costly: long strings, towers of marks, many runs. Times are of the CPU."""

import time

import pytest

from renderer import text
from renderer.units import graphemes, opportunities

TOWER = "H" + "\u0301\u0316\u0327\u0308" * 120 + "e" + "\u0302" * 300 + "llo "
SECONDS = 8.0

LONG = {
    "words": "word " * 4000,
    "a word without end": "a" * 20_000,
    "Arabic": "الشمس تكفينا " * 1540,
    "an Arabic word without end": "س" * 20_000,
    "towers of marks": TOWER * 25,
    "both directions": "abc سعر 12% (x) " * 1250,
    "lines": "a\n" * 10_000,
    "brackets": "(" * 10_000 + ")" * 10_000,
    "isolates": "\u2067a\u2068" * 6_600,
    "markup": "*a* " * 5_000,
    "stars": "*" * 20_000,
    "Devanagari": "नमस्ते " * 2_800,
    "marks alone": "\u0301" * 20_000,
    "joiners": "\u200d" * 20_000,
    "tags": "\U000e0061" * 20_000,
    "flags": "\U0001f1ea\U0001f1ec" * 5_000,
    "code in words": "`a" * 4_000,
}


@pytest.mark.skipif(text.machine_shaper() != "raqm", reason="no Raqm")
@pytest.mark.parametrize("name", LONG)
def test_longest_text_is_laid_out_in_bounded_time(name: str) -> None:
    written = LONG[name][:20_000]
    asked = {"text": written, "size": 60.0, "lang": "en", "direction": "ltr"}
    text.layout({**asked, "text": "a ب न"}, (900, 900))
    began = time.process_time()
    laid = text.layout(asked, (1600.0, 900.0))
    taken = time.process_time() - began
    assert taken < SECONDS
    assert laid.rows


@pytest.mark.parametrize("shaper", ["raqm", "basic"])
def test_tower_of_marks_is_drawn_whole_and_soon(shaper: str) -> None:
    if shaper == "raqm" and text.machine_shaper() != "raqm":
        pytest.skip("no Raqm")
    asked = {"text": TOWER[:400], "size": 20.0, "color": "#ffffffff", "lang": "en"}
    began = time.process_time()
    pixels, _ = text.draw(asked, (600.0, 200.0), shaper)
    assert time.process_time() - began < SECONDS
    alpha = pixels[..., 3]
    assert [0] * 4 == [int(e.max()) for e in (alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1])]


def test_graphemes_keep_marks_flags_and_families_together() -> None:
    written = "e\u0301a\u064bب\u0651\u064f🇪🇬🇸🇦👩‍👩‍👧x\r\ny नि"
    expected = [
        "e\u0301",
        "a\u064b",
        "ب\u0651\u064f",
        "🇪🇬",
        "🇸🇦",
        "👩‍👩‍👧",
        "x",
        "\r\n",
        "y",
        " ",
        "नि",
    ]
    assert expected == graphemes(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("one two", ["one ", "two"]),
        ("a-b (c) 1,000.5%", ["a-", "b ", "(c) ", "1,000.5%"]),
        ("قال: «نعم» ثم", ["قال: ", "«نعم» ", "ثم"]),
        ("12 500 € الآن", ["12 ", "500 ", "€ ", "الآن"]),
        ("日本語、です", ["日", "本", "語、", "で", "す"]),
        ("no\u00a0break here", ["no\u00a0break ", "here"]),
        ("re\u0301\u0301\u0301-use e\u0301", ["re\u0301\u0301\u0301-", "use ", "e\u0301"]),
        ("https://iea.org/data x", ["https://", "iea.org/", "data ", "x"]),
    ],
)
def test_units_of_a_line(written: str, expected: list[str]) -> None:
    ends = opportunities(written)
    assert expected == [written[a:b] for a, b in zip([0, *ends], ends, strict=False)]
