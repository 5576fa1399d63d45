"""Voices that are asked for by name: a server that misbehaves, a program, Piper's models."""

from __future__ import annotations

import io
import json
import sys
import threading
import wave
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from renderer.engines import AUTO, Engine, installed
from renderer.errors import Place, Problem, SpecError
from renderer.media.pcm import opened
from renderer.nouns import Cue, Line, Voice
from renderer.profile import UNTRUSTED
from renderer.spec import load
from renderer.store import Store
from renderer.voice import Speaker

TEXT = "Light strikes the silicon and frees some electrons."
MODELS = Path(__file__).parents[1] / "data" / "piper"
TIMED = MODELS.with_name("piper-timed")
KEY = "sk-very-secret-4711"


def wav(seconds: float = 3.0, level: float = 0.3) -> bytes:
    time = np.arange(int(seconds * 24_000)) / 24_000
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setparams((1, 2, 24_000, 0, "NONE", ""))
        file.writeframes(np.round(level * 32767 * np.sin(900 * time)).astype("<i2").tobytes())
    return out.getvalue()


Answer = tuple[int, dict[str, str], bytes]
SOUND: Answer = (200, {"Content-Type": "audio/wav"}, wav())


class Server:
    """A server on loopback that gives its answers in turn, the last one again and again."""

    def __init__(self, answers: list[Answer]) -> None:
        self.asked: list[tuple[str, dict[str, str], dict[str, Any]]] = []
        self._answers = answers
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                server.asked.append((self.path, dict(self.headers), body))
                server._give(self)

            def log_message(self, *_: object) -> None: ...

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def _give(self, handler: BaseHTTPRequestHandler) -> None:
        status, headers, body = self._answers[min(len(self.asked), len(self._answers)) - 1]
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


Serve = Callable[..., Server]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    servers = []

    def start(*answers: Answer) -> Server:
        servers.append(Server(list(answers)))
        monkeypatch.setenv("REELSPEC_TTS_URL", servers[-1].url)
        monkeypatch.setenv("REELSPEC_TTS_KEY", KEY)
        monkeypatch.setenv("REELSPEC_TTS_MODEL", "tts-9")
        return servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def said(store: Store, engine: str, **voice: Any) -> Cue | Problem:
    line = Line(TEXT, Voice(engine, "en", **voice), Place("f", 1, 1))
    return Speaker(store).speak(line)


def failure(store: Store, engine: str = "openai", **voice: Any) -> str:
    found = said(store, engine, **({"name": "alloy"} | voice if engine == "openai" else voice))
    assert isinstance(found, Problem), found
    assert KEY not in f"{found}{found.message}{found.hint}"
    return found.message


def test_a_server_is_asked_as_openai_is(store: Store, serve: Serve) -> None:
    server = serve(SOUND)
    cue = said(store, "openai", name="nova", rate=1.25, say_as={"silicon": "sand"})
    assert isinstance(cue, Cue)
    (path, headers, body) = server.asked[0]
    assert ("/v1/audio/speech", f"Bearer {KEY}") == (path, headers["Authorization"])
    assert {
        "model": "tts-9",
        "input": TEXT.replace("silicon", "sand"),
        "voice": "nova",
        "response_format": "wav",
        "speed": 1.25,
    } == body
    assert (True, "nova") == (cue.estimated, cue.voice)


def test_a_server_is_told_how_to_speak(store: Store, serve: Serve) -> None:
    server = serve(SOUND)
    assert isinstance(said(store, "openai", name="nova", own={"instructions": "Softly."}), Cue)
    assert "Softly." == server.asked[0][2]["instructions"]


