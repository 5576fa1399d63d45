"""The sound of videos: where it lies, how loud it is, when it ends, and that it stays in step."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from renderer.plan import plan
from renderer.render import Options, render
from renderer.sound import mixed
from renderer.spec import load
from renderer.store import Store, using
from renderer.timeline import Timeline
from tests.renderer.filming import RATE, beeps, flashing, marks_of, numbered, video

SECOND = RATE


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a video of two seconds that beeps at 0.5 s and at 1.5 s."""
    folder = tmp_path_factory.mktemp("sounding")
    sound = beeps(2 * SECOND, [SECOND // 2, 3 * SECOND // 2])
    for name in ("a.mp4", "a.webm", "a.mov"):
        video(folder / name, map(numbered, range(50)), 25, sound=sound)
    video(folder / "six.mov", map(numbered, range(50)), 25, sound=sound, layout="5.1")
    return folder


def planned(folder: Path, layers: str, scene: str = "", head: str = "") -> Timeline:
    spec = folder / "film.yaml"
    spec.write_text(
        f"version: 1\nsize: 96x64\nfps: 25\n{head}scenes:\n  - {scene}layers:\n{layers}"
    )
    with using(Store(folder / "store")):
        return plan(load(spec, root=folder), ())[0]


def heard(timeline: Timeline, folder: Path) -> NDArray[np.float32]:
    """Return how loud the film is in each of its milliseconds."""
    mix = mixed(timeline.soundtrack, Store(folder / "store"))
    sound = mix.pcm(0, mix.samples // 48 * 48)
    return np.abs(sound).max(axis=1).reshape(-1, 48).max(axis=1)


def begins(loud: NDArray[np.float32]) -> list[int]:
    """Return the milliseconds in which it becomes loud after at least 100 ms of quiet."""
    over = np.flatnonzero(loud > 0.25 * loud.max())
    return [
        int(ms) for ms, before in zip(over, [-1000, *over[:-1]], strict=True) if ms - before > 99
    ]


@pytest.mark.parametrize("name", ["a.mp4", "a.webm", "a.mov", "six.mov"])
def test_sound_lies_where_its_pictures_are(clips: Path, name: str) -> None:
    timeline = planned(clips, f"      - {{video: {name}, gain: 0, at: 400ms}}\n")

    assert [900, 1900] == pytest.approx(begins(heard(timeline, clips)), abs=3)


def test_a_stretch_is_heard_as_far_as_it_is_seen(clips: Path) -> None:
    layers = "      - {video: a.mov, gain: 0, trim: 1s..2s, at: 200ms, until: 900ms}\n"
    timeline = planned(clips, layers, scene="duration: 2s\n    ")

    assert [700] == pytest.approx(begins(heard(timeline, clips)), abs=3)


def test_a_loop_is_heard_again_at_each_of_its_turns(clips: Path) -> None:
    layers = "      - {video: a.mov, gain: 0, loop: true, trim: 0s..1s}\n"
    timeline = planned(clips, layers, scene="duration: 3s\n    ")

    assert [500, 1500, 2500] == pytest.approx(begins(heard(timeline, clips)), abs=3)


def test_a_video_is_silent_unless_it_is_asked_to_sound(clips: Path) -> None:
    for gain in ("", ", gain: -inf"):
        assert () == planned(clips, f"      - {{video: a.mov{gain}}}\n").soundtrack.sounds


def test_gain_is_how_much_louder_its_sound_is_in_the_mix(clips: Path) -> None:
    layers = "      - {video: a.mov, gain: 0}\n      - {video: a.mov, gain: -12dB, at: 250ms}\n"
    loud = heard(planned(clips, layers), clips)

    assert 12 == pytest.approx(20 * np.log10(loud[500:520].max() / loud[750:770].max()), abs=0.3)


def test_a_video_over_the_film_is_heard_in_all_its_scenes(clips: Path) -> None:
    head = "overlay:\n  - {video: a.mov, gain: 0, width: 20%}\n"
    scenes = "      []\n    duration: 1s\n  - duration: 1s\n"
    timeline = planned(clips, scenes, head=head)

    assert [500, 1500] == pytest.approx(begins(heard(timeline, clips)), abs=3)


def test_sound_of_a_scene_that_leaves_goes_while_the_next_enters(clips: Path) -> None:
    layers = "      - {video: a.mov, gain: 0, loop: true}\n    duration: 1s\n"
    after = "  - transition: {kind: dissolve, over: 600ms}\n    duration: 2s\n"
    timeline = planned(clips, layers + after)

    (sound,) = timeline.soundtrack.sounds
    assert (SECOND * 16 // 10, SECOND * 6 // 10) == (sound.most, sound.fade)


def test_sound_that_begins_after_its_pictures_is_not_moved(clips: Path) -> None:
    sound = beeps(SECOND, [SECOND // 2])
    video(clips / "late.mkv", map(numbered, range(50)), 25, sound=sound, start=SECOND)
    timeline = planned(clips, "      - {video: late.mkv, gain: 0}\n")

    assert [1500] == pytest.approx(begins(heard(timeline, clips)), abs=4)


RATES = ["24000/1001", "24", "25", "30000/1001", "30", "60"]
KINDS = {
    "one.mp4": Fraction(30000, 1001),
    "two.webm": Fraction(24000, 1001),
    "three.mov": Fraction(25),
    "four.mkv": Fraction(60),
    "five.ts": Fraction(25),
}


def marked(folder: Path, seconds: int) -> Path:
    """Return a folder with five kinds of video that flash and beep each second."""
    for name, rate in KINDS.items():
        flashing(folder / name, rate, seconds)
    return folder


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return marked(tmp_path_factory.mktemp("short"), 2)


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return marked(tmp_path_factory.mktemp("long"), 360)


def farthest(folder: Path, fps: str, count: int) -> Fraction:
    """Return how far a flash and its beep are apart at the most, in frames of the film."""
    scenes = "".join(f"  - layers:\n      - {{video: {name}, gain: 0}}\n" for name in KINDS)
    rate = f'"{fps}"' if "/" in fps else fps
    spec = folder / "marks.yaml"
    spec.write_text(f"version: 1\nsize: 96x64\nfps: {rate}\nscenes:\n{scenes}")
    made = render(spec, folder / "out.mp4", Options(store=folder / "store"))
    flashes, sounds = marks_of(made.path)
    assert count == len(flashes) == len(sounds)
    apart = (abs(one - two) for one, two in zip(flashes, sounds, strict=True))
    return max(apart) * Fraction(fps)


@pytest.mark.parametrize("fps", ["24000/1001", "30000/1001", "60"])
def test_flash_and_beep_stay_within_a_frame(short: Path, fps: str) -> None:
    assert farthest(short, fps, 10) < 1 + _HEARD * Fraction(fps)


@pytest.mark.soak
@pytest.mark.parametrize("fps", RATES)
def test_flash_and_beep_stay_within_a_frame_for_half_an_hour(long: Path, fps: str) -> None:
    assert farthest(long, fps, 1800) < 1 + _HEARD * Fraction(fps)


_HEARD = Fraction(3, 1000)
"""Seconds that a beep takes to be as loud as is listened for."""
