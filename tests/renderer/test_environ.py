"""Keys and tokens of whoever starts the program do not reach what reads the files of strangers."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from renderer import environ
from renderer.asking import asked
from renderer.child import CAN_COPY, confined
from renderer.engines import Engine, installed

SECRETS = {"REELSPEC_LLM_KEY": "a", "REELSPEC_TOKEN": "b", "AWS_SECRET_ACCESS_KEY": "c"}
TELLING = """
import os
{passes}

def voices():
    return [(name, ["en"]) for name in os.environ]
"""


@pytest.fixture(autouse=True)
def secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**SECRETS, "LC_TIME": "C"}.items():
        monkeypatch.setenv(name, value)


def told_by_a_voice(folder: Path, passes: str) -> set[str]:
    """Return the variables that a voice engine's process has."""
    path = folder / "telling.py"
    path.write_text(TELLING.format(passes=passes), encoding="utf-8")
    (facts,) = asked(Engine("telling", path), [{"seconds": 60}], folder)
    assert isinstance(facts, dict), facts
    return {name for name, _ in facts["voices"]}


def test_a_voice_gets_what_it_names_and_no_other_secret(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    none = told_by_a_voice(tmp_path, "")
    named = told_by_a_voice(tmp_path / "other", 'PASSES = ("REELSPEC_LLM_*",)')

    assert (set(), {"REELSPEC_LLM_KEY"}) == (none & SECRETS.keys(), named & SECRETS.keys())
    assert {"LC_TIME", "PATH"} <= none


def test_our_own_voices_name_their_settings_models_and_keys() -> None:
    names = {name: engine.passing() for name, engine in installed().items()}

    assert {"REELSPEC_TTS_URL", "REELSPEC_TTS_KEY", "OPENAI_API_KEY"} <= set(names["openai"])
    assert ("REELSPEC_PIPER",) == names["piper"]
    assert ("REELSPEC_VOICE_COMMAND", "*") == names["command"]
    assert ("ESPEAK_DATA_PATH",) == names["espeak"] == names["pyttsx3"]


def write_names(arguments: list[str]) -> int:
    Path(arguments[0]).write_text(json.dumps(list(os.environ)), encoding="utf-8")
    return 0


@pytest.mark.skipif(not CAN_COPY, reason="a process is copied on Linux alone")
def test_a_copy_of_this_process_has_forgotten_them(tmp_path: Path) -> None:
    names = tmp_path / "names.json"

    assert 0 == confined(write_names, [str(names)], folder=tmp_path, seconds=60).status
    assert set() == set(json.loads(names.read_text(encoding="utf-8"))) & SECRETS.keys()


def test_every_name_on_the_list_is_a_systems_own_and_none_a_secret() -> None:
    words = ("KEY", "TOKEN", "SECRET", "PASS", "AUTH", "CRED", "PROXY")

    assert [] == [name for name in environ.KEPT if any(word in name for word in words)]
