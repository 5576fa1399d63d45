"""The same timeline as a MoviePy clip, to cut, to overlay or to write with MoviePy itself."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
from numpy.typing import NDArray

# MoviePy takes the program it starts from the environment or from any `.env` above the working
# folder; what is set here first wins over such a file.
os.environ["FFMPEG_BINARY"] = imageio_ffmpeg.get_ffmpeg_exe()

from moviepy import (
    AudioClip,
    AudioFileClip,
    CompositeAudioClip,
    CompositeVideoClip,
    ImageClip,
    VideoClip,
)
from proglog import ProgressBarLogger

from renderer.media.parts import Titles
from renderer.media.titling import titled
from renderer.mix import Mix
from renderer.paint import paint, rgb
from renderer.pulse import beat
from renderer.recipes import subtitles, tags
from renderer.segments import segments
from renderer.sound import beneath
from renderer.store import Store
from renderer.timeline import Segment, Timeline
from renderer.times import SAMPLE_RATE

# ffmpeg tags a film with what its frames say, and only filters can make them say all of it.
_CONVERT = "scale=out_color_matrix=bt709:out_range=tv:flags=accurate_rnd"
_TAGGED = "setparams=range=tv:colorspace=bt709:color_primaries=bt709:color_trc=bt709"

FFMPEG_PARAMS = [
    *("-crf", "20", "-vf", f"{_CONVERT},{_TAGGED}"),
    *("-color_range", "tv", "-colorspace", "bt709"),
    *("-color_primaries", "bt709", "-color_trc", "bt709", "-movflags", "+faststart"),
]
"""What MoviePy's writer has to tell ffmpeg so that colours are BT.709 and tagged so."""

_EARLY = 1e-6
"""Seconds by which clips begin before their frame, so that rounding cannot lose the frame."""


def film(timeline: Timeline, store: Store) -> CompositeVideoClip:
    """Return the film as a composite of named clips on whole frames, one for each segment.

    A clip's `name` is that of its scene, or `a → b` for the transition from one to the next. The
    sound is one clip of music and sounds as long as the film, and one for each spoken line at its
    own level: the native film's mastering to its target loudness is not applied. The store keeps
    the music and the sounds. Raises AssetError for a sound file that cannot be used.
    """
    fps = timeline.canvas.fps
    clips, start = [], 0
    for segment in segments(timeline):
        clips.append(_clip(segment).with_start(max(0.0, float(start / fps) - _EARLY)))
        start += segment.frames
    size = timeline.canvas.shown
    whole = CompositeVideoClip(clips, size=size, bg_color=(0, 0, 0))
    whole = whole.with_duration(float(start / fps) + _EARLY).with_fps(float(fps))
    heard = _heard(beneath(timeline.soundtrack, store))
    under = AudioClip(heard, duration=whole.duration, fps=SAMPLE_RATE)
    sound = CompositeAudioClip([under, *_spoken(timeline)])
    return whole.with_audio(sound.with_duration(whole.duration))


def _clip(segment: Segment) -> Any:
    """Return the clip of one segment; its frames are painted when they are asked for."""
    length = float(segment.frames / segment.canvas.fps)
    clip = ImageClip(_picture(segment, 0)) if segment.still else VideoClip(_frames(segment))
    clip = clip.with_duration(length)
    clip.name = segment.name
    return clip


def _frames(segment: Segment) -> Any:
    def frame_at(seconds: float) -> NDArray[np.uint8]:
        frame = int(seconds * segment.canvas.fps + 0.5)
        return _picture(segment, min(frame, segment.frames - 1))

    return frame_at


def _picture(segment: Segment, frame: int) -> NDArray[np.uint8]:
    return rgb(paint(segment, frame))


def _spoken(timeline: Timeline) -> Iterator[AudioFileClip]:
    """Yield each spoken line; of one that began before the part that is made, what is left."""
    for heard in timeline.soundtrack.cues:
        clip = AudioFileClip(str(heard.sound))
        if heard.start < 0:
            clip = clip.subclipped(-heard.start / SAMPLE_RATE)
        yield clip.with_start(max(0, heard.start) / SAMPLE_RATE)


def _heard(mix: Mix) -> Callable[[Any], NDArray[np.float64]]:
    """Return what gives a mix in two channels, at one time or at each of an array of times."""

    def samples_at(seconds: float | NDArray[np.float64]) -> NDArray[np.float64]:
        at = np.round(np.atleast_1d(seconds) * SAMPLE_RATE).astype(np.int64)
        at = np.minimum(at, mix.samples - 1)
        sound = mix.pcm(int(at.min()), int(at.max()) + 1)[at - at.min()]
        return np.asarray(sound.reshape((*np.shape(seconds), 2)), np.float64)

    return samples_at


class _Alive(ProgressBarLogger):  # type: ignore[misc]
    """Shows nothing, and says with each frame and each second of sound that the work goes on."""

    def bars_callback(self, *_: object) -> None:
        """Beat; MoviePy's writers call this as they go."""
        beat()


def write(request: tuple[Timeline, Store], path: Path) -> dict[str, int]:
    """Write the film through MoviePy's own compositor and writer, and return its frames.

    Metadata, chapters and subtitles, which MoviePy does not write, are added to what it has made.
    """
    timeline, store = request
    written = path.with_suffix(".moviepy.mp4")
    try:
        _written(film(timeline, store), written)
        fps, chapters = timeline.canvas.fps, timeline.chapters
        titled(written, Titles(fps, tags(timeline), chapters, subtitles(timeline)), path)
    finally:
        written.unlink(missing_ok=True)
    return {"frames": timeline.frames}


def _written(clip: CompositeVideoClip, path: Path) -> None:
    clip.write_videofile(
        str(path),
        codec="libx264",
        preset="veryfast",
        audio_codec="aac",
        audio_fps=SAMPLE_RATE,
        temp_audiofile=str(path.with_suffix(".sound.m4a")),
        ffmpeg_params=FFMPEG_PARAMS,
        logger=_Alive(),
    )
    clip.close()
