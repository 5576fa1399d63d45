"""Editors: the real YAML language server with our schema offers, explains and finds what we do."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from renderer.errors import Stop
from renderer.spec import load
from tests.lsp import Server

ROOT = Path(__file__).resolve().parent.parent
SERVER = ROOT / ".venv" / "node" / "node_modules" / ".bin" / "yaml-language-server"
SCHEMA = (ROOT / "schemas" / "spec.json").as_uri()
pytestmark = pytest.mark.skipif(
    not SERVER.exists(), reason="the YAML language server is not installed"
)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    yaml = {
        "validate": True,
        "completion": True,
        "hover": True,
        "schemas": {SCHEMA: "*.yaml"},
        "schemaStore": {"enable": False},
    }
    with Server([str(SERVER), "--stdio"], {"yaml": yaml}) as running:
        yield running


def offered(server: Server, folder: Path, written: str) -> list[str]:
    """Return what is offered where `|` stands in a spec."""
    before, _, _ = written.partition("|")
    line, column = before.count("\n"), len(before.rpartition("\n")[2])
    path = folder / "film.yaml"
    server.diagnostics(path, written.replace("|", "", 1))
    labels = server.completion(path, line, column)
    server.tell("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})
    return labels


HEAD = "version: 1\nscenes:\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("version: 1\n|", {"scenes", "theme", "lang", "duration"}),
        ("version: 1\ntheme: |", {"midnight", "paper"}),
        (f"{HEAD}  - template: |", {"title", "bullets", "quote", "stat"}),
        (f"{HEAD}  - template: bullets\n    with:\n      |", {"title", "items"}),
        (f"{HEAD}  - template: quote\n    with:\n      a|", {"author"}),
        (f"{HEAD}  - layers:\n      - t|", {"text"}),
        (f"{HEAD}  - layers:\n      - s|", {"shape"}),
        (f"{HEAD}  - layers:\n      - text: Hello\n        |", {"size", "position", "at", "color"}),
        (f"{HEAD}  - layers:\n      - shape: |", {"rect", "ellipse", "line", "arrow"}),
        (f"{HEAD}  - text: A\n    transition: |", {"cut", "dissolve"}),
        ("version: 1\nvoice:\n  engine: |", {"auto", "pyttsx3", "espeak", "silent"}),
        ("version: 1\nvoice:\n  |", {"engine", "rate", "say_as"}),
    ],
)
def test_completion_offers(
    server: Server, tmp_path: Path, written: str, expected: set[str]
) -> None:
    assert set() == expected - set(offered(server, tmp_path, written))


@pytest.mark.parametrize(
    ("written", "line", "column", "expected"),
    [
        ("version: 1\nduration: 60s\n", 1, 2, "Target length"),
        (f"{HEAD}  - lead: 1s\n", 2, 6, "Silence before the speech"),
        (f"{HEAD}  - layers:\n      - text: A\n        size: 5%\n", 4, 9, "Size of the type"),
    ],
)
def test_hover_explains(
    server: Server, tmp_path: Path, written: str, line: int, column: int, expected: str
) -> None:
    path = tmp_path / "film.yaml"
    server.diagnostics(path, written)

    shown = server.hover(path, line, column)

    server.tell("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})
    assert expected in shown


VERDICTS = [
    f"{HEAD}  - say: Hello, world.\n",
    f"{HEAD}  - template: title\n    with: {{title: A}}\n",
    f"{HEAD}  - layers: [{{text: A, size: 5%}}, {{shape: rect, color: '#fff'}}]\n",
    f"{HEAD}  - layers: [{{text: A, size: '{{{{ 2 + 3 }}}}%'}}]\n",
    f"{HEAD}  - tixt: A\n",
    f"{HEAD}  - template: titel\n    with: {{title: A}}\n",
    f"{HEAD}  - template: title\n    with: {{titel: A}}\n",
    f"{HEAD}  - template: bullets\n    with: {{items: 3}}\n",
    f"{HEAD}  - layers: [{{text: A, sise: 5%}}]\n",
    f"{HEAD}  - layers: [{{text: A, opacity: 2}}]\n",
    f"{HEAD}  - text: A\n    transition: wype\n",
    "version: 2\nscenes: [{text: A}]\n",
    "version: 1\n",
    "version: 1\nfps: fast\nscenes: [{text: A}]\n",
    "version: 1\ntheme: midnihgt\nscenes: [{text: A}]\n",
]


@pytest.mark.parametrize("written", VERDICTS)
def test_the_editor_and_check_agree_on_structure(
    server: Server, tmp_path: Path, written: str
) -> None:
    path = tmp_path / "film.yaml"
    path.write_text(written, encoding="utf-8")

    found = server.diagnostics(path, written)
    server.tell("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})

    assert bool(found) == (not loads(path)), [one["message"] for one in found]


def loads(path: Path) -> bool:
    try:
        load(path)
    except Stop:
        return False
    return True


def test_the_projects_are_clean_in_an_editor(server: Server) -> None:
    found = {
        path.name: [one["message"] for one in server.diagnostics(path, path.read_text("utf-8"))]
        for path in sorted((ROOT / "projects").glob("*.yaml"))
    }

    assert {} == {name: messages for name, messages in found.items() if messages}
