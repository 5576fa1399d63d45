"""`render export`: what other programs are handed, read back by their own libraries."""

import json
import subprocess
import sys
import wave
from fractions import Fraction
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import av
import opentimelineio as otio
import pytest

from renderer.captions import exporting
from renderer.editing import hand_off
from renderer.handoff import as_json, chapters
from renderer.render import Options, compile_spec, silent
from renderer.spec import load
from renderer.subtitles import files
from renderer.timeline import Timeline

RENDER = Path(sys.executable).with_name("render")
FILM = """
version: 1
size: 64x36
fps: "30000/1001"
title: Hand-off
voice: {engine: silent}
scenes:
  - {id: one, text: First, say: One two three. Four five., transition: cut}
  - id: the second
    text: Second
    say: Six.
    transition: {kind: dissolve, over: 300ms}
  - {id: three, background: "#00ff00", duration: 1s, transition: {kind: wipe, over: 200ms}}
"""


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("export") / "film.yaml"
    path.write_text(FILM, "utf-8")
    return path


def timeline(spec: Path, *exports: str, **how: Any) -> Timeline:
    options = Options(exports=exports, processes=1, **how)
    return compile_spec(spec, options, options.open_store(spec)).timeline


def test_chapters_are_lines_with_their_times(spec: Path) -> None:
    assert "0:00 First\n0:03 Second\n0:04 three\n" == chapters(timeline(spec))


def test_long_films_have_hours_in_their_chapters(tmp_path: Path) -> None:
    spec = tmp_path / "film.yaml"
    text = "version: 1\nscenes:\n  - {id: a, duration: 3909s}\n  - {id: b, duration: 1s}\n"
    spec.write_text(text, "utf-8")
    assert "0:00 a\n1:05:09 b\n" == chapters(timeline(spec))


def test_json_tells_scenes_lines_and_words_in_seconds(spec: Path) -> None:
    told = json.loads(as_json(timeline(spec, "srt")))
    first, second, third = told["scenes"]
    assert ("Hand-off", "30000/1001", [64, 36]) == (told["title"], told["fps"], told["size"])
    assert ["one", "the second", "three"] == [scene["id"] for scene in told["scenes"]]
    assert [None, {"kind": "dissolve", "over": 0.3}] == [first["transition"], second["transition"]]
    assert ["One two three.", "Four five."] == [line["text"] for line in first["lines"]]
    assert ["One", "two", "three."] == [word["text"] for word in first["lines"][0]["words"]]
    assert 0.3 == first["lines"][0]["words"][0]["start"] == first["lines"][0]["start"]
    assert first["end"] == second["start"] and third["end"] == told["length"]
    assert told["captions"] and told["captions"][0]["start"] == pytest.approx(0.3, abs=0.02)


def test_captions_are_exported_whether_the_film_shows_them_or_not(spec: Path) -> None:
    assert {} == files(timeline(spec))
    (text,) = files(timeline(spec, "srt")).values()
    assert text.startswith("1\n00:00:00,300 --> ") and "One two three." in text
    film = load(spec)
    assert all(("vtt",) == s.captions.export for s in exporting(film, ("vtt",)).scenes)
    assert timeline(spec, "srt").shots[0].over == timeline(spec).shots[0].over


@pytest.fixture(scope="module")
def project(spec: Path) -> tuple[Path, Timeline, list[Path]]:
    options = Options(processes=1)
    film = timeline(spec)
    out = spec.parent / "out dir" / "film.otio"
    written = hand_off(film, out, options.open_store(spec), 1, silent)
    return out, film, written


PER_FRAME = 48_000 * 1001 / 30_000
"""Samples of a frame of the film."""


def read(path: Path) -> Any:
    return otio.adapters.read_from_file(str(path))


def test_a_project_has_a_clip_for_each_scene_on_its_frames(
    project: tuple[Path, Timeline, list[Path]],
) -> None:
    out, film, _ = project
    track = read(out).video_tracks()[0]
    clips = list(track.find_clips())
    assert ["one", "the second", "three"] == [clip.name for clip in clips]
    assert [shot.frames for shot in film.shots] == [
        int(clip.source_range.duration.value) for clip in clips
    ]
    assert [0, *film.starts[1:]] == [
        round(clip.range_in_parent().start_time.value) for clip in clips
    ]


