"""Every motion's first, middle and last frame, coming and going, in both directions."""

from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from renderer import text
from renderer.motion import Motion
from renderer.paint import paint, rgb
from renderer.timeline import Canvas, Layer, Segment
from tests.renderer.test_golden import alike

CANVASES = {
    "en": Canvas(160, 90, Fraction(30), "en", rtl=False),
    "ar": Canvas(160, 90, Fraction(30), "ar", rtl=True),
}
WORDS = {"en": "Office light", "ar": "ضوء الشمس"}
ORIGINS = {"rise": "bottom", "drop": "top", "slide": "start", "wipe": "start"}
MOTIONS = ("fade", "rise", "drop", "slide", "zoom", "type", "wipe")
FRAMES = 12

pytestmark = pytest.mark.skipif(text.machine_shaper() != "raqm", reason="drawn with Raqm")


def cells(kind: str, key: str, lang: str) -> list[NDArray[np.uint8]]:
    canvas = CANVASES[lang]
    across, down = canvas.shares(ORIGINS.get(kind, "center"))
    ease = "out" if key == "enter" else "in"
    motion = Motion(kind, 0, FRAMES, ease, (2 * across - 1, 2 * down - 1))
    box = {"color": "#c8102eff", "padding": 5.0, "radius": 3.0}
    look = {"text": WORDS[lang], "size": 16.0, "color": "#ffffffff", "background": box}
    back = Layer("fill", {"fill": "#0b1d3aff"})
    layer = Layer("text", look, (80.0, 45.0), (0.5, 0.5), **{key: motion})
    shown = Segment("s", canvas, (back, layer), 0, FRAMES, still=False)
    return [rgb(paint(shown, frame)) for frame in (0, FRAMES // 2, FRAMES - 1)]


@pytest.mark.parametrize("lang", CANVASES)
def test_every_motion_is_as_its_golden(lang: str) -> None:
    rows = [[*cells(kind, "enter", lang), *cells(kind, "exit", lang)] for kind in MOTIONS]

    alike(f"motions-{lang}", np.vstack([np.hstack(row) for row in rows]))
