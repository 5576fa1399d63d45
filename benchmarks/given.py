"""What the other programs are given: pictures that our paint made, and our narration."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copyfile

import numpy as np
from PIL import Image
from works import SCENES

from renderer import build
from renderer.paint import layout, paint, still_png
from renderer.paint.boxes import completed
from renderer.paint.plugins import plugin
from renderer.render import Options, compile_spec
from renderer.segments import segments
from renderer.store import Store
from renderer.timeline import Canvas, Layer, Timeline


def prepared(spec: Path, store: Store, folder: Path) -> Timeline:
    """Write `given.json`, `narration.wav` and pictures, and return the planned film.

    A film that stands is given as `pictures`: each whole picture with its number of frames; one
    that moves as `texts`: the picture of each with the place of its left top.
    """
    timeline = compile_spec(spec, Options(), store).timeline
    copyfile(build.narration(timeline, store).path, folder / "narration.wav")
    still = all(part.still for part in segments(timeline))
    told = (
        {"pictures": _pictures(timeline, folder)} if still else {"texts": _texts(timeline, folder)}
    )
    told["frames"] = timeline.frames
    (folder / "given.json").write_text(json.dumps(told), encoding="utf-8")
    return timeline


def _pictures(timeline: Timeline, folder: Path) -> list[tuple[str, int]]:
    found = []
    for number, part in enumerate(segments(timeline)):
        still_png(paint(part, 0), folder / f"picture-{number}.png")
        found.append((f"picture-{number}.png", part.frames))
    return found


def _texts(timeline: Timeline, folder: Path) -> list[tuple[str, int, int]]:
    shots = timeline.shots[:SCENES]
    return [
        _text(shot.layers, timeline.canvas, folder / f"text-{number}.png")
        for number, shot in enumerate(shots)
    ]


def _text(layers: tuple[Layer, ...], canvas: Canvas, path: Path) -> tuple[str, int, int]:
    """Write a scene's last layer, a text, as RGBA and return its name, left and top, both even.

    On other places ffmpeg's `overlay` would move it, for the sake of chroma.
    """
    layer, box = layers[-1], layout(layers, canvas)[-1]
    kind = plugin("layers", layer.kind)
    pixels, offset = kind.draw(completed(layer, canvas), (box.width, box.height), 0)
    left, top = round(box.x) + offset[0], round(box.y) + offset[1]
    padded = np.pad(np.asarray(pixels), ((top % 2, 0), (left % 2, 0), (0, 0)))
    Image.fromarray(padded).save(path)
    return path.name, left - left % 2, top - top % 2
