"""All that is heard in one film: takes, two voices, music; and who can be heard at all."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import wave
from pathlib import Path

import imageio_ffmpeg
import numpy as np
import pytest
from click.testing import CliRunner

from renderer import doctor
from renderer.cli import check, voices
from renderer.cli.playing import play
from renderer.errors import MissingError, Place
from renderer.letters import letters_of, written_in
from renderer.loudness import loudness, true_peak
from renderer.media.pcm import Sound, opened, write
from renderer.misfits import misfits, untimed
from renderer.mix import Mix
from renderer.nouns import Line, Voice
from renderer.render import Options, compile_spec, render
from renderer.sound import mixed
from renderer.spec import load
from renderer.store import Store
from renderer.voice import speak_all

FILM = """
version: 1
size: 320x180
fps: 12
voice: {engine: espeak}
music: {generate: calm}
scenes:
  - id: own
    say: {text: "In one hour the Earth receives more light than the world needs in a year.", audio: takes/own.wav}
  - id: second
    voice: {name: English (Great Britain), pitch: 0.8}
    say: ["A panel on the roof runs a fridge.", {text: "Twenty panels run a house.", voice: {rate: 0.9}}]
    tail: 3s
  - id: third
    say: And now it is your turn, so begin with the roof that you have.
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("store"))


@pytest.fixture
def film(tmp_path: Path, store: Store) -> Path:
    """A spec with a take that is too quiet, noisy, and has silence at its ends."""
    text = "In one hour the Earth receives more light than the world needs in a year."
    line = Line(text, Voice("espeak", "en", pitch=1.3), Place("f", 1, 1))
    (cue,) = speak_all([line], store, lambda *_: None)
    voice = opened(cue.sound).stretch(0, cue.samples) * np.float32(0.05)
    quiet = np.zeros(48_000, np.float32)
    noise = 0.0003 * np.random.default_rng(4).standard_normal(len(voice) + 96_000)
    (tmp_path / "takes").mkdir()
    take = np.concatenate([quiet, voice, quiet]) + noise.astype(np.float32)
    write(tmp_path / "takes/own.wav", [take], stereo=False)
    (tmp_path / "film.yaml").write_text(FILM, encoding="utf-8")
    return tmp_path / "film.yaml"


def jumps(sound: Sound) -> Sound:
    """Return how far each sample is from what the two before it lead to expect."""
    return np.abs(np.diff(sound.astype(np.float64), 2, axis=0)).max(axis=1)  # type: ignore[no-any-return]


def test_takes_two_voices_and_music_are_one_soundtrack(film: Path, store: Store) -> None:
    timeline = compile_spec(film, Options(), store).timeline
    mix = mixed(timeline.soundtrack, store)
    sound = mix.pcm(0, mix.samples)
    under = Mix([], mix.samples, mix.bed, mix.gain).pcm(0, mix.samples)
    spans = [(said.start, said.start + said.cue.samples) for said in timeline.cues]
    assert ["recording", "espeak", "espeak", "espeak"] == [s.cue.engine for s in timeline.cues]
    assert 2 == len({said.cue.voice for said in timeline.cues[1:]})
    assert pytest.approx(loudness(sound), abs=0.5) == -16.0
    assert true_peak(sound) <= -1.5
    for first, last in spans:
        above = loudness(sound[first:last]) - loudness(under[first:last])
        assert 12 <= above <= 18.5


def test_no_seam_can_be_heard(film: Path, store: Store) -> None:
    timeline = compile_spec(film, Options(), store).timeline
    mix = mixed(timeline.soundtrack, store)
    moves = jumps(mix.pcm(0, mix.samples))
    usual = float(np.quantile(moves, 0.999))
    edges = [at for said in timeline.cues for at in (said.start, said.start + said.cue.samples)]
    seams = [*edges, *range(480_000, mix.samples, 480_000)]
    assert [] == [at for at in seams if moves[max(0, at - 240) : at + 240].max() > usual]


