"""The owner's example and the smallest film, rendered whole and looked at by programs not ours."""

import re
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import imageio_ffmpeg
import pytest

ROOT = Path(__file__).resolve().parent.parent
RENDER = Path(sys.executable).with_name("render")


def ffmpeg(film: Path, *options: str) -> str:
    """Return what ffmpeg says while it decodes all of a film."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-i", str(film)]
    done = subprocess.run([*command, *options, "-f", "null", "-"], capture_output=True, check=True)
    return done.stderr.decode("utf-8")


@pytest.fixture(scope="module")
def topic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("topic")
    shutil.copy(ROOT / "projects" / "topic.yaml", folder)
    subprocess.run([RENDER, "topic.yaml", "-q"], cwd=folder, check=True, timeout=300)
    return folder / "output" / "topic.mp4"


def test_topic_is_exactly_two_minutes_of_full_hd(topic: Path) -> None:
    with av.open(str(topic)) as film:
        video, audio = film.streams.video[0], film.streams.audio[0]
        picture = (video.width, video.height, video.average_rate, video.frames)
        length = audio.duration * audio.time_base
        chapters = len(film.chapters())

    assert (1920, 1080, Fraction(30), 3600) == picture
    assert abs(length - 120) < Fraction(1, 30)
    assert 8 == chapters


@pytest.mark.soak
def test_topic_decodes_to_all_its_frames_without_a_warning(topic: Path) -> None:
    assert "" == ffmpeg(topic, "-v", "warning")
    assert "frame= 3600" in ffmpeg(topic, "-stats")


def test_topic_is_as_loud_as_it_says(topic: Path) -> None:
    summary = ffmpeg(topic, "-vn", "-af", "ebur128=peak=true").split("Summary:")[1]
    level = float(re.search(r"I:\s+(-?[\d.]+) LUFS", summary)[1])  # type: ignore[index]
    peak = float(re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)[1])  # type: ignore[index]

    assert abs(level + 16) <= 0.5
    assert peak <= -1.0  # the mix holds -1.5 dBTP; AAC may overshoot a little


def test_three_lines_make_a_film(tmp_path: Path) -> None:
    shutil.copy(ROOT / "projects" / "hello.yaml", tmp_path)

    subprocess.run([RENDER, "hello.yaml", "-q"], cwd=tmp_path, check=True, timeout=120)

    assert "" == ffmpeg(tmp_path / "output" / "hello.mp4", "-v", "warning")


def test_the_tour_is_clean(tmp_path: Path) -> None:
    checked = _check_tour(tmp_path)

    assert (0, "") == (checked.returncode, checked.stderr)


@pytest.mark.soak
def test_the_tour_uses_what_there_is(tmp_path: Path) -> None:
    _check_tour(tmp_path)
    subprocess.run([RENDER, "tour.yaml", "--draft", "-q"], cwd=tmp_path, check=True, timeout=120)

    assert "" == ffmpeg(tmp_path / "output" / "tour-draft.mp4", "-v", "warning")


def _check_tour(folder: Path) -> subprocess.CompletedProcess[str]:
    shutil.copy(ROOT / "projects" / "tour.yaml", folder)
    shutil.copytree(ROOT / "projects" / "tour", folder / "tour")
    return subprocess.run(
        [RENDER, "check", "--strict", "tour.yaml"], cwd=folder, capture_output=True, text=True
    )