def test_a_line_that_was_spoken_is_not_asked_for_again(
    store: Store, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(SOUND)
    first = said(store, "openai", name="nova")
    server.close()
    monkeypatch.delenv("REELSPEC_TTS_KEY")
    assert first == said(store, "openai", name="nova")
    assert 1 == len(server.asked)


def test_another_model_or_server_speaks_anew(
    store: Store, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(SOUND)
    said(store, "openai", name="nova")
    monkeypatch.setenv("REELSPEC_TTS_MODEL", "tts-10")
    said(store, "openai", name="nova")
    assert ["tts-9", "tts-10"] == [body["model"] for _, _, body in server.asked]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_that_is_busy_is_asked_again_when_it_says(
    store: Store, serve: Serve, status: int
) -> None:
    server = serve((status, {"Retry-After": "0"}, b"busy"), SOUND)
    assert isinstance(said(store, "openai", name="alloy"), Cue)
    assert 2 == len(server.asked)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ((500, {"Retry-After": "0"}, b'{"error": {"message": "out of steam"}}'), "status 500 Internal Server Error: out of steam"),
        ((429, {"Retry-After": "0"}, b'{"detail": "quota exceeded"}'), "status 429 Too Many Requests: quota exceeded"),
        ((401, {}, f'{{"error": {{"message": "bad key {KEY}"}}}}'.encode()), "status 401 Unauthorized: bad key …"),
        ((400, {}, b'{"error": "no such voice"}'), "no such voice"),
        ((302, {"Location": "http://127.0.0.1:1/"}, b""), "status 302 Found"),
        ((200, {"Content-Type": "text/html"}, b"<html><title>Sign in</title><body>please</body>"), "it answers with text/html in place of a sound: Sign in please"),
        ((200, {"Content-Type": "application/json"}, b"{}"), "it answers with application/json in place of a sound"),
        ((200, {"Content-Type": "audio/wav"}, wav()[:9000]), "its sound file is cut off"),
        ((200, {"Content-Type": "audio/wav"}, wav(level=0.0)), "its sound is silence"),
        ((200, {"Content-Type": "audio/wav"}, wav(60)), "its sound lasts 60.0 s where about"),
        ((200, {"Content-Type": "audio/wav"}, b""), "its sound file cannot be read"),
        ((200, {"Content-Type": "audio/wav"}, b"<html>"), "its sound file cannot be read"),
    ],
)  # fmt: skip
def test_a_server_that_misbehaves_is_told_in_its_words(
    store: Store, serve: Serve, answer: Answer, expected: str
) -> None:
    serve(answer)
    assert expected in failure(store)


def test_a_server_that_is_not_there_or_hangs_up_is_told(
    store: Store, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("renderer.voice._TRIES", 1)
    server = serve(SOUND)
    server.close()
    says = failure(store)
    assert "no answer: " in says
    assert server.url.split("/")[2] in says


def test_a_server_that_never_answers_is_given_up(
    store: Store, tmp_path: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("renderer.voice._TRIES", 1)
    hurried = tmp_path / "openai.py"
    ours = installed()["openai"].path.read_text(encoding="utf-8")
    hurried.write_text(ours.replace("PATIENCE = 180.0", "PATIENCE = 0.0"), encoding="utf-8")
    server, held = serve(SOUND), threading.Event()
    monkeypatch.setattr(server, "_give", lambda _: held.wait(60))
    line = Line("Hi", Voice("openai", "en", name="alloy"), Place("f", 1, 1))
    found = Speaker(store, {"openai": Engine("openai", hurried)}, patience=2).speak(line)
    held.set()
    assert isinstance(found, Problem)
    assert "did not finish within" in found.message


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://tts.example/v1", "unencrypted; use https"),
        ("https://me:secret@tts.example/v1", "holds a user"),
        ("ftp://tts.example", "is no address"),
        ("file:///etc/passwd", "is no address"),
        ("nonsense", "is no address"),
    ],
)
def test_a_key_goes_to_no_doubtful_address(
    store: Store, monkeypatch: pytest.MonkeyPatch, url: str, expected: str
) -> None:
    monkeypatch.setenv("REELSPEC_TTS_URL", url)
    monkeypatch.setenv("REELSPEC_TTS_KEY", KEY)
    says = failure(store)
    assert expected in says
    assert "secret" not in says


