"""The mix: exact places, loudness held against ffmpeg's meter, true peak, edits that stay local."""

from __future__ import annotations

import re
import subprocess
import wave
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import numpy.typing as npt
import pytest

from renderer.errors import Place
from renderer.loudness import Meter, amplitude, limited, loudness, true_peak
from renderer.mastering import Survey, mastered
from renderer.media.pcm import opened
from renderer.mix import BLOCK, RUN_IN, Block, Mix, Placed, blocks
from renderer.nouns import Cue, Line, Voice
from renderer.store import Store
from renderer.voice import speak_all

Sound = npt.NDArray[np.float32]

SENTENCES = [
    ("en", "In one hour the Earth receives about as much energy as the world needs in a year."),
    ("ar", "يصطدم الضوء بطبقة السيليكون فتتحرر الإلكترونات، ثم يوجهها المجال الكهربائي."),
    ("en", "A panel on the roof runs a fridge, and twenty panels run a house."),
    ("en", "No."),
]


@pytest.fixture(scope="module")
def cues(tmp_path_factory: pytest.TempPathFactory) -> list[Cue]:
    lines = [Line(text, Voice("espeak", lang), Place("f", 1, 1)) for lang, text in SENTENCES]
    return speak_all(lines, Store(tmp_path_factory.mktemp("store")), lambda *_: None)


def in_a_row(cues: list[Cue], gap: int = 24_000) -> tuple[list[Placed], int]:
    placed, at = [], gap
    for cue in cues:
        placed.append(Placed(opened(cue.sound), at))
        at += cue.samples + gap
    return placed, at


def mix(placed: list[Placed], samples: int, target: float) -> Sound:
    return mastered(Mix(placed, samples), target).pcm(0, samples)


def cut(pcm: Sound) -> list[Block]:
    return list(blocks(len(pcm), lambda first, last: pcm[first:last]))


def write(path: Path, pcm: Sound) -> Path:
    with wave.open(str(path), "wb") as file:
        file.setparams((pcm.shape[1] if pcm.ndim == 2 else 1, 2, 48_000, 0, "NONE", ""))
        file.writeframes(np.round(pcm * 32767).astype("<i2").tobytes())
    return path


