"""Values as JSON: what is written at once is what is made plain first, and hides the same."""

import json
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from renderer.errors import Place
from renderer.motion import Motion
from renderer.plain import canonical, opened, plain
from renderer.timeline import Canvas, Layer, Segment, Stack

CANVAS = Canvas(320, 180, Fraction(30000, 1001), "ar", rtl=True)
RISE = Motion("rise", 0, 12, "out", (0.0, 1.0))
PARAMS: dict[str, dict[str, Any]] = {
    "nothing": {},
    "plain values": {"text": 'مرحبا \0 "\\', "size": 1.5, "bold": True, "of": None},
    "lists and maps": {"gradient": ["#000000ff", "#ffffffff"], "view": {"b": [1, 2], "a": {}}},
    "a file": {"file": Path("a.png"), "sha256": "ab"},
    "a file further in": {"clip": {"file": {"path": "a"}, "size": [1, 2]}, "rows": [{"place": 1}]},
    "a tuple that holds one": {"views": ({"file": "a", "x": 1}, Fraction(1, 3))},
    "a map that is no dict": {"points": MappingProxyType({"b": 1, "file": "a"})},
    "a dataclass": {"of": Stack("below", 1, 2.5)},
}


@pytest.mark.parametrize("name", PARAMS)
def test_what_is_written_at_once_is_what_is_made_plain_first(name: str) -> None:
    layer = Layer("text", PARAMS[name], enter=RISE, name="a", place=Place("film.yaml", 1, 1))
    segment = Segment("a", CANVAS, (layer, layer), 0, 30, still=True, over=(layer,))

    written = canonical(segment)

    assert json.dumps(plain(segment), sort_keys=True, ensure_ascii=False) == json.dumps(
        json.loads(written), sort_keys=True, ensure_ascii=False
    )
    assert canonical(plain(segment)) == written
    assert [False] * 3 == [f'"{hidden}":' in written for hidden in ("file", "place", "sound")]


def test_fields_may_be_left_out() -> None:
    assert {"relation": "below", "gap": 2.5} == opened(Stack("below", 1, 2.5), "target")


@pytest.mark.parametrize("value", [object(), {"a": {1, 2}}, Path("a")])
def test_what_has_no_form_in_json_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical(value)
