"""The plug-ins' contract, their voices, and the rules by which words and times meet."""

from __future__ import annotations

import json
import subprocess
import sys
import wave
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import jsonschema
import pytest

from renderer.aligning import aligned
from renderer.engines import Engine, installed, languages, named, voice_for
from renderer.errors import SpecError
from renderer.paths import plugins
from renderer.schema import language
from renderer.schema import plugins as schemas
from renderer.spec import load
from renderer.voices import _espeak, espeak
from renderer.words import estimate, replaced_words, speed, spoken, timed, written

ENGINES = sorted(plugins("voices"))
HELLO = {"lang": "en", "name": "English (America)", "rate": 1.0, "pitch": 1.0}


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_keeps_the_contract(engine: str) -> None:
    found = schemas("voices")[engine]
    voice = language((), ()).film.schema["properties"]["voice"]
    keys = {key: voice["properties"][key] for key in (*found.takes, *found.params)}
    jsonschema.validate(found.example, {"properties": keys, "additionalProperties": False})
    for schema in keys.values():
        jsonschema.Draft7Validator.check_schema(schema)
        assert set() == {"title", "description", "default", "examples"} - schema.keys()
        assert all(jsonschema.validate(each, schema) is None for each in schema["examples"])
    assert set() == set(found.takes) - {"name", "rate", "pitch"}
    assert [*found.takes, "volume", "say_as", *found.params] == voice["x-takes"][engine]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_says_its_version_and_its_voices(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engine == "piper" and find_spec("piper") is None:
        pytest.skip("Piper is an extra")
    monkeypatch.setenv("REELSPEC_PIPER", str(Path(__file__).parents[1] / "data" / "piper"))
    monkeypatch.setenv("REELSPEC_VOICE_COMMAND", Path(sys.executable).as_posix())
    # A process of its own for each: two users of one eSpeak library cannot share a process.
    program = (
        f"from renderer.voices import {engine} as e; import json;"
        "print(json.dumps([e.__doc__, e.version(), e.voices()]))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    about, version, voices = json.loads(done.stdout)
    assert all((about, version, voices))
    assert all(isinstance(name, str) and isinstance(tags, list) for name, tags in voices)


@pytest.mark.skipif(sys.platform != "linux", reason="pyttsx3 speaks by eSpeak on Linux alone")
def test_pyttsx3_speaks_lines_alike_and_whole_each_time(tmp_path: Path) -> None:
    """Several at once, for it is when processors are busy that its threads come late."""
    lines = "".join(f"  - {{text: a, say: Line {word}.}}\n" for word in ("one", "two", "three"))
    (tmp_path / "film.yaml").write_text(
        f"version: 1\nvoice: {{engine: pyttsx3}}\nscenes:\n{lines}", encoding="utf-8"
    )

    def planned(number: int) -> str:
        store = ("--store", str(tmp_path / str(number)))
        command = (Path(sys.executable).with_name("render"), "plan", tmp_path / "film.yaml", *store)
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    with ThreadPoolExecutor(4) as pool:
        plans = Counter(pool.map(planned, range(16)))

    assert [16] == list(plans.values())


def told(tmp_path: Path, voice: str, scene: str = "say: Hi") -> list[tuple[str, str, str]]:
    """Return code, level and message of what is wrong with the voice of a film."""
    spec = tmp_path / "film.yaml"
    spec.write_text(f"version: 1\nvoice: {voice}\nscenes:\n  - {scene}\n", encoding="utf-8")
    try:
        problems = load(spec).warnings
    except SpecError as stop:
        problems = stop.problems
    return [(one.code, one.level, one.message) for one in problems]


@pytest.mark.parametrize(
    ("voice", "level", "key"),
    [
        ("{engine: piper, pitch: 1.2}", "warning", "pitch"),
        ("{engine: openai, pitch: 1.2}", "warning", "pitch"),
        ("{engine: command, name: Zira}", "warning", "name"),
        ("{engine: espeak, speaker: 3}", "error", "speaker"),
        ("{speaker: p225}", "error", "speaker"),
        ("{engine: piper, instructions: Softly}", "error", "instructions"),
    ],
)
def test_a_key_that_a_voice_has_no_use_for_is_told(
    tmp_path: Path, voice: str, level: str, key: str
) -> None:
    engine = "auto" if "engine" not in voice else voice.split()[1].strip(",")
    says = f"the voice engine '{engine}' has no `{key}`, so it is not used"
    assert [("unused-key", level, says)] == told(tmp_path, voice)


@pytest.mark.parametrize(
    "voice",
    [
        "{pitch: 1.2, rate: 0.9, name: Arabic, volume: 0.5, say_as: {a: b}}",
        "{engine: piper, speaker: 3}",
        "{engine: openai, instructions: Softly}",
        "{engine: piper, pitch: 1.0}",
        "{engine: silent, pitch: 1.4}",
    ],
)
def test_a_key_that_a_voice_takes_is_no_problem(tmp_path: Path, voice: str) -> None:
    assert [] == told(tmp_path, voice)


def test_a_new_engine_drops_what_was_the_old_one_s_own(tmp_path: Path) -> None:
    scene = "{voice: {engine: espeak}, say: Hi}"
    assert [] == told(tmp_path, "{engine: piper, name: amy, speaker: 3}", scene)


def test_a_voice_beside_a_recording_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"RIFF")
    scene = "say: {text: Hi, audio: a.wav, voice: {rate: 0.9, volume: 0.5}}"
    says = "this line is a recording, which has no `rate`, so it is not used"
    assert [("unused-key", "warning", says)] == told(tmp_path, "{engine: silent}", scene)


def test_the_library_counts_characters_and_not_bytes(tmp_path: Path) -> None:
    text = "يصطدم الضوء بطبقة"
    events = espeak.speak(text, tmp_path / "a.wav", {**HELLO, "name": "Arabic"})
    assert [text[a : a + n] for _, a, n in events] == ["يصطدم", "الضوء", "بطبقة"]
    assert pytest.approx([ms for ms, _, _ in events], abs=60) == [0, 463, 913]


def test_the_sound_has_the_library_s_own_sample_rate(tmp_path: Path) -> None:
    espeak.speak("Hello", tmp_path / "a.wav", HELLO)
    with wave.open(str(tmp_path / "a.wav")) as file:
        assert (file.getframerate(), file.getnchannels(), file.getsampwidth()) == (22_050, 1, 2)


def test_espeak_refuses_a_voice_and_a_rate_that_it_has_not(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no voice 'Nobody'"):
        espeak.speak("Hello", tmp_path / "a.wav", {**HELLO, "name": "Nobody"})
    with pytest.raises(ValueError, match="80 to 450 words a minute, not 875"):
        espeak.speak("Hello", tmp_path / "a.wav", {**HELLO, "rate": 5.0})


@pytest.mark.parametrize(
    ("program", "library"),
    [("bin/espeak-ng", "lib/libespeak-ng.1.dylib"), ("espeak-ng", "libespeak-ng.dll")],
)
def test_a_system_s_library_is_found_beside_its_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str, library: str
) -> None:
    there, beside = tmp_path / program, tmp_path / library
    there = there.with_suffix(".exe") if sys.platform == "win32" else there
    for path in (there, beside):
        path.parent.mkdir(exist_ok=True)
        path.touch(0o755)
    monkeypatch.setenv("PATH", str(there.parent))
    assert str(beside.resolve()) in _espeak._system()


def test_every_listed_voice_of_espeak_can_be_taken() -> None:
    espeak.voices()
    lib = _espeak.library()
    refused = [n for n, _, i in _espeak.voices() if lib.espeak_SetVoiceByName(i.encode()) != 0]
    assert refused == []


LISTED = [
    ("English (Caribbean)", ["en-029", "en"]),
    ("English (America)", ["en-us", "en"]),
    ("Chinese", ["cmn"]),
    ("Portuguese (Brazil)", ["pt-br"]),
    ("Hindi", ["hi_IN"]),
]


@pytest.mark.parametrize(
    ("lang", "voice"),
    [
        ("en", "English (America)"),
        ("en-US", "English (America)"),
        ("en-NZ", "English (Caribbean)"),
        ("zh-CN", "Chinese"),
        ("pt", "Portuguese (Brazil)"),
        ("hi", "Hindi"),
        ("tlh", None),
    ],
)
def test_a_voice_is_chosen_by_language(lang: str, voice: str | None) -> None:
    assert voice == voice_for(LISTED, lang)


def test_a_voice_is_found_by_name_whatever_its_capitals() -> None:
    assert named(LISTED, "hindi") == "Hindi"
    assert None is named(LISTED, "Hind")


def test_the_languages_of_all_engines_are_listed_once() -> None:
    assert languages([[("a", ["en", "ar"])], [("b", ["en"]), ("c", ["*"])]]) == ["ar", "en"]


def test_another_distribution_adds_an_engine_by_an_entry_point(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "loud_voice-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        "Metadata-Version: 2.1\nName: loud-voice\nVersion: 1.0\n", encoding="utf-8"
    )
    (info / "entry_points.txt").write_text(
        "[renderer.voices]\nloud = loud_voice\n", encoding="utf-8"
    )
    (tmp_path / "loud_voice.py").write_text(
        "DISTRIBUTIONS = ('loud-voice', 'nothing')\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    engine = installed()["loud"]
    assert Engine("loud", tmp_path / "loud_voice.py", "loud_voice") == engine
    assert engine.distributions() == {"loud-voice": "1.0", "nothing": "absent"}


@pytest.mark.parametrize(
    ("text", "events", "expected"),
    [
        ("one two", [(0, 0, 3), (500, 4, 3)], [0, 500]),
        ("a 24 b", [(0, 0, 1), (100, 2, 2), (300, 3, 2), (600, 5, 1)], [0, 100, 600]),
        ("in the house", [(0, 0, 2), (600, 7, 5)], [0, 240, 600]),
        ("one two", [(0, 0, 3), (9999, 4, 3)], [0, 1000]),
        ("one two", [], [0, 500]),
        ("one two six", [(0, 0, 3), (700, 4, 3), (650, 8, 3)], [0, 700, 700]),
    ],
)
def test_events_become_one_start_for_each_written_word(
    text: str, events: list[tuple[int, int, int]], expected: list[int]
) -> None:
    assert expected == [start for start, _, _ in timed(text, events, 1000)]


def test_words_are_laid_over_the_voiced_time_only() -> None:
    voiced = [False] * 10 + [True] * 20 + [False] * 30 + [True] * 20
    assert [start for start, _, _ in aligned("aaaa bbbb", voiced, 10)] == [100, 600]


def test_say_as_replaces_whole_words_and_positions_lead_back() -> None:
    said = spoken("1 GW, not GWh", {"GW": "gigawatts", "not": "no"})
    assert said.text == "1 gigawatts, no GWh"
    assert [said.position(at) for at in (0, 1, 2, 10, 11, 14, 16)] == [0, 1, 2, 2, 4, 6, 10]


def test_only_the_words_that_occur_count() -> None:
    assert replaced_words("2 GW", {"GW": "x", "TW": "y", "": "z"}) == {"GW": "x"}


def test_what_is_said_may_itself_be_a_word_to_replace() -> None:
    assert spoken("a b", {"a": "b", "b": "a"}).text == "b a"


def test_a_text_of_nothing_has_no_words() -> None:
    assert written("  ") == []
    assert timed("", [(0, 0, 1)], 100) == []


@pytest.mark.parametrize(("rate", "factor"), [(1.0, 1.0), ("0.5", 0.5), ("350wpm", 2.0), (2, 2.0)])
def test_a_rate_is_a_factor_or_words_a_minute(rate: float | str, factor: float) -> None:
    assert factor == speed(rate)


@pytest.mark.parametrize("rate", ["fast", "0wpm", 0, -1.0, "99999wpm", float("nan")])
def test_a_rate_that_cannot_be_spoken_is_refused(rate: float | str) -> None:
    with pytest.raises(ValueError, match="cannot be spoken"):
        speed(rate)


def test_numbers_are_expected_to_take_longer_than_letters() -> None:
    assert estimate("1234567 and more", 1.0) > 2 * estimate("abcdefg and more", 1.0)