def test_a_transition_lies_in_the_scene_that_enters_and_has_frames_behind_it(
    project: tuple[Path, Timeline, list[Path]],
) -> None:
    out, film, _ = project
    track = read(out).video_tracks()[0]
    found = [item for item in track if isinstance(item, otio.schema.Transition)]
    assert [("SMPTE_Dissolve", 9), ("Custom_Transition", 6)] == [
        (one.transition_type, int(one.out_offset.value)) for one in found
    ]
    assert "wipe" == found[1].metadata["reelspec"]["kind"]
    first = next(iter(track.find_clips()))
    assert film.shots[0].frames + 9 == first.media_reference.available_range.duration.value


def test_the_media_are_there_and_as_long_as_the_project_says(
    project: tuple[Path, Timeline, list[Path]],
) -> None:
    out, _, written = project
    for clip in read(out).find_clips():
        path = out.parent / unquote(clip.media_reference.target_url)
        length = clip.media_reference.available_range.duration.value
        assert path in written
        if path.suffix == ".wav":
            with wave.open(str(path)) as file:
                assert (48_000, round(length * PER_FRAME)) == (
                    file.getframerate(),
                    file.getnframes(),
                )
        else:
            with av.open(str(path)) as file:
                assert length == file.streams.video[0].frames
                assert Fraction(30000, 1001) == file.streams.video[0].average_rate


def test_lines_stand_where_they_are_spoken_on_a_track_that_is_off(
    project: tuple[Path, Timeline, list[Path]],
) -> None:
    out, film, _ = project
    sound, narration = read(out).audio_tracks()
    assert (True, False) == (sound.enabled, narration.enabled)
    clips = list(narration.find_clips())
    assert [cue.cue.text for cue in film.cues] == [clip.name for clip in clips]
    assert [cue.start for cue in film.cues] == [
        round(clip.range_in_parent().start_time.value * PER_FRAME) for clip in clips
    ]


def test_the_adapter_of_final_cut_takes_it(project: tuple[Path, Timeline, list[Path]]) -> None:
    exchanged = otio.adapters.write_to_string(read(project[0]), "fcp_xml")
    there = otio.adapters.read_from_string(exchanged, "fcp_xml")
    kinds = [type(item).__name__ for item in there.video_tracks()[0]]
    assert ["Clip", "Transition", "Clip", "Transition", "Clip"] == kinds
    assert [0, *project[1].starts[1:]] == [
        round(clip.range_in_parent().start_time.value)
        for clip in there.video_tracks()[0].find_clips()
    ]
    assert [1, 3] == [len(list(track.find_clips())) for track in there.audio_tracks()]


def test_scenes_and_lines_are_marked(project: tuple[Path, Timeline, list[Path]]) -> None:
    first = next(iter(read(project[0]).video_tracks()[0].find_clips()))
    assert ["First", "One two three.", "Four five."] == [one.name for one in first.markers]
    assert 9 == int(first.markers[1].marked_range.start_time.value)


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([RENDER, *words], cwd=folder, capture_output=True, text=True, timeout=120)


def test_the_command_writes_a_file_or_to_standard_output(spec: Path) -> None:
    done = run(spec.parent, "export", "film.yaml", "--format", "vtt", "-q")
    path = spec.parent / done.stdout.strip()
    assert "film.vtt" == path.name
    assert path.read_text("utf-8").startswith("WEBVTT\n")
    told = run(spec.parent, "export", "film.yaml", "--format", "json", "-o", "-", "-q")
    assert 3 == len(json.loads(told.stdout)["scenes"])
    named = run(spec.parent, "export", "film.yaml", "--format", "otio", "-o", "p.otio", "-q")
    assert 3 == len(list(read(spec.parent / named.stdout.strip()).video_tracks()[0].find_clips()))
