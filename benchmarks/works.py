"""The films of the benchmarks: their specs, and a picture like a photograph, worked out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image

SLIDES, SLIDE = 3, 40
SCENES, SCENE, OVER = 6, 10, 0.5
ZOOM, PAN = (1.0, 1.12), (0.3, 0.7)
"""The zoom, and the share of the free play across at which the window lies, first and last."""
COMES = 1.0
"""Seconds in which a text fades in and rises."""

_TOLD = (
    "Every morning the light comes back to the hills above the village. "
    "People open their doors and look at the fields before they say a word. "
    "The river has carried the snow of the mountains down to the mills. "
    "Nobody remembers who built the first wheel or who cut the first stone. "
    "Bread is baked at six and the smell of it reaches the last house. "
    "Children walk to school along the wall and count the swallows on the wire. "
    "At noon the bell rings twice because it has always rung twice."
)
_SLIDES = """version: 1
title: Three slides
size: 1080p
fps: 30
voice: {engine: espeak}
defaults: {scene: {transition: cut}}
"""
_MOTION = """version: 1
title: Six pictures
size: 1080p
fps: 30
voice: {engine: espeak}
defaults: {scene: {transition: {kind: dissolve, over: 500ms, ease: linear}}}
scenes:
"""


def slides(folder: Path, captions: str = "") -> Path:
    """Write the spec of three slides of 40 s, with captions if they are named."""
    text = _SLIDES + (f"captions: {captions}\n" if captions else "") + "scenes:\n"
    for number in range(SLIDES):
        text += f"  - {{id: s{number}, duration: {SLIDE}s,\n"
        text += f"     layers: [{{text: 'Slide number {number + 1}', style: h1}}],\n"
        text += f"     say: 'Part {number + 1}. {_TOLD}'}}\n"
    return _written(folder, text)


def motion(folder: Path) -> Path:
    """Write the spec of six pictures that drift for 10 s, with texts that come, and dissolves."""
    text = _MOTION
    for number in range(SCENES):
        photo(number).save(folder / f"photo-{number}.png", compress_level=1)
        said = _TOLD.split(". ")[number]
        text += f"""  - id: s{number}
    duration: {SCENE}s
    say: {said}.
    layers:
      - image: photo-{number}.png
        zoom: ['{ZOOM[0]:.0%}', '{ZOOM[1]:.0%}']
        pan: [[{PAN[0] * 100:.0f}, 50], [{PAN[1] * 100:.0f}, 50]]
      - text: Picture number {number + 1}
        style: h1
        position: ['50%', '80%']
        enter: {{kind: rise, over: {COMES}s, ease: linear}}
"""
    return _written(folder, text)


def _written(folder: Path, text: str) -> Path:
    path = folder / "film.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def photo(number: int, width: int = 2304, height: int = 1296) -> Image.Image:
    """Return a landscape with a sky, ridges with texture and grain, the same at every call."""
    chance = np.random.default_rng(number)
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    sky = np.array([(214, 170, 130), (110, 150, 200), (60, 80, 120)], np.float32)[number % 3]
    done = sky * (1.1 - 0.5 * y / height)[..., None]
    for ridge in range(6):
        waves = [
            (chance.uniform(1, 14), chance.uniform(0, 7), 60 / (1 + step)) for step in range(8)
        ]
        line = height * (0.3 + 0.11 * ridge) + sum(
            size * np.sin(x / width * 6.28 * often + shift) for often, shift, size in waves
        )
        shade = np.array([70, 90, 60]) * (1.3 - 0.17 * ridge) + chance.uniform(-20, 20, 3)
        rough = _rough(chance, height, width) * (10 + 5 * ridge)
        done = np.where((y > line)[..., None], shade + rough[..., None], done)
    done += chance.normal(0, 1.5, done.shape)
    return Image.fromarray(np.clip(done, 0, 255).astype(np.uint8))


def window(size: tuple[int, int], t: float) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what is seen of a picture after `t` seconds."""
    zoom = ZOOM[0] + (ZOOM[1] - ZOOM[0]) * t / SCENE
    across = PAN[0] + (PAN[1] - PAN[0]) * t / SCENE
    wide, high = size[0] / zoom, size[1] / zoom
    left, top = (size[0] - wide) * across, (size[1] - high) / 2
    return left, top, left + wide, top + high


def _rough(chance: np.random.Generator, height: int, width: int) -> np.ndarray:
    """Return noise of many sizes within about ±1."""
    done = np.zeros((height, width), np.float32)
    for cell in (4, 8, 16, 64):
        small = chance.normal(0, 1, (height // cell + 2, width // cell + 2)).astype(np.float32)
        large = Image.fromarray(small).resize((width, height), Image.Resampling.BICUBIC)
        done += np.asarray(large, np.float32) / 4
    return done
