"""A film handed to an editing program: an OpenTimelineIO file and the media that it refers to.

Each scene is a clip with as many more frames as the transition into the next one shows of it. What
is said is a clip a line; the finished sound is one clip. The only door to OpenTimelineIO.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import quote

import opentimelineio as otio

from renderer import build
from renderer.build import Report
from renderer.paths import plain_name
from renderer.plan import only
from renderer.publishing import publish
from renderer.store import Store
from renderer.timeline import Shot, Timeline
from renderer.times import SAMPLE_RATE, frame_at, sample_at
from renderer.work import Workers

_DISSOLVE = "SMPTE_Dissolve"
_OTHER = "Custom_Transition"


def hand_off(
    timeline: Timeline, out: Path, store: Store, workers: Workers, report: Report
) -> list[Path]:
    """Write the film as `out` with its media in a folder beside it; return all files.

    The folder is named as the film with `-media`; raises what making the film raises.
    """
    media = out.with_name(f"{out.stem}-media")
    media.mkdir(parents=True, exist_ok=True)
    whole = replace(timeline, window=None)
    scenes = list(_clips(whole, media, store, workers, report))
    lines = list(_lines(whole, media))
    sound = media / "sound.wav"
    publish(build.mixture(whole, store), sound)
    project = otio.schema.Timeline(name=whole.title)
    project.tracks.append(_pictures(whole, scenes, out))
    project.tracks.append(_mix(whole, sound, out))
    project.tracks.append(_narration(whole, lines, out))
    otio.adapters.write_to_file(project, str(out))
    return [out, *scenes, sound, *lines]


def _clips(
    timeline: Timeline, media: Path, store: Store, workers: Workers, report: Report
) -> Iterator[Path]:
    """Write the film of each scene, longer by the transition behind it, and yield its file."""
    for number, shot in enumerate(timeline.shots):
        alone = only(timeline, (shot.id,))
        longer = replace(alone.shots[0], hold=shot.hold + _handle(timeline.shots, number))
        built = build.film(replace(alone, shots=(longer,)), store, workers, report)
        out = media / f"{number + 1:03}-{plain_name(shot.id)}.mp4"
        publish(built.entry, out)
        yield out


def _handle(shots: Sequence[Shot], number: int) -> int:
    """Return how many frames the transition into the next scene shows of one."""
    following = shots[number + 1].enter if number + 1 < len(shots) else None
    return following.over if following else 0


def _lines(timeline: Timeline, media: Path) -> Iterator[Path]:
    for number, said in enumerate(timeline.cues, 1):
        out = media / f"line-{number:03}.wav"
        shutil.copyfile(said.cue.sound, out)
        yield out


def _pictures(timeline: Timeline, files: Sequence[Path], out: Path) -> Any:
    """Return the track of scenes with their transitions and markers."""
    fps = float(timeline.canvas.fps)
    track = otio.schema.Track(name="Scenes", kind=otio.schema.TrackKind.Video)
    for number, (shot, file) in enumerate(zip(timeline.shots, files, strict=True)):
        if shot.enter:
            track.append(_transition(shot, fps))
        there = shot.frames + _handle(timeline.shots, number)
        clip = otio.schema.Clip(
            name=shot.id,
            media_reference=_reference(file, out, there, fps),
            source_range=_range(0, shot.frames, fps),
        )
        clip.markers.extend(_markers(timeline, number, fps))
        track.append(clip)
    return track


def _transition(shot: Shot, fps: float) -> Any:
    enter = shot.enter
    assert enter is not None
    return otio.schema.Transition(
        name=enter.kind,
        transition_type=_DISSOLVE if enter.kind == "dissolve" else _OTHER,
        in_offset=otio.opentime.RationalTime(0, fps),
        out_offset=otio.opentime.RationalTime(enter.over, fps),
        metadata={"reelspec": {"kind": enter.kind, "ease": enter.ease}},
    )


def _markers(timeline: Timeline, number: int, fps: float) -> Iterator[Any]:
    """Yield a marker for the scene, named as its chapter, and one for each line that it says."""
    shot, start = timeline.shots[number], timeline.starts[number]
    yield otio.schema.Marker(
        name=shot.title, marked_range=_range(0, 1, fps), color=otio.schema.MarkerColor.GREEN
    )
    for said in shot.cues:
        begin = sample_at(start, timeline.canvas.fps)
        frame = frame_at(Fraction(said.start - begin, SAMPLE_RATE), timeline.canvas.fps)
        yield otio.schema.Marker(
            name=said.cue.text,
            marked_range=_range(frame, 1, fps),
            color=otio.schema.MarkerColor.CYAN,
        )


def _mix(timeline: Timeline, file: Path, out: Path) -> Any:
    track = otio.schema.Track(name="Sound", kind=otio.schema.TrackKind.Audio)
    track.append(_heard("sound", file, out, timeline.soundtrack.samples, timeline.canvas.fps))
    return track


def _narration(timeline: Timeline, files: Sequence[Path], out: Path) -> Any:
    """Return the track of what is said, a clip a line; it is off, for the mix holds it too."""
    track = otio.schema.Track(name="Narration", kind=otio.schema.TrackKind.Audio)
    track.enabled = False
    fps, at = timeline.canvas.fps, 0
    for said, file in zip(timeline.cues, files, strict=True):
        if said.start > at:
            gap = _range(0, _frames(said.start - at, fps), float(fps))
            track.append(otio.schema.Gap(source_range=gap))
        track.append(_heard(said.cue.text, file, out, said.cue.samples, fps))
        at = said.start + said.cue.samples
    return track


def _heard(name: str, file: Path, out: Path, samples: int, fps: Fraction) -> Any:
    """Return a clip of all of a sound; its length is in frames of the film and parts of them.

    Editing programs count in frames: the adapter of Final Cut's XML takes no rate of sound.
    """
    length = _frames(samples, fps)
    return otio.schema.Clip(
        name=name,
        media_reference=_reference(file, out, length, float(fps)),
        source_range=_range(0, length, float(fps)),
    )


def _frames(samples: int, fps: Fraction) -> float:
    return float(samples * fps / SAMPLE_RATE)


def _reference(file: Path, out: Path, length: float, rate: float) -> Any:
    """Return a reference to a file by its address from the project's folder."""
    address = quote(file.relative_to(out.parent).as_posix())
    return otio.schema.ExternalReference(address, _range(0, length, rate))


def _range(start: int, length: float, rate: float) -> Any:
    time = otio.opentime.RationalTime
    return otio.opentime.TimeRange(time(start, rate), time(length, rate))
