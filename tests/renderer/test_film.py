"""MoviePy's clip and MoviePy's film against our own: the same pictures, as many, as loud, as long."""

import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from renderer.film import film
from renderer.paint import paint, rgb
from renderer.render import Compiled, Options, compile_spec, render
from renderer.segments import picture_at
from renderer.store import Store

SPEC = """
version: 1
size: 320x180
voice: {engine: silent}
defaults: {scene: {transition: {kind: dissolve, over: 400ms}}}
scenes:
  - {id: one, text: First, say: One two three.}
  - {id: two, text: الثاني, say: Four five six.}
  - id: three
    background: {gradient: ["#124", "#a53"], angle: 30deg}
    say: Seven [[now]] eight nine.
    layers: [{text: Late, at: now, for: 333ms}]
"""
FILM = SPEC.replace("320x180", "320x180\nfps: FPS")


def compiled(folder: Path, spec: str) -> Compiled:
    path = folder / "film.yaml"
    path.write_text(spec, encoding="utf-8")
    options = Options()
    return compile_spec(path, options, options.open_store(path))


@pytest.mark.parametrize("fps", ["30", "30000/1001", "25", "12"])
def test_frames_of_the_clip_are_those_that_are_painted(tmp_path: Path, fps: str) -> None:
    timeline = compiled(tmp_path, FILM.replace("FPS", f'"{fps}"')).timeline
    rate = timeline.canvas.fps
    chosen = sorted({*range(0, timeline.frames, timeline.frames // 20), timeline.frames - 1})
    chosen += [timeline.starts[1], timeline.starts[1] + 3, timeline.starts[2] + 2]

    with film(timeline, Store(tmp_path / "store")) as clip:
        shown = {frame: clip.get_frame(float(frame / rate)) for frame in chosen}

    painted = {frame: rgb(paint(*picture_at(timeline, frame))) for frame in chosen}
    assert [] == [frame for frame in chosen if np.abs(difference(shown, painted, frame)).max() > 1]
    assert len(chosen) >= 20


def difference(
    ours: dict[int, NDArray[np.uint8]], theirs: dict[int, NDArray[np.uint8]], frame: int
) -> NDArray[np.int16]:
    return ours[frame].astype(np.int16) - theirs[frame]


def test_clips_are_named_after_scenes_and_begin_on_whole_frames(tmp_path: Path) -> None:
    timeline = compiled(tmp_path, SPEC).timeline

    with film(timeline, Store(tmp_path / "store")) as clip:
        found = [(one.name, round(one.start * 30)) for one in clip.clips if one.name]
        length = clip.duration * 30

    assert ["one", "one", "one → two", "two", "two → three", "three", "three", "three"] == [
        name for name, _ in found
    ]
    assert [0, 12, 60, 72, 120, 132] == [start for _, start in found][:6]
    assert timeline.frames == round(length)


def luma(path: Path) -> list[NDArray[np.uint8]]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray()[:180] for frame in container.decode(video=0)]


def psnr(one: NDArray[np.uint8], two: NDArray[np.uint8]) -> float:
    """Return the peak signal-to-noise ratio of two luma planes in decibels."""
    error = np.mean((one.astype(np.float64) - two) ** 2)
    return float(10 * np.log10(255**2 / max(error, 1e-9)))


def sound_length(path: Path) -> Fraction:
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        return Fraction(stream.duration or 0) * stream.time_base


def colours(path: Path) -> tuple[int, int, int, int]:
    with av.open(str(path)) as container:
        context = container.streams.video[0].codec_context
        return (
            context.color_range,
            context.colorspace,
            context.color_primaries,
            context.color_trc,
        )


@pytest.mark.parametrize(
    ("fps", "part"), [("30", {}), ("30000/1001", {}), ("30", {"begin": "1s", "end": "3s"})]
)
def test_a_film_through_moviepy_equals_the_native_one(
    tmp_path: Path, fps: str, part: dict[str, str]
) -> None:
    path = tmp_path / "film.yaml"
    path.write_text(FILM.replace("FPS", f'"{fps}"'), encoding="utf-8")
    native = render(path, tmp_path / "native.mp4", Options(**part))  # type: ignore[arg-type]
    other = render(path, tmp_path / "moviepy.mp4", Options(engine="moviepy", **part))  # type: ignore[arg-type]

    pairs = list(zip(luma(native.path), luma(other.path), strict=True))

    assert native.compiled.timeline.frames == len(pairs)
    assert [] == [at for at, pair in enumerate(pairs) if psnr(*pair) < 42]
    assert (1, 1, 1, 1) == colours(other.path)
    frame = 1 / native.compiled.timeline.canvas.fps
    assert abs(sound_length(native.path) - sound_length(other.path)) <= frame


HOSTILE = """#!/bin/sh
touch "$0.was-run"
exit 1
"""


@pytest.mark.skipif(os.name == "nt", reason="the program of the test is a shell script")
def test_a_dot_env_beside_the_work_does_not_choose_what_is_run(tmp_path: Path) -> None:
    program = tmp_path / "ffmpeg"
    program.write_text(HOSTILE, encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / ".env").write_text(f"FFMPEG_BINARY={program}\n", encoding="utf-8")
    (tmp_path / "film.yaml").write_text(
        "version: 1\nsize: 64x64\nscenes: [{duration: 300ms}]\n", encoding="utf-8"
    )
    command = [Path(sys.executable).with_name("render"), "film.yaml", "--engine", "moviepy"]
    environment = os.environ | {"FFMPEG_BINARY": str(program)}

    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60
    )

    assert (0, "") == (done.returncode, done.stderr if done.returncode else "")
    assert (True, False) == (
        (tmp_path / "output" / "film.mp4").is_file(),
        (tmp_path / "ffmpeg.was-run").exists(),
    )