def test_the_key_of_openai_goes_to_openai_alone(
    store: Store, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = serve(SOUND)
    monkeypatch.delenv("REELSPEC_TTS_KEY")
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    assert isinstance(said(store, "openai", name="alloy"), Cue)
    assert "Authorization" not in server.asked[0][1]


def test_without_a_key_openai_is_not_asked(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("REELSPEC_TTS_URL", "REELSPEC_TTS_KEY", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    assert "neither REELSPEC_TTS_KEY nor OPENAI_API_KEY holds a key" in failure(store)


def test_auto_takes_neither_the_network_nor_a_program() -> None:
    assert {"openai", "command", "piper"} <= installed().keys()
    assert set() == {"openai", "command", "piper", "silent"} & set(AUTO)


@pytest.mark.parametrize("engine", ["openai", "command"])
def test_a_stranger_can_name_neither_the_network_nor_a_program(tmp_path: Path, engine: str) -> None:
    spec = tmp_path / "film.yaml"
    spec.write_text(f"version: 1\nvoice: {{engine: {engine}}}\nscenes: [{{say: Hi}}]\n", "utf-8")
    with pytest.raises(SpecError, match="may not be used"):
        load(spec, limits=UNTRUSTED)


PROGRAM = """
import os, sys, wave
text = sys.stdin.read()
BODY
with wave.open(sys.stdout.buffer, "wb") as file:
    file.setparams((1, 2, 24000, 0, "NONE", ""))
    file.writeframes(bytes(range(256)) * 280 * len(text) // 51)
"""
SPEAKS = PROGRAM.replace("* 280 * len(text) // 51", "* 280").replace(
    "BODY",
    "print(os.environ['VOICE_LANG'], os.environ['VOICE_RATE'], text, file=open(sys.argv[1], 'w'))",
)


def program(folder: Path, source: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    (folder / "voice.py").write_text(source, encoding="utf-8")
    command = f'"{sys.executable}" "{folder / "voice.py"}" "{folder / "told.txt"}"'
    monkeypatch.setenv("REELSPEC_VOICE_COMMAND", command)
    return folder / "told.txt"


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="quotes of POSIX")


@POSIX
def test_a_program_of_the_user_speaks(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = program(tmp_path, SPEAKS, monkeypatch)
    cue = said(store, "command", rate=0.9)
    assert isinstance(cue, Cue), cue
    assert f"en 0.9 {TEXT}" == told.read_text(encoding="utf-8").strip()


@POSIX
@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("sys.exit('the licence has run out')", "status 1: the licence has run out"),
        ("sys.exit(0)", "its sound file cannot be read"),
        ("print('hello', flush=True); sys.exit(0)", "its sound file cannot be read"),
    ],
)
def test_a_program_that_fails_is_told(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, expected: str
) -> None:
    program(tmp_path, PROGRAM.replace("BODY", body), monkeypatch)
    assert expected in failure(store, "command")


@pytest.mark.parametrize(
    ("written", "expected"), [("", "does not say"), ("gone-9 -x", "not there")]
)
def test_without_a_program_nothing_is_run(
    store: Store, monkeypatch: pytest.MonkeyPatch, written: str, expected: str
) -> None:
    monkeypatch.setenv("REELSPEC_VOICE_COMMAND", written)
    assert expected in failure(store, "command")


PIPER = pytest.mark.skipif(find_spec("piper") is None, reason="Piper is an extra")


@PIPER
def test_piper_speaks_with_a_model_of_ones_own(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REELSPEC_PIPER", str(MODELS))
    normal, fast = said(store, "piper"), said(store, "piper", rate=1.5)
    assert isinstance(normal, Cue)
    assert isinstance(fast, Cue)
    assert ("en_US-tones-low", True) == (normal.voice, normal.estimated)
    assert pytest.approx(1.5, abs=0.1) == normal.samples / fast.samples
    again = said(Store(tmp_path / "other"), "piper")
    assert isinstance(again, Cue)
    assert normal.digest == again.digest


@PIPER
@pytest.mark.skipif(find_spec("onnx") is None, reason="Piper's lengths of phonemes need onnx")
def test_piper_tells_when_words_begin(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REELSPEC_PIPER", str(TIMED))
    text = "In 2024 we made 120 gigawatts."
    cue = Speaker(store).speak(Line(text, Voice("piper", "en"), Place("f", 1, 1)))
    assert isinstance(cue, Cue), cue
    sound = opened(cue.sound).stretch(0, cue.samples)
    heard = [np.abs(sound[48 * word.start + 480 :][:960]).max() for word in cue.words]
    before = [np.abs(sound[max(0, 48 * word.start - 960) :][:960]).max() for word in cue.words]
    assert not cue.estimated
    assert ["In", "2024", "we", "made", "120", "gigawatts."] == [
        text[word.first : word.last] for word in cue.words
    ]
    assert min(heard) > 0.1
    assert max(before[1:]) < 0.02


@PIPER
def test_piper_speaks_with_a_speaker_by_name_or_number(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REELSPEC_PIPER", str(TIMED))
    own, low, high, second = (
        said(store, "piper", own={"speaker": one} if one != "" else {})
        for one in ("", "low", "high", 1)
    )
    assert isinstance(own, Cue)
    assert isinstance(low, Cue)
    assert isinstance(high, Cue)
    assert isinstance(second, Cue)
    assert own.digest == low.digest != high.digest == second.digest
    assert "no speaker 'none'; there are low, high" in failure(
        store, "piper", own={"speaker": "none"}
    )


@PIPER
def test_piper_without_a_model_says_where_it_looks(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REELSPEC_PIPER", str(tmp_path))
    assert f"there is no model in {tmp_path}; set REELSPEC_PIPER" in failure(store, "piper")
