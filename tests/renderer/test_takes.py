"""Recorded narration: found, trimmed, levelled, aligned; its marks; the list to read from."""

from __future__ import annotations

import csv
import wave
from pathlib import Path

import av
import numpy as np
import pytest
from click.testing import CliRunner

from renderer import timewarp
from renderer.aligning import aligned
from renderer.cli.lines import command
from renderer.errors import AssetError, Place, SpecError, Stop, UsageError
from renderer.loudness import loudness
from renderer.media.pcm import Sound, opened
from renderer.nouns import Cue, Line, Voice
from renderer.render import Options, compile_spec
from renderer.store import Store
from renderer.timeline import Timeline
from renderer.voice import speak_all

SECOND = 48_000
PARAGRAPH = (
    "Light strikes the silicon, and some electrons come free. A field inside the cell, built in "
    "when it was made, pushes them to one side; what flows there is a current."
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return Store(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def said(store: Store) -> Cue:
    """A spoken paragraph whose word times are known, in place of a person."""
    line = Line(PARAGRAPH, Voice("espeak", "en"), Place("f", 1, 1))
    return speak_all([line], store, lambda *_: None)[0]


def voice_of(cue: Cue) -> Sound:
    return opened(cue.sound).stretch(0, cue.samples)


def take(
    path: Path,
    sound: Sound,
    *,
    before: float = 0.0,
    after: float = 0.0,
    level: float = 0.3,
    codec: str = "",
    rate: int = 0,
) -> None:
    """Write a recording as microphones give it: stereo, 44.1 kHz, with a room around the voice."""
    rng = np.random.default_rng(9)
    quiet = np.zeros(int(before * SECOND), np.float32), np.zeros(int(after * SECOND), np.float32)
    whole = np.concatenate([quiet[0], level * sound, quiet[1]])
    whole += 0.0006 * rng.standard_normal(len(whole)).astype(np.float32)
    codecs = {
        ".wav": "pcm_s16le",
        ".mp3": "libmp3lame",
        ".flac": "flac",
        ".opus": "libopus",
        ".m4a": "aac",
    }
    rate = rate or (48_000 if path.suffix == ".opus" else 44_100)
    with av.open(str(path), "w") as target:
        stream = target.add_stream(codec or codecs[path.suffix], rate=rate, layout="stereo")
        assert isinstance(stream, av.AudioStream)
        frame = av.AudioFrame.from_ndarray(np.stack([whole, whole]), format="fltp", layout="stereo")
        frame.sample_rate = SECOND
        convert = av.AudioResampler(
            stream.format, "stereo", rate, stream.codec_context.frame_size or 1024
        )
        for each in (frame, None):
            for part in convert.resample(each):
                target.mux(stream.encode(part))
        target.mux(stream.encode(None))


def compiled(folder: Path, text: str, store: Store, **how: object) -> Timeline:
    (folder / "film.yaml").write_text(f"version: 1\nvoice: {{engine: silent}}\n{text}", "utf-8")
    options = Options(store=store.folder, **how)  # type: ignore[arg-type]
    return compile_spec(folder / "film.yaml", options, store).timeline


def only_cue(timeline: Timeline) -> Cue:
    ((spoken,),) = [shot.cues for shot in timeline.shots]
    return spoken.cue


RECORDED = "scenes:\n  - say: {text: '" + PARAGRAPH + "', audio: takes/a.wav}\n"


@pytest.mark.parametrize("ending", ["wav", "mp3", "flac", "opus", "m4a"])
def test_a_take_is_trimmed_and_brought_to_the_level_of_a_line(
    tmp_path: Path, store: Store, said: Cue, ending: str
) -> None:
    (tmp_path / "takes").mkdir()
    take(tmp_path / f"takes/a.{ending}", voice_of(said), before=1.3, after=2.1, level=0.05)
    cue = only_cue(compiled(tmp_path, RECORDED.replace("a.wav", f"a.{ending}"), store))
    assert ("recording", True) == (cue.engine, cue.estimated)
    assert pytest.approx(cue.samples / SECOND, abs=0.25) == said.samples / SECOND
    assert pytest.approx(cue.cut / SECOND, abs=0.2) == 1.3 - 0.1
    assert pytest.approx(loudness(voice_of(cue)), abs=0.5) == -16.0


@pytest.mark.parametrize(
    ("codec", "rate"),
    [("pcm_u8", 8000), ("pcm_s24le", 22_050), ("pcm_s32le", 96_000), ("pcm_f32le", 48_000)],
)
def test_a_take_may_have_any_depth_and_rate(
    tmp_path: Path, store: Store, said: Cue, codec: str, rate: int
) -> None:
    (tmp_path / "takes").mkdir()
    take(tmp_path / "takes/a.wav", voice_of(said), before=1.0, codec=codec, rate=rate)
    cue = only_cue(compiled(tmp_path, RECORDED, store))
    assert pytest.approx(cue.samples / SECOND, abs=0.25) == said.samples / SECOND
    assert pytest.approx(loudness(voice_of(cue)), abs=0.5) == -16.0


@pytest.mark.parametrize(
    ("lang", "name", "text"),
    [
        ("en", "English (Great Britain)", PARAGRAPH),
        ("ar", "Arabic", "ظهرت أول خلية شمسية عام 1954، وكانت تحول 6% من الضوء إلى كهرباء."),
    ],
)
def test_words_are_found_in_the_take(
    tmp_path: Path, store: Store, lang: str, name: str, text: str
) -> None:
    voice = Voice("espeak", lang, name=name, rate=0.8, pitch=1.4)
    (spoken,) = speak_all([Line(text, voice, Place("f", 1, 1))], store, lambda *_: None)
    (tmp_path / "takes").mkdir()
    take(tmp_path / "takes/a.wav", voice_of(spoken), before=0.9)
    cue = only_cue(compiled(tmp_path, f"lang: {lang}\n{RECORDED.replace(PARAGRAPH, text)}", store))
    shift = round(900 - cue.cut / 48)
    errors = [abs(a.start - b.start - shift) for a, b in zip(cue.words, spoken.words, strict=True)]
    assert [(w.first, w.last) for w in spoken.words] == [(w.first, w.last) for w in cue.words]
    assert float(np.median(errors)) < 50
    assert max(errors) < 250


def test_a_take_in_other_letters_than_its_language_is_still_aligned(
    tmp_path: Path, store: Store, said: Cue
) -> None:
    (tmp_path / "takes").mkdir()
    take(tmp_path / "takes/a.wav", voice_of(said))
    cue = only_cue(compiled(tmp_path, f"lang: ar\n{RECORDED}", store))
    starts = [word.start for word in cue.words]
    assert len(PARAGRAPH.split()) == len(starts)
    assert sorted(starts) == starts


def test_long_sounds_are_laid_over_one_another_coarsely_first(
    said: Cue, monkeypatch: pytest.MonkeyPatch
) -> None:
    sound = voice_of(said)
    pause = np.zeros(SECOND, np.float32)
    paused = np.concatenate([sound[: 3 * SECOND], pause, sound[3 * SECOND :]])
    exactly = timewarp.warped(sound, paused)
    monkeypatch.setattr(timewarp, "_MOST", 1000)
    coarsely = timewarp.warped(sound, paused)
    assert len(exactly) == -(-len(sound) // timewarp.STEP)
    assert float(np.median(np.abs(exactly - coarsely))) <= 2
    assert pytest.approx([100, 500], abs=3) == [exactly[100], exactly[400]]
    assert [] == [at for at, step in enumerate(np.diff(exactly)) if step < 0]


def test_a_pause_that_no_clause_ends_in_belongs_to_its_clause() -> None:
    voiced = [True] * 30 + [False] * 40 + [True] * 30 + [False] * 40 + [True] * 60
    starts = [start for start, _, _ in aligned("aaa aaa, bbb bbb", voiced, 10)]
    assert (0, 1400) == (starts[0], starts[2])
    assert starts[1] < 1000


@pytest.mark.parametrize("text", ["", "one", "one, two, three, four", "... !"])
def test_any_text_can_be_aligned_with_any_sound(text: str) -> None:
    for voiced in ([], [False] * 50, [True] * 5, ([True] + [False] * 30) * 40):
        starts = [start for start, _, _ in aligned(text, voiced, 10)]
        assert len(text.split()) == len(starts)
        assert sorted(starts) == starts


def test_marks_are_times_in_the_file(tmp_path: Path, store: Store, said: Cue) -> None:
    (tmp_path / "takes").mkdir()
    take(tmp_path / "takes/a.wav", voice_of(said), before=1.0)
    text = RECORDED.replace("a.wav", "a.wav, marks: {now: 2.5s}")
    text += "    layers: [{text: Now, at: now}]\n"
    timeline = compiled(tmp_path, text, store)
    (spoken,) = timeline.shots[0].cues
    (layer,) = [one for one in timeline.shots[0].layers if one.kind == "text"]
    heard = spoken.start + 2.5 * SECOND - spoken.cue.cut
    assert pytest.approx(layer.first, abs=0.51) == heard / SECOND * 30


def test_a_mark_after_the_end_is_told(tmp_path: Path, store: Store, said: Cue) -> None:
    (tmp_path / "takes").mkdir()
    take(tmp_path / "takes/a.wav", voice_of(said))
    with pytest.raises(SpecError, match="the mark 'now' is at 1:30"):
        compiled(tmp_path, RECORDED.replace("a.wav", "a.wav, marks: {now: 1:30}"), store)


@pytest.mark.parametrize("content", [b"", b"no sound", bytes(44) + b"RIFF"])
def test_a_take_that_is_no_sound_is_told_with_its_place(
    tmp_path: Path, store: Store, content: bytes
) -> None:
    (tmp_path / "takes").mkdir()
    (tmp_path / "takes/a.wav").write_bytes(content)
    with pytest.raises(AssetError) as stopped:
        compiled(tmp_path, RECORDED, store)
    (problem,) = stopped.value.problems
    assert ("bad-sound", 4) == (problem.code, problem.place.line)  # type: ignore[union-attr]
    assert str(tmp_path) not in problem.message


def test_silence_is_no_take(tmp_path: Path, store: Store) -> None:
    (tmp_path / "takes").mkdir()
    with wave.open(str(tmp_path / "takes/a.wav"), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * SECOND))
    with pytest.raises(AssetError, match="its sound is silence"):
        compiled(tmp_path, RECORDED, store)


@pytest.mark.parametrize(
    ("say", "code"),
    [
        ("{voice: {rate: 1}}", "missing"),
        ("{text: Hello, marks: {a: 1s}}", "conflict"),
        ("{text: Hello, audio: gone.wav}", "missing-file"),
        ("{text: Hello, audio: ../a.wav}", "outside-root"),
        ("{text: Hello, audio: gone.wav, marks: {a: soon}}", "bad-time"),
    ],
)
def test_what_is_wrong_about_a_recording_is_told(
    tmp_path: Path, store: Store, say: str, code: str
) -> None:
    with pytest.raises(Stop) as stopped:
        compiled(tmp_path, f"scenes:\n  - say: {say}\n", store)
    assert code in [problem.code for problem in stopped.value.problems]


SCENES = """scenes:
  - {id: hook, say: "First line. Second [[two]] line."}
  - {id: close, say: The end.}
"""


def test_takes_are_found_by_the_names_of_their_lines(
    tmp_path: Path, store: Store, said: Cue
) -> None:
    folder = tmp_path / "takes"
    folder.mkdir()
    take(folder / "hook-2.flac", voice_of(said)[: 2 * SECOND])
    take(folder / "close.wav", voice_of(said)[: 2 * SECOND])
    timeline = compiled(tmp_path, SCENES, store, takes=folder)
    engines = [(spoken.cue.text, spoken.cue.engine) for spoken in timeline.cues]
    assert [
        ("First line.", "silent"),
        ("Second line.", "recording"),
        ("The end.", "recording"),
    ] == engines


def test_one_take_may_hold_all_that_a_scene_says(tmp_path: Path, store: Store, said: Cue) -> None:
    folder = tmp_path / "takes"
    folder.mkdir()
    take(folder / "hook.wav", voice_of(said))
    timeline = compiled(tmp_path, SCENES, store, takes=folder)
    assert "First line. Second line." == timeline.cues[0].cue.text
    assert 4 == len(timeline.cues[0].cue.words)


def test_takes_outside_the_root_are_refused(tmp_path: Path, store: Store, said: Cue) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "out").mkdir()
    take(tmp_path / "out/hook.wav", voice_of(said)[:SECOND])
    with pytest.raises(UsageError, match="outside"):
        compiled(tmp_path / "in", SCENES, store, takes=tmp_path / "out")
    with pytest.raises(UsageError, match="no folder"):
        compiled(tmp_path / "in", SCENES, store, takes=tmp_path / "gone")


def written(folder: Path, *arguments: str) -> str:
    (folder / "film.yaml").write_text(f"version: 1\n{SCENES}", encoding="utf-8")
    done = CliRunner().invoke(command, [str(folder / "film.yaml"), *arguments])
    assert 0 == done.exit_code, done.output
    return done.output


def test_the_lines_to_read_are_numbered_and_named(tmp_path: Path) -> None:
    text = written(tmp_path)
    assert "1. hook-1  (0.7 s)\n   First line.\n" in text
    assert text.endswith("3 lines, about 2 s; 0 recorded\n")
    assert "## close\n\n3. The end." in written(tmp_path, "--format", "markdown")


def test_the_list_says_what_is_recorded(tmp_path: Path, said: Cue) -> None:
    (tmp_path / "takes").mkdir()
    take(tmp_path / "takes/hook-1.wav", voice_of(said)[:SECOND])
    out = tmp_path / "lines.csv"
    written(tmp_path, "--format", "csv", "-o", str(out), "--takes", str(tmp_path / "takes"))
    rows = list(csv.DictReader(out.open(encoding="utf-8")))
    assert ["hook-1.wav", "", ""] == [row["recorded"] for row in rows]
    assert ["First line.", "Second line.", "The end."] == [row["text"] for row in rows]
