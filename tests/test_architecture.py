"""The code against docs/architecture.md: who imports whom, which library has which door."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
COMPILER = sorted((ROOT / "renderer").rglob("*.py"))
AUTHOR = sorted((ROOT / "reelspec" / "author").rglob("*.py"))
SERVICE = sorted((ROOT / "reelspec" / "service").rglob("*.py"))
UMBRELLA = ROOT / "reelspec" / "cli.py"
SOURCES = [*COMPILER, *AUTHOR, *SERVICE, UMBRELLA]
PACKAGES = ("renderer", "reelspec", "reelspec.author", "reelspec.service")


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


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def higher(path: Path) -> list[str]:
    """Return the rooms that a module imports and that stand no lower than its own."""
    here = room(path)
    package = "renderer" if path.is_relative_to(ROOT / "renderer") else "reelspec"
    targets = rooms(path, package) - {here, *AROUND}
    return [name for name in sorted(targets) if "__init__" not in here and ROWS[name] >= ROWS[here]]


def test_modules_import_only_lower_rows() -> None:
    assert {} == {str(path): higher(path) for path in SOURCES if higher(path)}


def test_the_compiler_knows_nothing_of_what_is_around_it() -> None:
    assert [] == [path.name for path in COMPILER if rooms(path, "reelspec")]


def test_author_and_service_use_of_the_compiler_what_is_listed() -> None:
    assert [] == [
        (str(path), name)
        for path in (*AUTHOR, *SERVICE)
        for name in sorted(rooms(path, "renderer") - USED[room(path).split(".")[0]])
    ]


def test_the_service_knows_the_author_by_its_command_line_and_its_door_to_the_network() -> None:
    used = {
        name for path in SERVICE for name in rooms(path, "reelspec") if name.startswith("author")
    }

    assert used <= {"author.net"}


def test_every_module_has_a_row() -> None:
    known = {*ROWS, "__init__", "author.__init__", "service.__init__", "reelspec.cli", "_data"}
    assert [] == sorted({room(path) for path in SOURCES} - known)


def test_a_library_is_imported_only_at_its_door() -> None:
    assert [] == [
        (str(path), name)
        for path in SOURCES
        for name in sorted({name.split(".")[0] for _, name in imports(tree(path))} & DOORS.keys())
        if room(path) not in DOORS[name]
    ]


def buried(path: Path) -> list[str]:
    """Return what a module imports of ours anywhere but at its top."""
    top = {id(node) for node in tree(path).body}
    inner = [name for node, name in imports(tree(path)) if id(node) not in top]
    return [name for name in inner if name.split(".")[0] in ("renderer", "reelspec")]


def test_imports_of_ours_stand_at_the_top() -> None:
    assert {} == {str(path): buried(path) for path in SOURCES if buried(path)}


def test_files_are_short() -> None:
    assert [] == [str(path) for path in SOURCES if path.read_bytes().count(b"\n") > 300]


def test_functions_are_short() -> None:
    assert [] == [
        (str(path), node.name)
        for path in SOURCES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 40
    ]


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