def measured(path: Path) -> tuple[float, float]:
    """Return the integrated loudness and the true peak by ffmpeg's meter."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostats", "-i", str(path)]
    command += ["-af", "ebur128=peak=true", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = said[said.rindex("Summary:") :]
    found = [re.search(rf"{name}:\s+(-?[\d.]+)", summary) for name in ("I", "Peak")]
    return tuple(float(match[1]) for match in found if match)  # type: ignore[return-value]


def tone(seconds: float, level: float, hertz: float = 997) -> Sound:
    time = np.arange(int(seconds * 48_000)) / 48_000
    return (level * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


@pytest.mark.parametrize("target", [-16.0, -23.0, -14.0])
def test_speech_comes_out_at_the_target_by_another_meter(
    cues: list[Cue], tmp_path: Path, target: float
) -> None:
    placed, samples = in_a_row(cues)
    level, peak = measured(write(tmp_path / "mix.wav", mix(placed, samples, target)))
    assert target == pytest.approx(level, abs=0.5)
    assert peak <= -1.5


@pytest.mark.parametrize("level", [0.9, 0.1, 0.01])
def test_our_meter_agrees_with_the_other(tmp_path: Path, level: float) -> None:
    sound = np.concatenate([tone(2, level), tone(1, level / 100), tone(1.5, level / 2, 60)])
    stereo = np.repeat(sound[:, None], 2, axis=1)
    assert measured(write(tmp_path / "tone.wav", stereo))[0] == pytest.approx(
        loudness(sound), abs=0.1
    )


def test_a_sine_at_minus_18_dbfs_in_both_channels_measures_minus_18_lufs() -> None:
    assert pytest.approx(loudness(tone(3, amplitude(-18))), abs=0.05) == -18.0


def test_a_peak_between_two_samples_is_seen(tmp_path: Path) -> None:
    time = np.arange(48_000)
    sound = (0.9 * np.sin(np.pi / 2 * time + np.pi / 4)).astype(np.float32)
    assert 20 * np.log10(0.9) == pytest.approx(true_peak(sound[2000:-2000]), abs=0.2)
    assert sound.max() < 0.65


def test_every_line_is_spoken_at_the_same_level(cues: list[Cue]) -> None:
    def read(cue: Cue) -> Sound:
        with wave.open(str(cue.sound)) as file:
            pcm = np.frombuffer(file.readframes(cue.samples), "<i2")
        return pcm.astype(np.float32) / np.float32(32767)

    assert pytest.approx([loudness(read(cue)) for cue in cues], abs=0.3) == [-16.0] * 4
    assert max(true_peak(read(cue)) for cue in cues) <= -1.5


def test_a_cue_begins_at_its_exact_sample(tmp_path: Path) -> None:
    click = np.zeros(4800, np.float32)
    click[0] = 0.5
    path = write(tmp_path / "click.wav", click)
    mixed = mix([Placed(opened(path), 1001), Placed(opened(path), 30_000)], 48_000, -16.0)
    assert np.flatnonzero(mixed[:, 0]).tolist() == [1001, 30_000]


def test_both_channels_are_alike_and_as_long_as_the_film(cues: list[Cue]) -> None:
    placed, samples = in_a_row(cues[:1])
    mixed = mix(placed, samples + 77, -16.0)
    assert (samples + 77, 2) == mixed.shape
    assert np.array_equal(mixed[:, 0], mixed[:, 1])


def test_a_film_with_nothing_to_hear_is_digital_silence() -> None:
    mixed = mix([], 100_000, -16.0)
    assert (np.float32, 100_000, 0) == (mixed.dtype, len(mixed), np.count_nonzero(mixed))


def test_a_cue_that_outlasts_the_film_is_faded_out(tmp_path: Path) -> None:
    path = write(tmp_path / "tone.wav", tone(1, 0.2))
    mixed = mix([Placed(opened(path), 0), Placed(opened(path), 40_000)], 24_000, -16.0)
    assert mixed.shape == (24_000, 2)
    assert abs(mixed[-1, 0]) < 1e-6
    assert np.abs(mixed[-600:-480, 0]).max() > 0.05


def test_an_edit_changes_nothing_a_second_away(cues: list[Cue]) -> None:
    placed, samples = in_a_row(cues * 3)
    changed = [*placed[:5], Placed(placed[0].sound, placed[5].start), *placed[6:]]
    before, after = mix(placed, samples, -16.0), mix(changed, samples, -16.0)
    different = np.flatnonzero((before != after).any(axis=1))
    longest = max(cues[0].samples, cues[1].samples)
    assert placed[5].start - 48_000 < different[0] < different[-1]
    assert different[-1] < placed[5].start + longest + 48_000


def test_the_limiter_keeps_the_ceiling_and_leaves_the_rest_alone() -> None:
    sound = np.concatenate([tone(1, 0.3), tone(0.5, 1.4), tone(1, 0.3)])
    done = limited(sound)
    assert true_peak(done) <= -1.5
    assert np.array_equal(sound[: 48_000 - 2500], done[: 48_000 - 2500])
    assert np.array_equal(sound[72_000 + 2500 :], done[72_000 + 2500 :])
    assert np.abs(done[50_000:70_000]).max() == pytest.approx(amplitude(-1.6), abs=0.01)


def test_what_the_limiter_takes_is_given_back(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    spiky = (0.03 * rng.standard_normal(48_000 * 4)).astype(np.float32)
    spiky[::9600] = 0.9
    path = write(tmp_path / "spiky.wav", spiky)
    mixed = mix([Placed(opened(path), 0)], len(spiky), -16.0)
    assert pytest.approx(loudness(mixed[:, 0]), abs=0.5) == -16.0
    assert true_peak(mixed[:, 0]) <= -1.5


def spoken(cues: list[Cue]) -> Sound:
    placed, samples = in_a_row(cues)
    return Mix(placed, samples).line(0, samples)


@pytest.mark.parametrize("gain", [-3.0, 0.0, 2.0, 6.0, 12.0])
@pytest.mark.parametrize("sides", [1, 2])
def test_loudness_after_a_gain_and_the_limiter_is_known_beforehand(
    cues: list[Cue], gain: float, sides: int
) -> None:
    sound = spoken(cues) if sides == 1 else np.column_stack([spoken(cues), 0.3 * spoken(cues)])
    survey = Survey()
    survey.add(sound)
    done = limited(sound * np.float32(amplitude(gain)))
    assert loudness(done) == pytest.approx(survey.loudness(gain), abs=0.05)


def test_it_is_the_same_however_the_sound_comes(cues: list[Cue]) -> None:
    said = spoken(cues)[: 790 * 960]
    sound = np.concatenate([said, np.zeros(4_800_000, np.float32), said])
    whole, pieces = Survey(), Survey()
    whole.add(sound)
    pieces.add(said[:48_000])
    pieces.add(said[48_000:])
    pieces.pause(4_800_000, stereo=False)
    pieces.add(said)
    assert [whole.loudness(gain) for gain in (0, 3)] == [pieces.loudness(gain) for gain in (0, 3)]


@pytest.mark.parametrize("samples", [0, 1, 47, 4_800, 19_200, 480_001])
def test_silence_of_any_length_has_no_loudness(samples: int) -> None:
    survey = Survey()
    survey.add(np.zeros(samples, np.float32))
    assert [-np.inf, -np.inf] == [survey.loudness(0), survey.loudness(6)]


def test_an_empty_line_measures_as_silence() -> None:
    nothing = np.zeros(0, np.float32)
    assert (-np.inf, -np.inf, 0) == (loudness(nothing), true_peak(nothing), len(limited(nothing)))


@pytest.mark.parametrize("samples", [1, 1024, BLOCK * 1024 - 1024, BLOCK * 1024 - 1023, 2_000_000])
def test_blocks_give_every_packet_of_the_film_once(samples: int) -> None:
    found = cut(np.zeros((samples, 2), np.float32))
    assert -(-samples // 1024) + 1 == sum(block.keep for block in found)
    assert [0] + [RUN_IN] * (len(found) - 1) == [block.drop for block in found]


def test_a_change_in_one_place_changes_the_blocks_around_it_only() -> None:
    pcm = np.repeat(tone(60, 0.2)[:, None], 2, axis=1)
    changed = pcm.copy()
    changed[25 * 48_000] += 0.1
    pairs = zip(cut(pcm), cut(changed), strict=True)
    assert [index for index, (a, b) in enumerate(pairs) if a.digest != b.digest] == [2]


@pytest.mark.parametrize("gap", [0, 1, 4_799, 52_800, 1_000_001])
@pytest.mark.parametrize("stereo", [False, True])
def test_a_pause_measures_as_that_much_silence(gap: int, stereo: bool) -> None:
    sound = np.repeat(tone(1.3, 0.2)[:, None], 2, axis=1) if stereo else tone(1.3, 0.2)
    paused, heard = Meter(), Meter()
    for meter in (paused, heard):
        meter.add(sound)
    paused.pause(gap, stereo=stereo)
    heard.add(np.zeros((gap, *sound.shape[1:]), np.float32))
    for meter in (paused, heard):
        meter.add(sound)
    assert heard.loudness() == paused.loudness()


def test_a_mix_is_silent_where_no_sound_and_no_limiter_reaches(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", tone(1, 1.0))
    whole = Mix([Placed(opened(path), 480_000), Placed(opened(path), 960_000)], 48_000 * 60)
    line = whole.line(0, whole.samples)
    every = list(blocks(whole.samples, whole.stretch, whole.silent))
    seen = list(blocks(whole.samples, whole.stretch))

    assert [False, True] == [whole.silent(481_000, 481_001), whole.silent(600_000, 900_000)]
    assert np.array_equal(limited(line), whole.stretch(0, whole.samples))
    assert [one.digest for one in seen] == [one.digest for one in every]
    assert [bool(one.pcm.any()) for one in every] == [not one.silent for one in every]
