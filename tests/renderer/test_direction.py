"""The bidirectional algorithm: order of mixed lines, brackets, isolates."""

import pytest

from renderer.text.direction import levels, mirrored, visual_order


def shown(text: str, rtl: bool) -> str:
    found = levels(text, rtl)
    return "".join(
        mirrored(text[index]) if found[index] % 2 else text[index] for index in visual_order(found)
    )


@pytest.mark.parametrize(
    ("written", "rtl", "expected"),
    [
        ("abc", False, "abc"),
        ("אבג", True, "גבא"),
        ("abc אבג def", False, "abc גבא def"),
        ("אבג abc דהו", True, "והד abc גבא"),
        ("אבג 123 דהו", True, "והד 123 גבא"),
        ("אבג 1.5-2 דהו", True, "והד 1.5-2 גבא"),
        ("سعر 12.5% فقط", True, "طقف %12.5 رعس"),
        ("אבג (דהו)", True, "(והד) גבא"),
        ("אבג Hello (world) דהו", True, "והד Hello (world) גבא"),
        ("abc (אבג) def", False, "abc (גבא) def"),
        ("אבג abc (def) דהו", True, "והד abc (def) גבא"),
        ("١٢/٣ אבג", True, "גבא ١٢/٣"),
    ],
)
def test_line_is_shown_in_order(written, rtl, expected):
    assert expected == shown(written, rtl)


def test_isolate_keeps_its_inside_together():
    text = "a \u2067אב 1\u2069 c"
    visible = [
        character for character in shown(text, False) if not "\u2066" <= character <= "\u2069"
    ]
    assert "".join(visible) == "a 1 בא c"


def test_brackets_of_another_kind_do_not_pair():
    assert shown("א a (b] ג", True) == "ג [a (b א"


def test_level_of_a_removed_control_is_that_of_the_character_before():
    assert levels("א\u200fב", True) == (1, 1, 1)
