"""Lines to cues with real engines, and with engines that misbehave, in the real child."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import wave
from pathlib import Path

import pytest

from renderer.engines import Engine, installed
from renderer.errors import AssetError, Place, Problem, SpecError
from renderer.nouns import Cue, Line, Voice
from renderer.store import Store
from renderer.voice import Speaker, marks, speak, speak_all

CHAOS = Path(__file__).parent.parent / "chaos"
PLACE = Place("film.yaml", 12, 10)
SENTENCE = "Light strikes the silicon and frees some electrons."
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux alone")
POSIX = pytest.mark.skipif(os.name == "nt", reason="signals and process numbers of POSIX")


def line(text: str, engine: str = "espeak", lang: str = "en", **voice: object) -> Line:
    return Line(text, Voice(engine, lang, **voice), PLACE)  # type: ignore[arg-type]


def spoken(store: Store, asked: Line) -> Cue:
    cue = speak(asked, store)
    assert isinstance(cue, Cue), str(cue)
    return cue


def chaos(store: Store, name: str, patience: float = 60.0) -> Speaker:
    return Speaker(store, {name: Engine(name, CHAOS / f"{name}.py")}, patience)


def shown(cue: Cue) -> list[str]:
    return [cue.text[word.first : word.last] for word in cue.words]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def test_every_written_word_has_a_start_and_starts_never_go_back(store: Store) -> None:
    text = "In 2024, twenty-one GW didn't cost $3.50 - in the end."
    cue = spoken(store, line(text))
    starts = [word.start for word in cue.words]
    assert text.split() == shown(cue)
    assert sorted(starts) == starts
    assert 0 <= starts[0] < starts[-1] < cue.samples / 48


def test_arabic_words_keep_their_order_and_their_letters(store: Store) -> None:
    text = "يصطدم الضوء بطبقة السيليكون، فتتحرر الإلكترونات."
    cue = spoken(store, line(text, "pyttsx3", "ar"))
    starts = [word.start for word in cue.words]
    assert cue.voice == "Arabic"
    assert text.split() == shown(cue)
    assert sorted(set(starts)) == starts


@pytest.mark.parametrize("engine", ["pyttsx3", "espeak"])
def test_word_times_come_from_the_engine(store: Store, engine: str) -> None:
    cue = spoken(store, line(SENTENCE, engine))
    assert (engine, False) == (cue.engine, cue.estimated)


def test_the_sound_is_48_khz_mono_16_bit_and_as_long_as_the_cue_says(store: Store) -> None:
    cue = spoken(store, line(SENTENCE))
    with wave.open(str(cue.sound)) as file:
        found = (file.getframerate(), file.getnchannels(), file.getsampwidth(), file.getnframes())
    assert (48_000, 1, 2, cue.samples) == found


def test_silent_takes_four_tenths_of_a_second_a_word(store: Store) -> None:
    cue = spoken(store, line("One two three", "silent"))
    assert cue.samples == 3 * 19_200
    assert [word.start for word in cue.words] == [0, 400, 800]


def test_auto_is_pyttsx3_where_that_speaks_the_language(store: Store) -> None:
    assert spoken(store, line("Hello there.", "auto")).engine == "pyttsx3"


def test_auto_goes_on_to_espeak_when_pyttsx3_fails(store: Store) -> None:
    engines = {**installed(), "pyttsx3": Engine("pyttsx3", CHAOS / "raises.py")}
    cue = Speaker(store, engines).speak(line("Hello there.", "auto"))
    assert isinstance(cue, Cue)
    assert cue.engine == "espeak"


def test_an_engine_asked_for_by_name_is_not_replaced(store: Store) -> None:
    engines = {**installed(), "pyttsx3": Engine("pyttsx3", CHAOS / "raises.py")}
    found = Speaker(store, engines).speak(line("Hello there.", "pyttsx3"))
    assert isinstance(found, Problem)
    assert "the voice server is asleep" in found.message


def test_say_as_changes_what_is_spoken_and_not_what_is_written(store: Store) -> None:
    text = "About 5 GW, not GWh, were built."
    plain = spoken(store, line(text))
    said = spoken(store, line(text, say_as={"GW": "gigawatts of power"}))
    assert text.split() == shown(said)
    assert said.samples > plain.samples
    assert said.words[3].start - said.words[2].start > plain.words[3].start - plain.words[2].start


def test_a_faster_rate_makes_a_shorter_cue_and_volume_a_quieter_one(store: Store) -> None:
    normal = spoken(store, line(SENTENCE))
    fast = spoken(store, line(SENTENCE, rate="260wpm"))
    quiet = spoken(store, line(SENTENCE, volume=0.5))
    assert 0.55 < fast.samples / normal.samples < 0.8
    assert pytest.approx(peak(quiet) / peak(normal), abs=0.01) == 0.5


def peak(cue: Cue) -> int:
    with wave.open(str(cue.sound)) as file:
        return max(map(abs, memoryview(file.readframes(cue.samples)).cast("h")))


def test_a_mark_is_the_start_of_the_word_that_it_stands_before(store: Store) -> None:
    asked = Line("One two three", Voice("silent", "en"), PLACE, {"start": 0, "two": 4, "end": 13})
    assert marks(spoken(store, asked), asked) == {"start": 0, "two": 400, "end": 1200}


def test_a_spoken_line_loads_neither_numpy_nor_an_engine(store: Store) -> None:
    spoken(store, line(SENTENCE))
    program = (
        "import sys; from pathlib import Path; from renderer.voice import speak;"
        "from renderer.nouns import *; from renderer.store import Store; from renderer.errors import Place;"
        f"cue = speak(Line({SENTENCE!r}, Voice('espeak', 'en'), Place('f', 1, 1)), Store(Path({str(store.folder)!r})));"
        "print(cue.samples > 0, [m for m in ('numpy', 'av', 'pyttsx3', 'espeakng_loader') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "True []"


def test_lines_come_back_in_order_and_progress_is_told(store: Store) -> None:
    told: list[tuple[str, int, int]] = []
    lines = [line(f"Number {n} here", "silent") for n in ("one", "two", "three")]
    cues = speak_all(lines, store, lambda *step: told.append(step))
    assert [each.text for each in lines] == [cue.text for cue in cues]
    assert [("speak", done, 3) for done in range(4)] == told


def test_every_failing_line_is_reported_at_once(store: Store) -> None:
    lines = [line("a b", "espek"), line("c d", lang="xx"), line("e f", name="Arabik")]
    with pytest.raises(SpecError) as caught:
        speak_all(lines, store, lambda *_: None)
    codes = sorted(problem.code for problem in caught.value.problems)
    assert codes == ["no-voice", "unknown-name", "unknown-name"]
    assert caught.value.status == 3


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (line("x", "espek"), "no voice engine is named 'espek'; did you mean 'espeak'?"),
        (line("x", name="Arabik"), "no voice is named 'Arabik'; did you mean 'Arabic'?"),
        (line("x", lang="xx"), "no voice of espeak speaks 'xx'; languages known: af, am,"),
        (line("x", rate="quick"), "a rate of quick cannot be spoken"),
    ],
)
def test_what_no_engine_has_is_a_problem_of_the_line(
    store: Store, asked: Line, expected: str
) -> None:
    found = speak(asked, store)
    assert isinstance(found, Problem)
    assert found.place == PLACE
    assert f"{found.message}; {found.hint}".startswith(expected)


@pytest.mark.parametrize(
    ("engine", "reason"),
    [
        ("writes_nothing", "it wrote no sound file"),
        ("writes_an_empty_file", "its sound file cannot be read"),
        ("writes_silence", "its sound is silence"),
        ("writes_garbage", "its sound file cannot be read"),
        ("truncates", "its sound file is cut off: 9978 of 44100 samples"),
        ("wrong_rate", "its sound lasts 20.0 s where about"),
        ("raises", "RuntimeError: the voice server is asleep"),
        ("gives_up", "it ended with status 1: the licence has run out"),
        pytest.param("eats_memory", "MemoryError", marks=LINUX),
        pytest.param("writes_too_much", "OSError: [Errno 27] File too large", marks=POSIX),
        pytest.param("crashes", "it was ended by signal 11 (SIGSEGV)", marks=POSIX),
    ],
)
def test_an_engine_that_misbehaves_is_a_problem_in_words(
    store: Store, engine: str, reason: str
) -> None:
    found = chaos(store, engine).speak(line(SENTENCE, engine))
    assert isinstance(found, Problem)
    assert (found.code, found.place) == ("voice-failed", PLACE)
    assert (
        f"the voice engine {engine} failed: {reason}"
        == found.message[: 26 + len(engine) + len(reason)]
    )


@POSIX
def test_what_asks_for_too_much_is_told_what_it_may_have(store: Store) -> None:
    found = chaos(store, "writes_too_much").speak(line(SENTENCE, "writes_too_much"))
    assert isinstance(found, Problem)
    assert (
        "a voice may use 4 GB of memory and write 1 GB; shorter sentences need less" == found.hint
    )


def test_an_engine_that_works_without_end_is_ended_too(store: Store) -> None:
    chaos(store, "burns", patience=60).chosen(line("Hi", "burns"))
    found = chaos(store, "burns", patience=0.5).speak(line("Hi", "burns"))
    assert isinstance(found, Problem)
    assert "did not finish within" in found.message


def test_a_failure_ends_speak_all_with_status_5(store: Store) -> None:
    with pytest.raises(AssetError) as caught:
        speak_all([line("a", "raises")], store, lambda *_: None, chaos(store, "raises"))
    assert caught.value.status == 5


def test_an_engine_that_hangs_is_ended_at_its_deadline(store: Store) -> None:
    chaos(store, "hangs", patience=60).chosen(line("Hi", "hangs"))  # its voices are listed in time
    begun = time.monotonic()
    found = chaos(store, "hangs", patience=0.6).speak(line("Hi", "hangs"))
    assert isinstance(found, Problem)
    assert found.message == "the voice engine hangs failed: it did not finish within 2 s"
    assert time.monotonic() - begun < 60


@POSIX
def test_what_a_hanging_engine_started_is_ended_with_it(store: Store, tmp_path: Path) -> None:
    memory = tmp_path / "pid"
    said = line("Hi", "leaves_a_child", str(memory))
    chaos(store, "leaves_a_child").chosen(said)  # its voices are listed in time
    assert isinstance(chaos(store, "leaves_a_child", patience=3.0).speak(said), Problem)
    assert ended(int(memory.read_text(encoding="utf-8")))


def ended(process: int, within: float = 10.0) -> bool:
    """Return whether a process ends within some seconds: a busy system takes its time to kill."""
    last = time.monotonic() + within
    while alive(process) and time.monotonic() < last:
        time.sleep(0.02)
    return not alive(process)


def alive(process: int) -> bool:
    """Return whether a process runs; one that is dead and not yet collected does not."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False
    )
    return state.stdout.strip()[:1] not in ("", "Z")


