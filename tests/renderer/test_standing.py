"""Pictures that stand are coded once; what follows is what the encoder would have written itself."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from renderer.media import video
from renderer.media.planes import Planes, grey
from renderer.media.samples import samples
from renderer.media.slices import NotPlain, numbered, shared
from renderer.media.standing import Coded, Skips, stood

FPS = Fraction(30)
HEAD = b"\x00\x00\x00\x01"
SIZES = [(640, 360), (96, 54)]


def slope(width: int, height: int, *marks: tuple[int, int, int]) -> Planes:
    """Return a grey slope with grain, and squares on it: left, top and luma of each."""
    y = np.linspace(20, 60, width * height).reshape(height, width)
    done = (y + np.random.default_rng(2).integers(0, 2, (height, width))).astype(np.uint8)
    for left, top, luma in marks:
        done[top : top + 24, left : left + 24] = luma
    chroma = np.full((height // 2, width // 2), 128, np.uint8)
    return Planes(done, chroma, chroma)


def decoded(path: Path) -> list[NDArray[np.uint8]]:
    with av.open(str(path)) as film:
        return [frame.to_ndarray() for frame in film.decode(video=0)]


def rough(width: int, height: int) -> Planes:
    """Return a picture of nothing but grain, which is as hard to code as any."""
    y = np.random.default_rng(3).integers(16, 236, (height, width)).astype(np.uint8)
    return Planes(y, y[::2, ::2].copy(), y[1::2, 1::2].copy())


def by_skips(
    pictures: Sequence[Planes], lengths: Sequence[int], size: tuple[int, int], path: Path
) -> int:
    return video.encode_states(iter(pictures), lengths, size, FPS, path)


def by_gop(
    pictures: Sequence[Planes], lengths: Sequence[int], size: tuple[int, int], path: Path
) -> int:
    return video.encode_run(iter(pictures), lengths, size, FPS, path)


WAYS = [by_skips, by_gop]
Writer = Callable[[Sequence[Planes], Sequence[int], tuple[int, int], Path], int]


def by_encoder(
    pictures: Sequence[Planes], lengths: Sequence[int], size: tuple[int, int]
) -> list[bytes]:
    """Return the slices that x264 writes where every frame is encoded, without start codes."""
    frames = [one for one, length in zip(pictures, lengths, strict=True) for _ in range(length)]
    return [unit[4:] for unit in video.standing(frames, size, FPS, video.every(lengths))]


def coded(path: Path) -> list[bytes]:
    """Return the slices of a file, without the four bytes before each that tell its length."""
    with av.open(str(path)) as film:
        return [bytes(packet)[4:] for packet in film.demux(video=0) if packet.size]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("draw", [grey, slope, rough])
def test_what_is_counted_on_is_to_the_byte_what_the_encoder_writes(
    draw: Callable[[int, int], Planes], size: tuple[int, int], tmp_path: Path
) -> None:
    written = by_encoder([draw(*size)], [90], size)

    assert 1 == video.encode_still(draw(*size), 90, size, FPS, tmp_path / "still.mp4")
    assert 2 == by_gop([draw(*size)], [90], size, tmp_path / "run.mp4")

    assert 90 == len(written)
    assert written == coded(tmp_path / "still.mp4")
    assert written == coded(tmp_path / "run.mp4")


@pytest.mark.parametrize("size", SIZES)
def test_a_run_is_what_the_encoder_writes_of_every_frame(
    size: tuple[int, int], tmp_path: Path
) -> None:
    """But for the bit behind the end of a slice, which x264 sets by the number of the frame."""
    pictures = [slope(*size, (4 * at, at, 90 + at)) for at in range(12)]
    lengths = [1, 9, 1, 1, 12, 2, 20, 3, 4, 2, 5, 30]
    written = by_encoder(pictures, lengths, size)

    assert 21 == by_gop(pictures, lengths, size, tmp_path / "run.mp4")
    assert [ended(one) for one in written] == [ended(one) for one in coded(tmp_path / "run.mp4")]


def ended(slice_: bytes) -> bytes:
    return slice_[:-1] + bytes([slice_[-1] | 1])


def test_a_still_is_encoded_once_and_every_frame_of_it_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "still.mp4"

    assert 1 == video.encode_still(slope(320, 180), 90, (320, 180), FPS, path)
    frames = decoded(path)
    assert 90 == len(frames)
    assert [] == [number for number, frame in enumerate(frames) if (frame != frames[0]).any()]


@pytest.mark.parametrize("write", WAYS)
def test_pictures_that_follow_one_another_stand_as_long_as_each_is_to(
    write: Writer, tmp_path: Path
) -> None:
    lengths = [1, 9, 1, 1, 30, 2, 20]
    pictures = [slope(320, 180, (24 * at, 40, 200)) for at in range(7)]

    done = write(pictures, lengths, (320, 180), tmp_path / "run.mp4")
    frames = decoded(tmp_path / "run.mp4")

    shown = [at for at, length in enumerate(lengths) for _ in range(length)]
    errors = [
        abs(frame[:180].astype(int) - pictures[at].y).mean()
        for frame, at in zip(frames, shown, strict=True)
    ]
    changes = [n for n in range(1, 64) if (frames[n] != frames[n - 1]).any()]
    assert {by_skips: 7, by_gop: 11}[write] == done
    assert [1, 10, 11, 12, 42, 44] == changes
    assert max(errors) < 1


@pytest.mark.parametrize("size", SIZES)
def test_a_run_decodes_as_its_encoder_meant_it(size: tuple[int, int], tmp_path: Path) -> None:
    pictures = [slope(*size, (4 * at, at, 90 + at)) for at in range(20)]
    by_skips(pictures, [2] * 20, size, tmp_path / "run.mp4")
    own = video.standing(pictures, size, FPS, video.STATES)

    with av.open(BytesIO(), "w", format="mp4") as other:
        stream = video.opened(other, size, FPS, video.STATES)
        other.start_encoding()
        decoder = av.CodecContext.create("h264", "r")
        decoder.extradata = stream.codec_context.extradata
    meant = [frame for data in own for frame in decoder.decode(av.Packet(data))]
    meant += decoder.decode(None)

    pairs = zip(decoded(tmp_path / "run.mp4")[::2], meant, strict=True)
    assert [True] * 20 == [bool((one == two.to_ndarray()).all()) for one, two in pairs]


def test_every_kind_of_segment_has_the_same_parameter_sets(tmp_path: Path) -> None:
    picture, size = slope(64, 48), (64, 48)
    video.encode([picture] * 4, size, FPS, tmp_path / "moving.mp4")
    video.encode_still(picture, 4, size, FPS, tmp_path / "still.mp4")
    by_skips([picture, picture], [2, 2], size, tmp_path / "run.mp4")
    by_gop([picture, picture], [2, 2], size, tmp_path / "gop.mp4")

    sets = set()
    for name in ("moving", "still", "run", "gop"):
        with av.open(str(tmp_path / f"{name}.mp4")) as film:
            sets.add(film.streams.video[0].codec_context.extradata)

    assert 1 == len(sets)


def test_decoding_is_ahead_by_the_same_time_in_every_kind_of_segment(tmp_path: Path) -> None:
    picture, size = slope(64, 48), (64, 48)
    video.encode([picture] * 4, size, FPS, tmp_path / "moving.mp4")
    video.encode_still(picture, 4, size, FPS, tmp_path / "still.mp4")
    video.encode([picture], size, FPS, tmp_path / "one.mp4")
    by_gop([picture, picture], [3, 1], size, tmp_path / "gop.mp4")
    one = samples((tmp_path / "one.mp4").read_bytes())

    assert ([0], [-1], [1]) == (list(one.shown), list(one.decoded), list(one.keys))
    for name in ("moving", "still", "gop"):
        found = samples((tmp_path / f"{name}.mp4").read_bytes())
        assert [-1, 0, 1, 2] == list(found.decoded)


def test_numbers_in_slices_wrap_as_their_fields_do() -> None:
    def slice_of(frame: int) -> bytes:
        fields = 0x419A00 | frame % 16 << 5 | 2 * frame % 32
        return HEAD + fields.to_bytes(3, "big") + b"skips"

    told = list(stood([b"first"], [1], [40], Skips(slice_of(0), slice_of(0))))

    assert Coded(b"first", 0, key=True) == told[0]
    assert [slice_of(frame) for frame in range(1, 40)] == [each.data for each in told[1:]]
    assert list(range(40)) == [each.frame for each in told]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(bytes.fromhex("65888400 27ff"), id="an IDR"),
        pytest.param(bytes.fromhex("419a22d8 87ff"), id="two references"),
        pytest.param(bytes.fromhex("019a2230 43ff"), id="no reference itself"),
    ],
)
def test_another_slice_than_a_plain_one_is_refused(data: bytes) -> None:
    with pytest.raises(NotPlain):
        shared(HEAD + data)


def test_zeros_within_a_slice_stay_escaped() -> None:
    """A header of 15 bits and one of padding becomes one of 20: what follows begins a byte later."""
    plain = (
        bytes.fromhex("419a22") + bytes([0b00010000, 0b00001011]) + bytes.fromhex("ff000003010203")
    )

    told = shared(HEAD + plain)

    assert HEAD + bytes.fromhex("419a22") == told[:7]
    assert told.endswith(bytes.fromhex("ff000003010203"))
    assert numbered(told, 17) == HEAD + bytes.fromhex("419a22") + told[7:]
