"""Text and code that are typed: letters in the order of reading, in the forms that they keep."""

from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from renderer import text
from renderer.layers import code
from renderer.layers import text as layer
from renderer.motion import Motion
from renderer.paint import paint, rgb
from renderer.timeline import Canvas, Layer, Segment

SAMPLES = {
    "ar": "السلام عليكم **يا أهل** العلا",
    "fa": "می‌خواهم کتاب‌های ۲۵٪",
    "he": "בְּרֵאשִׁית abc 12",
    "en": "Office **waffle** naïve",
}


def asked(lang: str, **more: Any) -> dict[str, Any]:
    look = {"text": SAMPLES[lang], "size": 40.0, "color": "#ffffffff", "lang": lang}
    return {**look, "direction": "ltr" if lang == "en" else "rtl", "max_width": 360.0, **more}


def alpha(params: dict[str, Any], typed: int | None) -> NDArray[np.int16]:
    told = params if typed is None else {**params, "typed": typed}
    pixels, _ = layer.draw(told, text.size(params, (360, 400)), 0)
    return pixels[..., 3].astype(np.int16)


@pytest.mark.parametrize("lang", SAMPLES)
def test_what_is_typed_is_a_part_of_the_finished_picture(lang: str) -> None:
    params = asked(lang)
    whole = alpha(params, None)

    for letters in range(1, layer.letters(params, (360, 400))):
        begun = alpha(params, letters)
        assert whole.shape == begun.shape
        assert np.array_equal(begun, np.where(begun > 0, whole, 0))


@pytest.mark.parametrize("lang", SAMPLES)
def test_each_letter_adds_to_what_is_there(lang: str) -> None:
    params = asked(lang)
    count = layer.letters(params, (360, 400))

    steps = [alpha(params, letters) for letters in range(count + 1)]

    assert 0 == int(steps[0].sum())
    assert np.array_equal(alpha(params, None), steps[-1])
    assert all(bool((before <= after).all()) for before, after in pairwise(steps))
    assert count - 8 <= len({int(step.sum()) for step in steps}) <= count + 1


@pytest.mark.skipif(text.machine_shaper() != "raqm", reason="letters join as Raqm shapes them")
def test_half_a_word_keeps_the_joined_form_of_its_last_letter() -> None:
    params = asked("ar", text="ببب")

    begun, alone = alpha(params, 1), alpha(asked("ar", text="ب"), None)

    ink = np.nonzero(begun.any(axis=0))[0]
    assert ink[-1] - ink[0] < 0.6 * np.ptp(np.nonzero(alone.any(axis=0))[0])


def test_typing_begins_where_reading_does() -> None:
    places = {}
    for lang in ("ar", "en"):
        params = asked(lang, text="سلام" if lang == "ar" else "word")
        columns = np.nonzero(alpha(params, 1).any(axis=0))[0]
        places[lang] = float(columns.mean()) / alpha(params, None).shape[1]

    assert (True, True) == (places["ar"] > 0.6, places["en"] < 0.4)


def test_a_background_is_there_before_its_letters() -> None:
    background = {"color": "#ff0000ff", "padding": 10.0, "radius": 0.0}

    assert int(alpha(asked("en", background=background), 0).max()) == 255


def test_code_is_typed_line_by_line_in_its_place() -> None:
    look = {"font": ["Fira Mono"], "size": 20.0, "color": "#ffffffff", "lang": "en"}
    colors = dict.fromkeys(("keyword", "string", "number", "comment", "mark"), "#ffffffff")
    params = {**look, "code": "ab = 1\nc # نص", "language": "python", "colors": colors}
    box = code.size(params, (400, 200))

    parts = [code.draw({**params, "typed": n}, box, 0)[0][..., 3] for n in range(13)]

    assert 12 == code.letters(params, box)
    assert all(bool((before <= after).all()) for before, after in pairwise(parts))
    assert np.array_equal(parts[-1], code.draw(params, box, 0)[0][..., 3])


def test_a_typed_layer_comes_letter_by_letter_and_goes_the_same_way() -> None:
    canvas = Canvas(400, 120, Fraction(30), "ar", rtl=True)
    back = Layer("fill", {"fill": "#000000ff"})

    def light(key: str, frame: int) -> int:
        motion = Motion("type", 0, 20, "linear")
        one = Layer("text", asked("ar"), (200.0, 60.0), (0.5, 0.5), **{key: motion})
        return int(rgb(paint(Segment("s", canvas, (back, one), 0, 30, False), frame)).sum())

    comes = [light("enter", frame) for frame in range(21)]
    goes = [light("exit", frame) for frame in range(20)]
    assert comes == sorted(comes)
    assert goes == sorted(goes, reverse=True)
    assert comes[:20] == goes[::-1]