def test_a_failure_is_tried_once_more(store: Store, tmp_path: Path) -> None:
    memory = tmp_path / "memory"
    cue = chaos(store, "fails_once").speak(line(SENTENCE, "fails_once", str(memory)))
    assert isinstance(cue, Cue)
    assert memory.read_text(encoding="utf-8") == "failed"


def test_what_an_engine_prints_does_not_reach_our_streams(
    store: Store, capfd: pytest.CaptureFixture[str]
) -> None:
    assert isinstance(chaos(store, "prints").speak(line(SENTENCE, "prints")), Cue)
    assert tuple(capfd.readouterr()) == ("", "")


def test_words_that_no_guide_can_read_are_laid_over_the_sound(store: Store) -> None:
    cue = chaos(store, "no_words").speak(line("раз два три сто", "no_words"))
    assert isinstance(cue, Cue)
    assert cue.estimated
    starts = [word.start for word in cue.words]
    assert starts == pytest.approx([30, 500, 1000, 1500], abs=60)


def test_a_line_sounds_the_same_alone_and_after_others(store: Store, tmp_path: Path) -> None:
    lines = [line(f"{word} sentences, one after another.") for word in ("Some", "Many", "Few")]
    in_company = speak_all(lines, store, lambda *_: None)
    alone = spoken(Store(tmp_path / "other"), lines[-1])
    assert in_company[-1].digest == alone.digest


