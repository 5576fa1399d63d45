"""PyAV's door for sound: resampling, and AAC blocks that join as if encoded in one pass."""

from __future__ import annotations

import shutil
import subprocess
import wave
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
import pytest

from renderer.media import packets, twin
from renderer.media.samples import NoSegment
from renderer.media.sound import (
    PACKET,
    Unreadable,
    encode_block,
    packets_for,
    read,
    resample,
    set_up,
)
from renderer.mix import BLOCK, Block, blocks

Sound = npt.NDArray[np.float32]


def music(seconds: float) -> Sound:
    """Return a chord with a beat and some noise, never still."""
    time = np.arange(int(seconds * 48_000)) / 48_000
    beat = 0.6 + 0.4 * np.sin(2 * np.pi * 1.7 * time)
    chord = sum(np.sin(2 * np.pi * hertz * time) for hertz in (220, 277.2, 329.6)) / 8
    noise = 0.01 * np.random.default_rng(3).standard_normal(len(time))
    return np.repeat((beat * chord + noise).astype(np.float32)[:, None], 2, axis=1)


def cut(pcm: Sound) -> list[Block]:
    return list(blocks(len(pcm), lambda first, last: pcm[first:last]))


def joined(pcm: Sound, folder: Path) -> Path:
    files = []
    for index, block in enumerate(cut(pcm)):
        files.append(folder / f"{index}.packets")
        encode_block(block.pcm, block.drop, block.keep, files[-1])
    assert packets_for(len(pcm)) == packets.joined(files, folder / "joined.packets")
    return folder / "joined.packets"


def in_a_container(path: Path) -> Path:
    """Write packets as an MP4 file beside them, which any player opens, and return its path."""
    done = path.with_suffix(".m4a")
    with av.open(str(done), "w", format="mp4") as target:
        stream = target.add_stream("aac")
        set_up(stream.codec_context, "stereo")
        for index, data in enumerate(packets.read(path)):
            packet = av.Packet(data)
            packet.stream, packet.time_base = stream, Fraction(1, 48_000)
            packet.pts = packet.dts = index * PACKET
            packet.duration, packet.is_keyframe = PACKET, True
            target.mux(packet)
    return done


def errors(path: Path, pcm: Sound) -> Sound:
    """Return how the decoded packets differ from the PCM, the encoder's priming left out."""
    decoded, rate = read(in_a_container(path))
    assert rate == 48_000
    return decoded[0, PACKET : PACKET + len(pcm)] - left(pcm)


def left(pcm: Sound) -> Sound:
    return pcm[:, 0] if pcm.ndim == 2 else pcm


def ratio(pcm: Sound, error: Sound) -> float:
    return float(10 * np.log10((left(pcm) ** 2).mean() / (error**2).mean()))


both = pytest.mark.parametrize("pcm", [music(33), music(33)[:, 0]], ids=["stereo", "mono"])


@both
def test_joined_blocks_are_as_good_as_one_pass(pcm: Sound, tmp_path: Path) -> None:
    encode_block(pcm, 0, packets_for(len(pcm)), tmp_path / "one.packets")
    single = ratio(pcm, errors(tmp_path / "one.packets", pcm))
    assert single > 25
    assert ratio(pcm, errors(joined(pcm, tmp_path), pcm)) > single - 0.2


@both
def test_there_is_no_click_at_a_seam(pcm: Sound, tmp_path: Path) -> None:
    error = np.abs(errors(joined(pcm, tmp_path), pcm))
    elsewhere = float(error[PACKET:-PACKET].max())
    seams = [(index * BLOCK - 1) * PACKET for index in range(1, len(cut(pcm)))]
    around = [error[seam - PACKET : seam + PACKET] for seam in seams]
    assert len(seams) == 3
    assert all(float(part.max()) <= elsewhere for part in around)
    assert all(
        float(np.sqrt((part**2).mean())) < 1.5 * np.sqrt((error**2).mean()) for part in around
    )


def test_the_packets_cover_every_sample(tmp_path: Path) -> None:
    pcm = music(1.0)[:40_001]
    encode_block(pcm, 0, packets_for(len(pcm)), tmp_path / "a.packets")
    assert packets_for(40_001) == len(packets.read(tmp_path / "a.packets")) == 41
    assert len(errors(tmp_path / "a.packets", pcm)) == 40_001


def test_the_same_sound_gives_the_same_bytes(tmp_path: Path) -> None:
    pcm = music(2)
    for name in ("a.packets", "b.packets"):
        encode_block(pcm, 4, 60, tmp_path / name)
    assert (tmp_path / "a.packets").read_bytes() == (tmp_path / "b.packets").read_bytes()


def test_dropped_packets_are_those_before_the_kept(tmp_path: Path) -> None:
    pcm = music(2)
    encode_block(pcm, 0, 90, tmp_path / "whole.packets")
    encode_block(pcm, 10, 20, tmp_path / "part.packets")
    assert packets.read(tmp_path / "whole.packets")[10:30] == packets.read(
        tmp_path / "part.packets"
    )


