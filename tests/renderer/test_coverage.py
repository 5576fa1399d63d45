"""What is written down of the shipped fonts is what their files say."""

import pytest

from renderer import coverage
from renderer.fonts import Face, mapped
from renderer.shelves import SHIPPED

KEYS = sorted({key for family in SHIPPED.values() for key in family})


@pytest.mark.parametrize("key", KEYS)
def test_characters_are_those_of_the_font(key: str) -> None:
    assert mapped(Face(key)) == coverage.characters(key)


def test_of_other_fonts_nothing_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage, "version", lambda name: "0.9")
    coverage._lines.cache_clear()

    assert None is coverage.characters("figo")

    coverage._lines.cache_clear()
