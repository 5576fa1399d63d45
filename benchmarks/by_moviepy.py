"""A film as MoviePy's documentation makes one: `python by_moviepy.py FOLDER OUT [SECONDS]`.

With seconds it is the first part of the film alone.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from encoder import MOVIEPY
from moviepy import (
    AudioFileClip,
    CompositeVideoClip,
    ImageClip,
    VideoClip,
    concatenate_videoclips,
    vfx,
)
from PIL import Image
from works import COMES, OVER, SCENE, SCENES, window

SIZE = 1920, 1080


def still(folder: Path, pictures: list[tuple[str, int]]) -> Any:
    """Return whole pictures one after the other."""
    return concatenate_videoclips(
        [ImageClip(str(folder / name), duration=frames / 30) for name, frames in pictures]
    )


def motion(folder: Path, texts: list[tuple[str, int, int]]) -> Any:
    """Return scenes that fade in over one another."""
    scenes = [_scene(folder, number, *text) for number, text in enumerate(texts)]
    return CompositeVideoClip(scenes, size=SIZE, bg_color=(0, 0, 0)).with_duration(SCENES * SCENE)


def _scene(folder: Path, number: int, name: str, left: int, top: int) -> Any:
    moved = _drifting(Image.open(folder / f"photo-{number}.png").convert("RGB"))
    length = SCENE + (OVER if number + 1 < SCENES else 0)
    text = ImageClip(str(folder / name), duration=length).with_position(_rising(left, top))
    layers = [moved.with_duration(length), text.with_effects([vfx.CrossFadeIn(COMES)])]
    # Without a background the mask of the first frame is that of all of them.
    scene = CompositeVideoClip(layers, size=SIZE, bg_color=(0, 0, 0)).with_duration(length)
    scene = scene.with_start(number * SCENE)
    return scene.with_effects([vfx.CrossFadeIn(OVER)]) if number else scene


def _drifting(photo: Image.Image) -> Any:
    """Return a clip of a picture seen through a window that moves by parts of a pixel.

    `vfx.Resize` with a position that moves sets pictures on whole pixels, so they tremble and are
    not those of the others; Pillow takes a window of any place and size.
    """

    def frame(t: float) -> np.ndarray:
        seen = photo.resize(SIZE, Image.Resampling.BILINEAR, box=window(photo.size, t))
        return np.asarray(seen)

    return VideoClip(frame)


def _rising(left: int, top: int) -> Callable[[float], tuple[float, float]]:
    return lambda t: (left, top + 0.05 * SIZE[1] * max(0.0, 1 - (t * 30 + 1) / (COMES * 30 + 1)))


def main(folder: Path, out: Path, seconds: float | None) -> None:
    told = json.loads((folder / "given.json").read_text(encoding="utf-8"))
    pictures, texts = told.get("pictures"), told.get("texts")
    film = still(folder, pictures) if pictures else motion(folder, texts)
    film = film.with_duration(told["frames"] / 30 + 1e-4)  # frames are rounded down
    film = film.with_audio(AudioFileClip(str(folder / "narration.wav")))
    film = film.subclipped(0, seconds) if seconds else film
    film.write_videofile(str(out), fps=30, temp_audiofile_path=str(folder), **MOVIEPY)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]) if sys.argv[3:] else None)
