from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from renderer.media import standing, video
from renderer.media.planes import Planes
from renderer.media.samples import samples
from renderer.media.standing import Coded, encoded, stood

FPS = Fraction(30)
HEAD = b"\x00\x00\x00\x01"


def slope(width: int, height: int) -> Planes:
    y = np.linspace(20, 60, width * height).reshape(height, width)
    grain = np.random.default_rng(2).integers(0, 2, (height, width))
    chroma = np.full((height // 2, width // 2), 128, np.uint8)
    return Planes((y + grain).astype(np.uint8), chroma, chroma)


def slices(path: Path) -> list[tuple[bytes, int, int, int]]:
    """Return the packets of a file; the mark in the last bit of some slices stands apart."""
    return [
        (each.data[:-1], each.data[-1] | 1, each.pts, each.dts)
        for each in samples(path.read_bytes())
    ]


@pytest.mark.parametrize("picture", [slope(640, 360), slope(96, 54)])
def test_what_is_counted_on_is_what_the_encoder_writes(
    picture: Planes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = picture.y.shape[1], picture.y.shape[0]
    counted = video.encode_still(picture, 90, size, FPS, tmp_path / "counted.mp4")
    monkeypatch.setattr(standing, "STEADY", 90)
    whole = video.encode_still(picture, 90, size, FPS, tmp_path / "whole.mp4")

    assert (4, 90) == (counted, whole)
    assert slices(tmp_path / "whole.mp4") == slices(tmp_path / "counted.mp4")


def test_every_frame_of_a_still_is_the_same_to_the_pixel(tmp_path: Path) -> None:
    video.encode_still(slope(320, 180), 90, (320, 180), FPS, tmp_path / "still.mp4")

    with av.open(str(tmp_path / "still.mp4")) as film:
        frames = [frame.to_ndarray() for frame in film.decode(video=0)]

    assert 90 == len(frames)
    assert [] == [number for number, frame in enumerate(frames) if (frame != frames[0]).any()]


def test_a_picture_that_does_not_come_to_rest_is_encoded_whole() -> None:
    asked: list[int] = []

    def run(frames: int) -> list[Coded]:
        asked.append(frames)
        return [Coded(HEAD + bytes([0x41, 0x9A, n, n]), n, n) for n in range(frames)]

    assert run(20) == encoded(run, 20)
    assert [20, 4, 20] == asked


def test_numbers_in_slices_wrap_as_their_fields_do() -> None:
    def slice_of(frame: int) -> bytes:
        fields = 0x419A00 | frame % 16 << 5 | 2 * frame % 32
        return HEAD + fields.to_bytes(3, "big") + b"skipped"

    first = [Coded(slice_of(frame), frame, frame) for frame in range(4)]

    told = stood(first, 40)

    assert told is not None
    assert [slice_of(frame) for frame in range(40)] == [each.data for each in told]
    assert list(range(40)) == [each.pts for each in told]