def test_the_same_film_sounds_the_same_when_all_is_made_anew(film: Path, tmp_path: Path) -> None:
    made = []
    for name in ("a", "b"):
        render(film, tmp_path / f"{name}.mp4", Options(store=tmp_path / name, processes=1))
        made.append((tmp_path / f"{name}.mp4").read_bytes())
    assert made[0] == made[1]
    said = judged(tmp_path / "a.mp4")
    assert pytest.approx(said["I"], abs=0.5) == -16.0
    assert said["Peak"] <= -1.0


def judged(path: Path) -> dict[str, float]:
    """Return what FFmpeg's own meter says of a film: `I` in LUFS, `Peak` in dBTP."""
    meter = ["-i", str(path), "-vn", "-af", "ebur128=peak=true", "-f", "null", "-"]
    program = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-hide_banner"]
    done = subprocess.run([*program, *meter], capture_output=True, text=True, check=True)
    summary = done.stderr.rpartition("Summary:")[2]
    found = re.findall(r"(I|Peak):\s+(-?[\d.]+) (?:LUFS|dBFS)", summary)
    return {name: float(value) for name, value in found}


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Hello", "latin"),
        ("مرحبا GW", "arabic"),
        ("привет", "cyrillic"),
        ("שלום", "hebrew"),
        ("漢字", "cjk"),
        ("नमस्ते", "devanagari"),
        ("42 %", "latin"),
    ],
)
def test_letters_are_told_apart(text: str, letters: str) -> None:
    assert letters == letters_of(text)


def test_a_language_is_written_in_its_letters() -> None:
    assert [("arabic",), ("arabic",), ("latin",)] == [
        written_in(lang) for lang in ("ar-EG", "fa", "en-gb")
    ]


@pytest.mark.parametrize(
    ("text", "voice", "expected"),
    [
        ("مرحبا بالعالم", Voice("espeak", "en"), "voice-language"),
        ("Привет, мир", Voice("espeak", "ar"), "voice-language"),
        ("مرحبا", Voice("espeak", "ar", name="English (America)"), "voice-language"),
        ("مرحبا", Voice("espeak", "en", name="Arabic"), ""),
        ("مرحبا", Voice("espeak", "ar"), ""),
        ("مرحبا", Voice("silent", "en"), ""),
        ("Hello GW", Voice("espeak", "ar"), ""),
    ],
)
def test_a_voice_that_cannot_read_the_letters_is_told(
    store: Store, text: str, voice: Voice, expected: str
) -> None:
    found = misfits([Line(text, voice, Place("f", 1, 1))], store)
    assert expected == "".join(problem.code for problem in found)


@pytest.mark.parametrize(
    ("lang", "names", "expected"),
    [
        ("fr", ["German"], "the film is in 'fr', which the voice 'German' does not speak"),
        ("fr", ["German", "French (France)"], ""),
        ("de", ["German"], ""),
        ("en", [""], ""),
    ],
)
def test_voices_that_all_speak_another_language_are_told(
    store: Store, lang: str, names: list[str], expected: str
) -> None:
    lines = [Line("Bonjour", Voice("espeak", lang, name=name), Place("f", 1, 1)) for name in names]
    assert expected == "".join(problem.message for problem in misfits(lines, store))


