"""Narration → lines: sentences, marks, pauses, and what is not spoken."""

from fractions import Fraction

import pytest

from renderer.errors import Place
from renderer.script import Script, script, sentences
from renderer.spec import Voice


def said(text: str) -> Script:
    return script(text, Voice("auto", "en"), Place("a", 1, 1), Fraction(30))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three? Four…", ["One.", "Two!", "Three?", "Four…"]),
        ("It is 3.5 km long.", ["It is 3.5 km long."]),
        ("Dr. Smith met J. Doe at 5 p.m. today.", ["Dr. Smith met J. Doe at 5 p.m. today."]),
        ("See no. 5. Is it? No. Good.", ["See no. 5.", "Is it?", "No.", "Good."]),
        ("He said “Go.” Then he went.", ["He said “Go.”", "Then he went."]),
        ("كيف حالك؟ بخير. شكرا!", ["كيف حالك؟", "بخير.", "شكرا!"]),
        ("یہ ایک ہے۔ یہ دو۔", ["یہ ایک ہے۔", "یہ دو۔"]),
        ("पहला। दूसरा।", ["पहला।", "दूसरा।"]),
        ("No end", ["No end"]),
        ("", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert expected == list(sentences(text))


def test_a_mark_stands_before_the_next_word_and_is_not_spoken() -> None:
    (line,) = said("The light [[free]] frees them [[now]]now.").lines
    assert "The light frees them now." == line.text
    assert {"free": "frees", "now": "now"} == {
        name: line.text[at:].split(" ")[0].strip(".") for name, at in line.marks.items()
    }


def test_a_mark_at_the_end_belongs_to_the_last_line() -> None:
    (line,) = said("Hello. [[end]]").lines
    assert {"end": len("Hello.")} == line.marks


def test_a_pause_splits_and_waits_before_the_next_line() -> None:
    result = said("One [[pause 500ms]] two. [[pause 1s]]")
    assert [("One", 0), ("two.", Fraction(1, 2))] == [(ln.text, ln.pause) for ln in result.lines]
    assert Fraction(1) == result.closing_pause


def test_pauses_beside_each_other_are_added() -> None:
    assert Fraction(3, 2) == said("One. [[pause 1s]][[pause 500ms]] Two.").lines[1].pause


def test_a_pause_that_is_no_time_is_reported() -> None:
    assert ("soon",) == said("One. [[pause soon]] Two.").bad_pauses


def test_markup_and_folded_lines_are_spoken_plainly() -> None:
    (line,) = said("A **very**\n  *good* `word` in 2 * 3 * 4.").lines
    assert "A very good word in 2 * 3 * 4." == line.text


@pytest.mark.parametrize("text", ["---", "…", "🎉🎉", "  \n ", "**", "[[a]]"])
def test_what_has_no_letter_or_digit_is_dropped(text: str) -> None:
    assert () == said(text).lines


def test_a_mark_on_a_dropped_line_goes_to_the_next() -> None:
    (line,) = said("[[a]] --- \n[[pause 1s]] Yes.").lines
    assert ("Yes.", {"a": 0}, 1) == (line.text, line.marks, line.pause)