def test_a_block_too_short_for_its_packets_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="1024 samples give no 9 packets"):
        encode_block(music(1)[:1024], 1, 8, tmp_path / "a.packets")


@pytest.mark.parametrize("rate", [8_000, 22_050, 44_100, 48_000, 96_000])
def test_a_tone_keeps_its_pitch_and_its_length_at_48_khz(rate: int) -> None:
    time = np.arange(rate) / rate
    sound = np.sin(2 * np.pi * 1000 * time).astype(np.float32)[None]
    done = resample(sound, rate)
    assert pytest.approx(done.shape[1], abs=2) == 48_000
    expected = np.sin(2 * np.pi * 1000 * np.arange(done.shape[1]) / 48_000)
    middle = slice(2000, -2000)
    assert np.abs(done[0] - expected)[middle].max() < 0.01


def test_a_file_is_read_as_samples_within_one(tmp_path: Path) -> None:
    with wave.open(str(tmp_path / "a.wav"), "wb") as file:
        file.setparams((2, 2, 8000, 0, "NONE", ""))
        file.writeframes(np.array([[16384, -32768]] * 100, "<i2").tobytes())
    sound, rate = read(tmp_path / "a.wav")
    assert (sound.shape, rate) == ((2, 100), 8000)
    assert sound[:, 50].tolist() == [0.5, -1.0]


