"""Video layers: which picture is seen when, what is right in odd files, what is refused."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import pytest
from numpy.typing import NDArray

from renderer import recipes
from renderer.errors import SpecError
from renderer.paint import paint, rgb
from renderer.plan import plan
from renderer.segments import picture_at, segments
from renderer.spec import load
from renderer.store import Store, using
from renderer.timeline import Timeline
from tests.renderer.filming import SIZE, beeps, number_of, numbered, plain, video


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of videos, and of what is read of them."""
    folder = tmp_path_factory.mktemp("clips")
    for suffix, rate in RATES.items():
        frames = 40 if suffix != ".gif" else 20
        video(folder / f"a{suffix}", map(numbered, range(frames)), rate)
    return folder


RATES: dict[str, Fraction | int] = {
    ".mp4": Fraction(30000, 1001),
    ".webm": Fraction(24000, 1001),
    ".mov": 25,
    ".mkv": 60,
    ".gif": 10,
    ".ts": 25,
}


def planned(folder: Path, layers: str, head: str = "fps: 25", scene: str = "") -> Timeline:
    spec = folder / f"film-{abs(hash((layers, head, scene)))}.yaml"
    spec.write_text(f"version: 1\nsize: 96x64\n{head}\nscenes:\n  - {scene}layers:\n{layers}")
    with using(Store(folder / "store")):
        timeline, problems = plan(load(spec, root=folder), ())
    assert not [problem for problem in problems if problem.level == "error"]
    return timeline


def shown(timeline: Timeline, frame: int, folder: Path) -> NDArray[np.uint8]:
    with using(Store(folder / "store")):
        return rgb(paint(*picture_at(timeline, frame)))


def numbers(timeline: Timeline, folder: Path, frames: Any = None) -> list[int]:
    wanted = range(timeline.frames) if frames is None else frames
    return [number_of(shown(timeline, frame, folder).mean(axis=2)) for frame in wanted]


@pytest.mark.parametrize("suffix", sorted(RATES))
@pytest.mark.parametrize("fps", ["25", '"30000/1001"'])
def test_each_frame_shows_the_picture_of_its_time(clips: Path, suffix: str, fps: str) -> None:
    timeline = planned(clips, f"      - video: a{suffix}\n", f"fps: {fps}")

    frames = [0, 1, 2, 3, 7, 14, timeline.frames - 2, timeline.frames - 1]
    rate = Fraction(RATES[suffix]) / timeline.canvas.fps
    last = 39 if suffix != ".gif" else 19

    expected = [min(last, int(frame * rate)) for frame in frames]
    assert expected == numbers(timeline, clips, frames)


def test_a_silent_scene_lasts_as_long_as_its_longest_video(clips: Path) -> None:
    layers = "      - video: a.mov\n      - {video: a.gif, at: 1s}\n"

    assert 75 == planned(clips, layers).frames


def test_a_stretch_plays_from_when_the_layer_comes_and_its_end_stands(clips: Path) -> None:
    layers = "      - {video: a.mov, trim: 0.4s..0.8s, at: 200ms}\n"
    timeline = planned(clips, layers, scene="duration: 1s\n    ")

    assert [10, 10, 11, 19, 19, 19] == numbers(timeline, clips, [5, 5, 6, 14, 15, 24])
    assert [(5, True), (10, False), (10, True)] == [(s.frames, s.still) for s in segments(timeline)]


def test_a_loop_begins_again_at_its_end_exactly(clips: Path) -> None:
    layers = "      - {video: a.mov, trim: 0s..0.4s, loop: true}\n"
    timeline = planned(clips, layers, scene="duration: 1s\n    ")

    assert [*range(10), *range(10), *range(5)] == numbers(timeline, clips)


def test_a_long_video_has_no_seam_where_its_reels_meet(clips: Path) -> None:
    video(clips / "long.mkv", map(numbered, range(250)), 10, codec="libx264")
    layers = "      - {video: long.mkv, trim: 8s..22.5s, loop: true}\n"
    timeline = planned(clips, layers, "fps: 10", "duration: 30s\n    ")

    played = [*range(80, 225), *range(80, 225), *range(80, 90)]
    seams = [0, 18, 19, 20, 21, 119, 120, 121, 143, 144, 145, 146, 165, 166, 265, 289, 290, 299]
    assert [played[frame] for frame in seams] == numbers(timeline, clips, seams)
    parts = {part.number for segment in segments(timeline) for part in recipes.clips(segment)}
    assert {0, 1, 2} == parts


def test_a_video_plays_on_in_the_transition_that_leaves_it(clips: Path) -> None:
    layers = (
        "      - video: a.mov\n    duration: 1s\n"
        "  - transition: {kind: push, over: 400ms}\n    background: black\n    duration: 1s\n"
    )
    timeline = planned(clips, layers)
    overlap = segments(timeline)[1]

    moves = [layer.moves for layer in overlap.behind if layer.kind == "video"]
    assert [(-25, 15)] == moves


def test_pictures_at_times_of_their_own_are_seen_from_just_then(clips: Path) -> None:
    times = [Fraction(number, 100) for number in (0, 4, 10, 11, 50, 90)]
    video(clips / "vfr.mkv", map(numbered, range(6)), 25, codec="libx264", times=times)
    timeline = planned(clips, "      - video: vfr.mkv\n", "fps: 50", "duration: 1s\n    ")

    at = [max(n for n, time in enumerate(times) if time <= Fraction(f, 50)) for f in range(50)]
    assert at == numbers(timeline, clips)


def test_the_background_plays_again_and_again(clips: Path) -> None:
    timeline = planned(
        clips, "      []\n", scene="background: {video: a.gif}\n    duration: 3s\n    "
    )

    assert [0, 19, 0, 9] == numbers(timeline, clips, [0, 49, 50, 74])


