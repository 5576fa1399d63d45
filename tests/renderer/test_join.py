"""Segment files and sound become one MP4 by copying packets: whole, exact, the same each time."""

import heapq
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from renderer.media.film import join
from renderer.media.packets import read
from renderer.media.parts import Chapter, Film, Part
from renderer.media.planes import Planes
from renderer.media.samples import NoSegment, Samples, samples
from renderer.media.sealing import sealed
from renderer.media.sound import encode_block, packets_for, set_up
from renderer.media.tables import Track
from renderer.media.video import encode, encode_still
from renderer.paths import file_digest
from renderer.times import sample_at

SIZE = (64, 48)


def grey(level: int) -> Planes:
    chroma = np.full((24, 32), 128, np.uint8)
    return Planes(np.full((48, 64), level, np.uint8), chroma, chroma)


def sound(path: Path, samples: int) -> Path:
    wave = np.sin(np.arange(samples + 4096) / 20).astype(np.float32) * 0.2
    encode_block(np.stack([wave, wave], axis=1), 0, packets_for(samples), path)
    return path


def film(folder: Path, fps: Fraction) -> tuple[Film, list[int]]:
    """Return a film of a long still, moving frames and a short still, and its grey levels."""
    encode_still(grey(40), 60, SIZE, fps, folder / "a.mp4")
    encode((grey(60 + 4 * n) for n in range(25)), SIZE, fps, folder / "b.mp4")
    encode_still(grey(200), 15, SIZE, fps, folder / "c.mp4")
    parts = [
        Part(str(folder / "a.mp4"), 130, still=True),
        Part(str(folder / "b.mp4"), 25, still=False),
        Part(str(folder / "c.mp4"), 7, still=True),
    ]
    samples = sample_at(162, fps)
    chapters = (Chapter("واحد", 0, 130), Chapter("two", 130, 162))
    tags = {"title": "عنوان", "artist": "A", "description": "D"}
    levels = [40] * 130 + [60 + 4 * n for n in range(25)] + [200] * 7
    return Film(parts, sound(folder / "s.packets", samples), samples, fps, tags, chapters), levels


RATES = [
    Fraction(30),
    Fraction(30000, 1001),
    Fraction(24),
    Fraction(12),
    Fraction(240),
]


@pytest.mark.parametrize("fps", RATES[:4])
def test_every_frame_is_there_in_order(tmp_path: Path, fps: Fraction) -> None:
    request, levels = film(tmp_path, fps)
    join(request, tmp_path / "film.mp4")

    with av.open(str(tmp_path / "film.mp4")) as container:
        frames = list(container.decode(video=0))
        base = container.streams.video[0].time_base

    seen = [int(np.median(frame.to_ndarray()[:48])) for frame in frames]
    assert [] == [at for at, (a, b) in enumerate(zip(seen, levels, strict=True)) if abs(a - b) > 3]
    assert list(range(162)) == [frame.pts * base * fps for frame in frames]


def test_a_film_is_digested_as_it_is_written(tmp_path: Path) -> None:
    request, _ = film(tmp_path, Fraction(30))
    told = join(request, tmp_path / "film.mp4")
    assert (162, file_digest(tmp_path / "film.mp4")) == told


def test_picture_and_sound_are_equally_long_and_tagged(tmp_path: Path) -> None:
    request, _ = film(tmp_path, Fraction(30))
    join(request, tmp_path / "film.mp4")

    with av.open(str(tmp_path / "film.mp4")) as container:
        video, audio = container.streams.video[0], container.streams.audio[0]
        lengths = (video.duration * video.time_base, audio.duration * audio.time_base)
        context = video.codec_context
        colours = (context.color_range, context.colorspace, context.color_primaries)
        named = [chapter["metadata"]["title"] for chapter in container.chapters()]
        tags = [container.metadata[name] for name in ("title", "artist", "description")]

    assert (162, (Fraction(162, 30), Fraction(162, 30))) == (video.frames, lengths)
    assert (1, 1, 1) == colours
    assert (["واحد", "two"], ["عنوان", "A", "D"]) == (named, tags)


def test_the_same_parts_give_the_same_bytes_with_the_index_in_front(tmp_path: Path) -> None:
    request, _ = film(tmp_path, Fraction(30))
    join(request, tmp_path / "one.mp4")
    join(request, tmp_path / "two.mp4")

    data = (tmp_path / "one.mp4").read_bytes()
    assert data == (tmp_path / "two.mp4").read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")