@pytest.mark.parametrize("content", [b"", b"no sound at all", b"RIFF\x00\x00\x00\x00WAVE"])
def test_what_is_no_sound_is_unreadable(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(content)
    with pytest.raises(Unreadable):
        read(tmp_path / "a.wav")


def restless(seconds: float) -> Sound:
    """Return one channel of all that makes an encoder decide: tones, clicks, noise, quiet, none."""
    time = np.arange(int(seconds * 48_000)) / 48_000
    chance = np.random.default_rng(5)
    sound = 0.2 * np.sin(2 * np.pi * 330 * time) * (time % 1 < 0.5)
    sound[:: 48_000 // 7] += 0.6
    sound += 0.1 * chance.standard_normal(len(time)) * (time % 2 > 1.5)
    sound[len(sound) // 2 : len(sound) * 3 // 4] = 0
    return sound.astype(np.float32)


def single(pcm: Sound, path: Path) -> Sound:
    """Return a sound as one channel of AAC gives it again, encoded and decoded by FFmpeg."""
    with av.open(str(path), "w") as target:
        stream = target.add_stream("aac")
        set_up(stream.codec_context, "mono")
        for start in range(0, len(pcm), PACKET):
            part = np.zeros((1, PACKET), np.float32)
            part[0, : len(pcm[start:])] = pcm[start : start + PACKET]
            frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 48_000, start
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return np.asarray(read(path)[0][0])


def test_one_channel_is_heard_on_both_sides_just_as_it_was_encoded(tmp_path: Path) -> None:
    pcm = restless(8)
    encode_block(pcm, 0, packets_for(len(pcm)), tmp_path / "two.packets")
    sides, _ = read(in_a_container(tmp_path / "two.packets"))
    alone = single(pcm, tmp_path / "one.m4a")
    assert len(sides) == 2
    assert np.array_equal(sides[0], sides[1])
    assert np.array_equal(alone[: len(pcm)], sides[0, PACKET : PACKET + len(pcm)])
    error = sides[0, PACKET : PACKET + len(pcm)] - pcm
    assert 10 * np.log10((pcm**2).mean() / (error**2).mean()) > 15


@pytest.mark.skipif(not shutil.which("faad"), reason="needs faad")
def test_another_decoder_hears_the_same(tmp_path: Path) -> None:
    pcm = restless(8)
    path = tmp_path / "two.packets"
    encode_block(pcm, 0, packets_for(len(pcm)), path)
    film, heard = str(in_a_container(path)), str(tmp_path / "a.wav")
    subprocess.run(["faad", "-q", "-b", "4", "-o", heard, film], check=True)
    ours, theirs = read(Path(film))[0], read(Path(heard))[0]
    ours = ours[:, ours.shape[1] - theirs.shape[1] :]  # it leaves out the encoder's priming
    assert np.array_equal(theirs[0], theirs[1])
    assert np.abs(ours - theirs).max() < 1e-4


def test_what_is_not_one_channel_alone_is_not_doubled(tmp_path: Path) -> None:
    encode_block(music(1), 0, 10, tmp_path / "a.packets")
    with pytest.raises(twin.NotSingle):
        twin.doubled(packets.read(tmp_path / "a.packets")[5])


@pytest.mark.parametrize("content", [b"", b"\x02\0\0\0", b"\x01\0\0\0\x03\0\0\0ab", b"\0\0\0\0a"])
def test_a_file_that_is_not_as_packets_are_written_is_refused(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "a.packets").write_bytes(content)
    with pytest.raises(NoSegment):
        packets.read(tmp_path / "a.packets")


def test_packets_are_as_they_were_written(tmp_path: Path) -> None:
    packets.write([b"ab", b"", b"cde"], tmp_path / "a.packets")
    packets.write([b"f"], tmp_path / "b.packets")
    files = [tmp_path / name for name in ("a.packets", "b.packets", "a.packets")]
    assert packets.joined(files, tmp_path / "c.packets") == 7
    assert [b"ab", b"", b"cde", b"f", b"ab", b"", b"cde"] == packets.read(tmp_path / "c.packets")


def test_sound_given_in_one_go_gives_the_packets_that_it_gives_bit_by_bit(tmp_path: Path) -> None:
    pcm = restless(3)
    encode_block(pcm, 0, packets_for(len(pcm)), tmp_path / "a.packets")
    context = av.CodecContext.create("aac", "w")
    set_up(context, "mono")
    found: list[bytes] = []
    for start in range(0, len(pcm), PACKET):
        part = np.zeros((1, PACKET), np.float32)
        part[0, : len(pcm[start:])] = pcm[start : start + PACKET]
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="mono")
        frame.sample_rate, frame.pts = 48_000, start
        found += map(bytes, context.encode(frame))
    found += map(bytes, context.encode(None))
    assert list(map(twin.doubled, found)) == packets.read(tmp_path / "a.packets")


@both
@pytest.mark.parametrize(("before", "after"), [(0, 2.5), (2.5, 0), (1.01, 3.3), (0.01, 0.02)])
def test_silence_at_the_ends_is_as_if_it_were_encoded(
    tmp_path: Path, pcm: Sound, before: float, after: float
) -> None:
    gaps = [np.zeros((int(each * 48_000), *pcm.shape[1:]), np.float32) for each in (before, after)]
    sound = np.concatenate([gaps[0], pcm[: 48_000 * 4], gaps[1]])
    encode_block(sound, 0, packets_for(len(sound)), tmp_path / "a.packets")
    alone = ratio(pcm[: 48_000 * 4], errors_of(pcm[: 48_000 * 4], tmp_path))
    error = errors(tmp_path / "a.packets", sound)
    assert ratio(sound, error) == pytest.approx(alone, abs=0.5)
    first, last = len(gaps[0]), len(sound) - len(gaps[1])
    assert [0, 0] == [
        np.count_nonzero(part) for part in (error[: max(0, first - 4096)], error[last + 4096 :])
    ]


def errors_of(pcm: Sound, folder: Path) -> Sound:
    encode_block(pcm, 0, packets_for(len(pcm)), folder / "alone.packets")
    return errors(folder / "alone.packets", pcm)


def test_silence_alone_is_the_same_packet_again_and_again(tmp_path: Path) -> None:
    for name, pcm in {
        "mono": np.zeros(30_000, np.float32),
        "both": np.zeros((30_000, 2), np.float32),
    }.items():
        encode_block(pcm, 3, 20, tmp_path / name)
        assert 1 == len(set(packets.read(tmp_path / name)))
        assert np.count_nonzero(read(in_a_container(tmp_path / name))[0]) == 0


@pytest.mark.parametrize("kind", ["white", "square", "clicks"])
def test_no_packet_is_larger_than_decoders_have_room_for(tmp_path: Path, kind: str) -> None:
    chance = np.random.default_rng(1)
    noise = chance.uniform(-1, 1, 96_000).astype(np.float32)
    pcm = {"white": noise, "square": np.sign(noise), "clicks": np.where(noise > 0.98, 1, 0)}[kind]
    encode_block(pcm.astype(np.float32), 0, 90, tmp_path / "a.packets")
    assert max(map(len, packets.read(tmp_path / "a.packets"))) * 8 <= 2 * 6144
    assert read(in_a_container(tmp_path / "a.packets"))[0].shape == (2, 90 * PACKET)


def at_192(pcm: Sound, path: Path) -> Sound:
    """Return one channel as FFmpeg gives it again that is told no more than 192 kb/s, for both sides."""
    with av.open(str(path), "w") as target:
        stream = target.add_stream("aac", rate=48_000, layout="stereo", bit_rate=192_000)
        for start in range(0, len(pcm), PACKET):
            sides = np.stack([pcm[start : start + PACKET]] * 2)
            frame = av.AudioFrame.from_ndarray(sides, format="fltp", layout="stereo")
            frame.sample_rate, frame.pts = 48_000, start
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return np.asarray(read(path)[0][0])


def test_one_channel_is_finer_than_at_192_kb_a_second(tmp_path: Path) -> None:
    for index, pcm in enumerate((music(4)[:, 0], restless(4))):
        pcm = pcm[: len(pcm) // PACKET * PACKET]
        encode_block(pcm, 0, packets_for(len(pcm)), tmp_path / "a.packets")
        theirs = at_192(pcm, tmp_path / f"{index}.m4a")[: len(pcm)] - pcm
        assert ratio(pcm, errors(tmp_path / "a.packets", pcm)) > ratio(pcm, theirs) + 3
