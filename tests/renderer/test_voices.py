"""The plug-ins' contract, their voices, and the rules by which words and times meet."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import wave
from importlib.util import find_spec
from pathlib import Path

import jsonschema
import pytest

from renderer.aligning import aligned
from renderer.engines import Engine, installed, languages, named, voice_for
from renderer.paths import plugins
from renderer.voices import _espeak, espeak
from renderer.words import estimate, replaced_words, speed, spoken, timed, written

ENGINES = sorted(plugins("voices"))
HELLO = {"lang": "en", "name": "English (America)", "rate": 1.0, "pitch": 1.0}


def literal(engine: str, name: str) -> object:
    for node in ast.parse(plugins("voices")[engine].read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return ast.literal_eval(node.value)
    raise AssertionError(f"{engine} has no {name}")


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_keeps_the_contract(engine: str) -> None:
    params, example = literal(engine, "PARAMS"), literal(engine, "EXAMPLE")
    assert isinstance(params, dict)
    schema = {"type": "object", "properties": params, "additionalProperties": False}
    jsonschema.Draft7Validator.check_schema(schema)
    jsonschema.validate(example, schema)
    assert set() == {"title", "description", "default", "examples"} - set.intersection(
        *map(set, params.values())
    )


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


def test_what_engines_share_reads_the_same() -> None:
    first, second = literal("espeak", "PARAMS"), literal("pyttsx3", "PARAMS")
    assert isinstance(first, dict)
    assert isinstance(second, dict)
    assert first["rate"] == second["rate"]
    assert first["say_as"] == second["say_as"]


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