@POSIX
def test_a_line_that_crashes_its_engine_does_not_take_the_others_with_it(
    store: Store, tmp_path: Path
) -> None:
    crash = Engine("crashes_at_boom", tmp_path / "crashes_at_boom.py")
    source = (CHAOS / "no_words.py").read_text(encoding="utf-8")
    source = source.replace(
        "    hum(", "    import os\n    'boom' in text and os.abort()\n    hum(", 1
    )
    crash.path.write_text(source, encoding="utf-8")
    lines = [line(f"some words {last}", crash.name) for last in ("here", "boom", "there", "end")]
    with pytest.raises(AssetError) as caught:
        speak_all(lines, store, lambda *_: None, Speaker(store, {crash.name: crash}))
    assert [problem.message.split("failed: ")[1][:34] for problem in caught.value.problems] == [
        "it was ended by signal 6 (SIGABRT)"
    ]


def test_an_interruption_ends_the_children_at_once(store: Store) -> None:
    def interrupt(stage: str, done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    engines = {**installed(), "hangs": Engine("hangs", CHAOS / "hangs.py")}
    lines = [line("Hi", "hangs"), line("Hi", "silent")]
    begun = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        speak_all(lines, store, interrupt, Speaker(store, engines, patience=60))
    assert time.monotonic() - begun < 20