def test_stills_and_moving_segments_share_one_parameter_set(tmp_path: Path) -> None:
    film(tmp_path, Fraction(30))

    headers = set()
    for name in ("a.mp4", "b.mp4", "c.mp4"):
        with av.open(str(tmp_path / name)) as container:
            headers.add(container.streams.video[0].codec_context.extradata)

    assert 1 == len(headers)


def demuxed(path: Path, fps: Fraction) -> list[tuple[bytes, Fraction, Fraction, bool]]:
    """Return the packets of a segment as a demuxer sees them, their times in frames."""
    with av.open(str(path)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
        return [
            (bytes(p), p.pts * p.time_base * fps, p.dts * p.time_base * fps, p.is_keyframe)
            for p in packets
        ]


def coded(data: bytes, one: Samples) -> list[tuple[bytes, int, int, bool]]:
    columns = (one.places, one.sizes, one.shown, one.decoded, one.keys)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [(data[at : at + size], pts, dts, bool(key)) for at, size, pts, dts, key in rows]


@pytest.mark.parametrize("fps", RATES)
def test_the_coded_pictures_of_a_segment_are_those_that_a_demuxer_finds(
    tmp_path: Path, fps: Fraction
) -> None:
    request, _ = film(tmp_path, fps)

    for part in request.parts:
        data = Path(part.path).read_bytes()
        wanted = demuxed(Path(part.path), fps)
        assert [wanted] * 2 == [coded(data, one) for one in (samples(data), sealed(part.path))]


def plainly_joined(film: Film, path: Path) -> None:
    """Join as the container library's own users would: by times as fractions, packet by packet."""
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with (
        av.open(film.parts[0].path) as model,
        av.open(str(path), "w", format="mp4", container_options=options) as target,
    ):
        picture = target.add_stream_from_template(model.streams.video[0])
        picture.time_base = 1 / film.fps
        speech = target.add_stream("aac")
        set_up(speech.codec_context, "stereo")
        target.metadata.update(film.tags)
        target.set_chapters(
            [
                {
                    "id": index,
                    "start": each.first,
                    "end": each.last,
                    "time_base": 1 / film.fps,
                    "metadata": {"title": each.title},
                }
                for index, each in enumerate(film.chapters)
            ]
        )
        both = pictures(film, picture), sounds(film, speech)
        for packet in heapq.merge(*both, key=lambda packet: packet.dts * packet.time_base):
            target.mux(packet)


def pictures(film: Film, stream: Any) -> Iterator[Any]:
    start = 0
    for part in film.parts:
        units = demuxed(Path(part.path), film.fps)
        for frame in range(part.frames):
            data, pts, dts, key = units[frame % len(units)]
            packet = av.Packet(data)
            packet.stream, packet.time_base = stream, 1 / film.fps
            packet.duration, packet.is_keyframe = 1, key
            base = start + frame - frame % len(units)
            packet.pts, packet.dts = int(pts) + base, int(dts) + base
            yield packet
        start += part.frames


def sounds(film: Film, stream: Any) -> Iterator[Any]:
    for start, data in zip(range(-1024, film.samples, 1024), read(film.sound), strict=False):
        packet = av.Packet(data)
        packet.stream, packet.time_base = stream, Fraction(1, 48_000)
        packet.pts = packet.dts = start
        packet.duration, packet.is_keyframe = min(1024, film.samples - start), True
        yield packet


@pytest.mark.parametrize("fps", RATES)
def test_a_film_is_to_the_byte_what_joining_packet_by_packet_gives(
    tmp_path: Path, fps: Fraction
) -> None:
    request, _ = film(tmp_path, fps)
    join(request, tmp_path / "film.mp4", together=1)
    plainly_joined(request, tmp_path / "plain.mp4")

    assert (tmp_path / "plain.mp4").read_bytes() == (tmp_path / "film.mp4").read_bytes()


OTHERS: dict[str, dict[str, Any]] = {
    "no chapters": {"chapters": (), "tags": {}},
    "a chapter for each frame": {"chapters": [Chapter(f"c{n}", n, n + 1) for n in range(162)]},
}


@pytest.mark.parametrize("name", OTHERS)
def test_so_it_is_with_other_chapters(tmp_path: Path, name: str) -> None:
    request = replace(film(tmp_path, Fraction(30))[0], **OTHERS[name])
    join(request, tmp_path / "film.mp4", together=1)
    plainly_joined(request, tmp_path / "plain.mp4")

    assert (tmp_path / "plain.mp4").read_bytes() == (tmp_path / "film.mp4").read_bytes()


@pytest.mark.parametrize("frames", [1, 2, 15])
def test_so_it_is_with_few_pictures(tmp_path: Path, frames: int) -> None:
    request, _ = film(tmp_path, Fraction(30))
    few = replace(
        request,
        parts=[Part(str(tmp_path / "c.mp4"), frames, still=True)],
        samples=sample_at(frames, Fraction(30)),
        chapters=(),
    )
    join(few, tmp_path / "film.mp4", together=1)
    plainly_joined(few, tmp_path / "plain.mp4")

    assert (tmp_path / "plain.mp4").read_bytes() == (tmp_path / "film.mp4").read_bytes()


def streams(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the packets of the film's pictures and of its sound, with all their times."""
    found: dict[str, list[tuple[Any, ...]]] = {"video": [], "audio": []}
    with av.open(str(path)) as film:
        for one in (packet for packet in film.demux() if packet.size):
            times = (one.pts, one.dts, one.duration)
            found[one.stream.type].append((bytes(one), *times, one.is_keyframe))
    return found


@pytest.mark.parametrize("fps", RATES)
@pytest.mark.parametrize("together", [2, 15, 100, 1000])
def test_it_is_the_same_film_however_many_pictures_lie_together(
    tmp_path: Path, fps: Fraction, together: int
) -> None:
    request, _ = film(tmp_path, fps)
    told = join(request, tmp_path / "film.mp4", together)
    plainly_joined(request, tmp_path / "plain.mp4")

    assert (162, file_digest(tmp_path / "film.mp4")) == told
    assert streams(tmp_path / "plain.mp4") == streams(tmp_path / "film.mp4")


def test_sound_lies_before_the_pictures_that_it_is_heard_with(tmp_path: Path) -> None:
    request, _ = film(tmp_path, Fraction(30))
    join(request, tmp_path / "film.mp4")

    with av.open(str(tmp_path / "film.mp4")) as container:
        times = [(one.pos, one.dts, one.time_base, one.stream.type) for one in container.demux()]
    order = sorted((pos, Fraction(dts or 0) * base, kind) for pos, dts, base, kind in times if pos)

    heard, late, early = Fraction(0), [], []
    for _, at, kind in order:
        if kind == "audio":
            heard = at + Fraction(1024, 48_000)
        else:
            late += [at] if heard < at else []
            early += [at] if heard > at + Fraction(16, 30) else []
    assert (162, [], []) == ([kind for *_, kind in order].count("video"), late, early)


def track(sizes: list[int], places: list[int]) -> Track:
    one = np.ones(len(sizes), np.int64)
    return Track(np.array(sizes), np.array(places), one, one * 0, one > 0)


def numbers(table: bytes, form: str = ">u4") -> list[int]:
    """Return what follows the name, the version and the count of a table."""
    return [int(one) for one in np.frombuffer(table[16:], form)]


def test_samples_side_by_side_are_a_chunk_of_less_than_a_mebibyte() -> None:
    size = 400_000
    beside = track([size] * 5, [0, size, 2 * size, 3 * size, 9_000_000])

    tables = beside.tables(100)

    assert [100, 100 + 2 * size, 9_000_100] == numbers(tables[b"stco"])
    assert [1, 2, 1, 3, 1, 1] == numbers(tables[b"stsc"])


def test_places_beyond_four_gibibytes_are_written_wide() -> None:
    far = track([7, 7], [0, 1 << 32])

    assert [9, (1 << 32) + 9] == numbers(far.tables(9)[b"stco"], ">u8")
    assert b"co64" == far.tables(9)[b"stco"][4:8]


@pytest.mark.parametrize("cut", [0, 7, 40, 400, -1, -300])
def test_a_file_that_is_no_segment_is_refused(tmp_path: Path, cut: int) -> None:
    request, _ = film(tmp_path, Fraction(30))
    data = Path(request.parts[1].path).read_bytes()[:cut]

    with pytest.raises(NoSegment):
        samples(data)
    (tmp_path / "cut.mp4").write_bytes(data)
    with pytest.raises(NoSegment):
        sealed(tmp_path / "cut.mp4")


def test_a_long_segment_is_known_by_its_last_box_too(tmp_path: Path) -> None:
    encode((grey(n % 200) for n in range(400)), SIZE, Fraction(30), tmp_path / "long.mp4")

    data = (tmp_path / "long.mp4").read_bytes()
    found = coded(data, sealed(tmp_path / "long.mp4"))
    assert (400, coded(data, samples(data))) == (len(found), found)
