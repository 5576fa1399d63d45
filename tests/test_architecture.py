"""The code against docs/architecture.md: who imports whom, which library has which door."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
COMPILER = sorted((ROOT / "renderer").rglob("*.py"))
AUTHOR = sorted((ROOT / "reelspec" / "author").rglob("*.py"))
SERVICE = sorted((ROOT / "reelspec" / "service").rglob("*.py"))
UMBRELLA = ROOT / "reelspec" / "cli.py"
SOURCES = [*COMPILER, *AUTHOR, *SERVICE, UMBRELLA]
PACKAGES = ("renderer", "reelspec", "reelspec.author", "reelspec.service")
NAMES = [str(path.relative_to(ROOT)) for path in SOURCES]


def table(heading: str, number: int = 0) -> list[list[str]]:
    block = PAGE.split(f"## {heading}")[1].split("```")[2 * number + 1]
    return [line.split() for line in block.strip().splitlines()]


def rows(heading: str) -> dict[str, int]:
    return {name: int(row) for row, *names in table(heading) for name in names}


AROUND = {"author": "The author", "service": "The service"}
ROWS = rows("Import table") | {
    f"{package}.{name}": row
    for package, heading in AROUND.items()
    for name, row in rows(heading).items()
}
USED = {
    package: {name for line in table(heading, 1) for name in line}
    for package, heading in AROUND.items()
}
DOORS = {library: set(doors) for library, *doors in table("Doors")}


def room(path: Path) -> str:
    """Return what the tables call a module: its first name, after `author.` or `service.`"""
    if path == UMBRELLA:
        return "reelspec.cli"
    package, *parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[0] if package == "renderer" else ".".join(parts[:2])


def rooms(path: Path, package: str) -> set[str]:
    """Return the rooms of a package whose modules a module brings in."""
    depth = 2 if package == "reelspec" else 1
    found = [name.split(".") for _, name in imports(tree(path)) if name.startswith(f"{package}.")]
    return {".".join(parts[1 : depth + 1]) for parts in found} - {"__version__"}


def imports(tree: ast.AST) -> Iterator[tuple[ast.stmt, str]]:
    """Yield each import with the dotted name of what it brings in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module in PACKAGES:
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_a_module_imports_only_lower_rows(path: Path) -> None:
    here = room(path)
    package = "renderer" if path in COMPILER else "reelspec"
    targets = rooms(path, package) - {here, *AROUND}

    assert [] == [
        name for name in sorted(targets) if "__init__" not in here and ROWS[name] >= ROWS[here]
    ]


def test_the_compiler_knows_nothing_of_what_is_around_it() -> None:
    assert [] == [path.name for path in COMPILER if rooms(path, "reelspec")]


OUTSIDE = [*AUTHOR, *SERVICE]


@pytest.mark.parametrize("path", OUTSIDE, ids=[str(path.relative_to(ROOT)) for path in OUTSIDE])
def test_author_and_service_use_of_the_compiler_what_is_listed(path: Path) -> None:
    assert [] == sorted(rooms(path, "renderer") - USED[room(path).split(".")[0]])


def test_the_service_knows_the_author_by_its_command_line_and_its_door_to_the_network() -> None:
    used = {
        name for path in SERVICE for name in rooms(path, "reelspec") if name.startswith("author")
    }

    assert used <= {"author.net"}


def test_every_module_has_a_row() -> None:
    known = {*ROWS, "__init__", "author.__init__", "service.__init__", "reelspec.cli", "_data"}
    assert [] == sorted({room(path) for path in SOURCES} - known)


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_a_library_is_imported_only_at_its_door(path: Path) -> None:
    used = {name.split(".")[0] for _, name in imports(tree(path))}

    assert [] == [lib for lib in sorted(used & DOORS.keys()) if room(path) not in DOORS[lib]]


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_imports_of_ours_stand_at_the_top(path: Path) -> None:
    module = tree(path)
    top = {id(node) for node in module.body}
    inner = [name for node, name in imports(module) if id(node) not in top]

    assert [] == [name for name in inner if name.split(".")[0] in ("renderer", "reelspec")]


@pytest.mark.parametrize("path", SOURCES, ids=NAMES)
def test_functions_and_files_are_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)]

    assert [] == [one.name for one in functions if (one.end_lineno or 0) - one.lineno + 1 > 50]
    assert text.count("\n") <= 300


def cycles(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules that reach themselves."""

    def reach(name: str) -> set[str]:
        found, queue = set[str](), list(graph[name])
        while queue:
            target = queue.pop()
            if target not in found:
                found.add(target)
                queue += graph.get(target, set())
        return found

    return [name for name in sorted(graph) if name in reach(name)]


def test_no_module_reaches_itself() -> None:
    names = {
        re.sub(r"\.__init__$", "", ".".join(p.relative_to(ROOT).with_suffix("").parts)): p
        for p in SOURCES
    }
    graph: dict[str, set[str]] = {}
    for name, path in names.items():
        module = tree(path)
        brought = {target for _, target in imports(module)}
        inner = {
            f"{node.module}.{alias.name}"
            for node in ast.walk(module)
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }
        graph[name] = ((brought | inner) & names.keys()) - {name}

    assert [] == cycles(graph)
