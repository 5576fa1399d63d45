"""Inline markup: what is marked, and what stays as it is written."""

import pytest

from renderer.text.markup import Span, spans


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("plain", (Span("plain"),)),
        ("a **b** c", (Span("a "), Span("b", strong=True), Span(" c"))),
        ("*a* b", (Span("a", emphasis=True), Span(" b"))),
        ("`a*b`", (Span("a*b", code=True),)),
        ("**a *b***", (Span("a ", strong=True), Span("b", strong=True, emphasis=True))),
        ("و**الشمس**", (Span("و"), Span("الشمس", strong=True))),
        ("2*3*4", (Span("2*3*4"),)),
        ("a * b * c", (Span("a * b * c"),)),
        ("a ** b", (Span("a ** b"),)),
        ("**open", (Span("**open"),)),
        ("", ()),
    ],
)
def test_spans(written, expected):
    assert expected == spans(written)


def test_backslash_keeps_a_mark():
    assert "".join(span.text for span in spans(r"\*no\* \`x\`")) == "*no* `x`"


def test_many_open_marks_take_no_long_time():
    assert "".join(span.text for span in spans("**a" * 6667)).count("a") == 6667