def test_what_is_clear_in_a_video_lets_the_ground_shine_through(clips: Path) -> None:
    options = {"deadline": "realtime", "cpu-used": "8", "auto-alt-ref": "0"}
    half = [plain((255, 0, 0, 128))] * 3
    video(clips / "clear.mov", half, codec="prores_ks", pix_fmt="yuva444p10le")
    video(clips / "clear.webm", half, codec="libvpx-vp9", pix_fmt="yuva420p", options=options)

    for name in ("clear.mov", "clear.webm"):
        timeline = planned(clips, f"      - fill: '#0000ff'\n      - video: {name}\n")
        middle = shown(timeline, 1, clips)[32, 48].astype(int)
        assert np.abs(middle - [128, 0, 127]).max() <= 5, (name, middle)


@pytest.mark.parametrize("fit", ["contain", "none"])
def test_a_video_smaller_than_its_box_leaves_the_rest_clear(clips: Path, fit: str) -> None:
    video(clips / "low.mp4", [plain((255, 255, 255), (96, 32))] * 3)
    timeline = planned(clips, f"      - fill: black\n      - {{video: low.mp4, fit: {fit}}}\n")

    column = shown(timeline, 0, clips)[:, 48, 0] > 128
    assert [False] * 16 + [True] * 32 + [False] * 16 == column.tolist()


def test_a_stretch_of_the_picture_is_shown_with_crop(clips: Path) -> None:
    timeline = planned(clips, "      - {video: a.mov, crop: [50, 0, 50, 100], fit: fill}\n")

    seen = shown(timeline, 24, clips).mean(axis=2)
    high_bits = [24 >> bit & 1 for bit in range(6, 12)]
    assert high_bits == [int(seen[32, 8 + 16 * bit] > 128) for bit in range(6)]


def test_a_static_opacity_holds_for_a_video(clips: Path) -> None:
    video(clips / "white.mp4", [plain((255, 255, 255))] * 3)
    timeline = planned(clips, "      - fill: black\n      - {video: white.mp4, opacity: 0.5}\n")

    assert 128 == pytest.approx(int(shown(timeline, 0, clips)[32, 48, 0]), abs=3)


@pytest.mark.parametrize("full", [False, True])
@pytest.mark.parametrize("matrix", ["ITU601", "ITU709"])
def test_colours_of_every_matrix_and_range_come_out_as_they_are(
    clips: Path, matrix: str, full: bool
) -> None:
    color = (204, 76, 26)
    name = f"{matrix}-{full}.mp4"

    def setup(stream: Any) -> None:
        stream.codec_context.colorspace = 5 if matrix == "ITU601" else 1
        stream.codec_context.color_range = 2 if full else 1

    def change(frame: Any) -> None:
        told = frame.reformat(
            format="yuv420p",
            src_colorspace="ITU709",
            src_color_range="MPEG",
            dst_colorspace=matrix,
            dst_color_range="JPEG" if full else "MPEG",
        )
        for one, other in zip(frame.planes, told.planes, strict=True):
            one.update(bytes(other))

    video(clips / name, [plain(color)] * 3, change=change, setup=setup)
    seen = shown(planned(clips, f"      - video: {name}\n"), 0, clips)[32, 48].astype(int)
    assert np.abs(seen - color).max() <= 6, seen


def problems(folder: Path, layer: str) -> list[str]:
    spec = folder / "bad.yaml"
    spec.write_text(f"version: 1\nsize: 96x64\nscenes:\n  - layers:\n      - {layer}\n")
    with using(Store(folder / "store")), pytest.raises(SpecError) as caught:
        load(spec, root=folder)
    return [f"{p.place.line}:{p.place.column} {p.code}" for p in caught.value.problems if p.place]


def test_stretches_that_are_none_are_refused_where_they_are_written(clips: Path) -> None:
    assert ["5:30 bad-trim"] == problems(clips, "{video: a.mov, trim: 2s..1s}")
    assert ["5:30 bad-trim"] == problems(clips, "{video: a.mov, trim: 1s..9s}")
    assert ["5:30 bad-trim"] == problems(clips, "{video: a.mov, trim: early}")


def test_the_numbers_of_pictures_can_be_read() -> None:
    assert [0, 5, 4095] == [number_of(numbered(n, SIZE).mean(axis=2)) for n in (0, 5, 4095)]


def test_a_timeline_with_videos_is_of_the_published_form(clips: Path) -> None:
    path = Path(__file__).parents[2] / "schemas" / "timeline.json"
    video(clips / "loud.mp4", map(numbered, range(25)), sound=beeps(48_000, [0]))
    timeline = planned(clips, "      - {video: loud.mp4, gain: 0, loop: true}\n")

    jsonschema.Draft7Validator(json.loads(path.read_text("utf-8"))).validate(timeline.to_json())
    assert 1 == len(timeline.to_json()["shots"][0]["sounds"])


def test_a_video_is_among_the_files_that_a_film_is_made_of(clips: Path) -> None:
    spec = clips / "files.yaml"
    spec.write_text("version: 1\nscenes:\n  - background: {video: a.mov}\n")
    with using(Store(clips / "store")):
        found = load(spec, root=clips).files

    assert [clips / "a.mov", spec] == sorted(file for file in found if file.parent == clips)


def test_neither_what_is_heard_nor_the_rest_of_a_video_is_in_the_key_of_its_pictures(
    clips: Path,
) -> None:
    timelines = [
        planned(clips, f"      - {{video: a.mov, trim: 0s..1s{more}}}\n")
        for more in ("", ", gain: 0", ", radius: 1")
    ]
    one, two, three = ([recipes.segment(s).key for s in segments(each)] for each in timelines)

    assert one == two
    assert one != three