def test_check_tells_of_a_voice_that_cannot_read(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text(
        "version: 1\nvoice: {engine: espeak}\nscenes:\n  - text: Hi\n    say: مرحبا بالعالم\n",
        encoding="utf-8",
    )
    done = CliRunner().invoke(check.command, [str(tmp_path / "film.yaml")], standalone_mode=False)
    assert "film.yaml:5:10: warning[voice-language]: this text is in arabic letters" in done.output


def heard(*arguments: str) -> str:
    done = CliRunner().invoke(voices.command, arguments)
    assert 0 == done.exit_code, done.output
    return done.stdout


def test_voices_say_a_sentence_into_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "samples"
    heard("--lang", "ar", "--sample", str(folder))
    assert {"espeak-Arabic.wav", "pyttsx3-Arabic.wav"} == {each.name for each in folder.iterdir()}
    with wave.open(str(folder / "espeak-Arabic.wav")) as file:
        assert file.getnframes() > 2 * 48_000


def test_voices_can_be_chosen_by_engine_and_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    found = json.loads(heard("--engine", "espeak", "--name", "arabic", "--json"))
    assert [("espeak", "Arabic", ["ar"])] == [
        (each["engine"], each["name"], each["languages"]) for each in found
    ]


def test_a_server_without_a_key_is_not_listed_as_a_voice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("REELSPEC_TTS_KEY", "OPENAI_API_KEY", "REELSPEC_TTS_URL"):
        monkeypatch.delenv(name, raising=False)
    listed = json.loads(heard("--lang", "ar", "--json"))
    assert "openai" not in {each["engine"] for each in listed}
    monkeypatch.setenv("REELSPEC_TTS_KEY", "sk-secret")
    assert 11 == len(json.loads(heard("--engine", "openai", "--json")))


PLAYER = pytest.mark.skipif(sys.platform == "win32", reason="Windows plays by itself")


def player(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a player of sound files where programs are looked for, and nothing else."""
    (folder / "bin").mkdir()
    (folder / "bin/aplay").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / "bin/aplay").chmod(0o755)
    monkeypatch.setenv("PATH", str(folder / "bin"))


@PLAYER
def test_a_voice_is_played_by_the_system_s_player(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    player(tmp_path, f'echo "$@" > "{tmp_path}/played"', monkeypatch)
    heard("--engine", "espeak", "--name", "Arabic", "--play")
    option, file = (tmp_path / "played").read_text(encoding="utf-8").split()
    assert ("-q", "espeak-Arabic.wav") == (option, Path(file).name)


@PLAYER
@pytest.mark.parametrize(
    ("script", "says"),
    [("echo no card >&2; exit 1", "aplay cannot play: no card"), ("", "no program here")],
)
def test_without_a_player_that_works_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, says: str
) -> None:
    player(tmp_path, script, monkeypatch)
    if not script:
        (tmp_path / "bin/aplay").unlink()
    with pytest.raises(MissingError, match=says):
        play(tmp_path / "a.wav")


def test_doctor_says_what_voices_lack_and_how_they_get_it(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("REELSPEC_TTS_KEY", "OPENAI_API_KEY", "REELSPEC_TTS_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("REELSPEC_VOICE_COMMAND", "")
    found = {one.name: one for one in doctor.findings(store)}
    assert found["voice espeak"].works
    assert not found["voice openai"].works
    assert "holds a key" in found["voice openai"].detail
    assert "REELSPEC_VOICE_COMMAND does not say" in found["voice command"].detail
    assert not any(found[f"voice {name}"].needed for name in ("openai", "command", "piper"))


TAKEN = "say: {audio: take.wav, text: A recorded line.}"
THAI = "say: แสงอาทิตย์"


@pytest.mark.parametrize(
    ("say", "lang", "first", "second"),
    [
        (TAKEN, "en", ["estimated-words"], ["estimated-words"]),
        (THAI, "th", [], ["shared-words"]),
        ("say: Plain words.", "en", [], []),
    ],
    ids=["recording", "thai", "plain"],
)
def test_check_tells_of_karaoke_without_times(
    tmp_path: Path, say: str, lang: str, first: list[str], second: list[str]
) -> None:
    """A line that was spoken before is known; a recording always is."""
    with wave.open(str(tmp_path / "take.wav"), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        tone = np.sin(np.arange(48_000) * 0.03) * 9000
        file.writeframes(tone.astype("<i2").tobytes())
    spec = tmp_path / "film.yaml"
    spec.write_text(
        f"version: 1\nlang: {lang}\nvoice: {{engine: espeak}}\ncaptions: karaoke\nscenes:\n  - {say}\n",
        encoding="utf-8",
    )
    loaded, kept = load(spec), Store(tmp_path / ".render")

    before = [problem.code for problem in untimed(loaded.scenes, kept)]
    speak_all(loaded.lines, kept, lambda *_: None)
    after = [problem.code for problem in untimed(loaded.scenes, kept)]

    assert (first, second) == (before, after)
