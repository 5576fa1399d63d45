"""Where things are: the data that ships with the package, and files under a project's root."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
_DATA = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
MARKER = "reelspec.toml"
_FAMILIES = ("layers", "transitions", "voices", "formats")


def schemas() -> Path:
    """Return the folder of the JSON Schemas that ship with the program."""
    return _DATA / "schemas"


def templates(kind: str) -> Path:
    """Return the folder of the shipped templates of a kind: `scenes` or `themes`."""
    return _DATA / "templates" / kind


def plugins(family: str) -> dict[str, Path]:
    """Return name → source file of the plug-ins of a family, such as `layers`; none is imported.

    Ours are found by file name, those of other distributions by the entry points
    `renderer.<family>`; ours win.
    """
    return {**_foreign(family), **own_plugins(family)}


def own_plugins(family: str) -> dict[str, Path]:
    """Return name → source file of the plug-ins of a family that come with the program."""
    files = sorted((_PACKAGE / family).glob("*.py"))
    return {file.stem: file for file in files if not file.stem.startswith("_")}


def _foreign(family: str) -> dict[str, Path]:
    return {name: path for name, (path, _) in foreign_plugins(family).items()}


def foreign_plugins(family: str) -> dict[str, tuple[Path, str]]:
    """Return name → source file and module of the plug-ins of a family by other distributions.

    They are looked for once in a process and path: every distribution is read for that.
    """
    found = {}
    for entry in _entry_points(tuple(sys.path)):
        if entry.group == f"renderer.{family}" and entry.dist is not None:
            source = entry.module.replace(".", "/") + ".py"
            found[entry.name] = Path(str(entry.dist.locate_file(source))), entry.module
    return found


@cache
def _entry_points(path: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    """Return our entry points on a path; of distributions of one name the first counts.

    Names are asked for only where a distribution has a plug-in, for that reads all its metadata.
    """
    from importlib import metadata  # loaded here, for who does nothing has no use for it

    every = list(metadata.distributions(path=list(path)))
    if not any("[renderer." in (each.read_text("entry_points.txt") or "") for each in every):
        return ()
    found: dict[str, tuple[EntryPoint, ...]] = {}
    for each in every:
        found.setdefault(each.name, tuple(each.entry_points))
    return tuple(entry for entries in found.values() for entry in entries)


def root_of(spec: Path) -> Path:
    """Return the nearest folder above the spec with a `reelspec.toml`, else the spec's own."""
    folder = spec.resolve().parent
    for candidate in (folder, *folder.parents):
        if (candidate / MARKER).is_file():
            return candidate
    return folder


_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_LONGEST_NAME = 80


def plain_name(text: str) -> str:
    """Return a text without what some system refuses in file names; never empty, nor hidden."""
    plain = _REFUSED.sub("_", text).strip(" .").lstrip("-")
    plain = plain.encode("utf-8", "replace")[:_LONGEST_NAME].decode("utf-8", "ignore").rstrip(" .")
    return f"_{plain}" if not plain or _DEVICES.fullmatch(plain) else plain


def digest(data: bytes) -> str:
    """Return the SHA-256 of some bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file's content; raises OSError if it cannot be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def code_digest(modules: tuple[str, ...]) -> str:
    """Return one digest over the source of some of our modules and of all that they import.

    Modules are named without the package, such as `layers.text`; only ours are followed.
    """
    sources = {name: _source(name) for name in _closure(modules)}
    return digest(
        "".join(f"{name}{file_digest(sources[name])}" for name in sorted(sources)).encode()
    )


def _closure(modules: Iterable[str]) -> set[str]:
    found: set[str] = set()
    queue = list(modules)
    while queue:
        name = queue.pop()
        if name not in found:
            found.add(name)
            queue += _imports(name)
    return found


_IMPORT = re.compile(r"^from renderer(?:\.([\w.]+))? import (\([^)]*\)|.+)$", re.MULTILINE)


@cache
def _imports(module: str) -> frozenset[str]:
    """Return the modules of ours that one imports, packages around them included.

    Imports stand at the top of a module, on lines of their own; a test holds that.
    """
    names: set[str] = set()
    for package, what in _IMPORT.findall(_source(module).read_text(encoding="utf-8")):
        inner = [f"{package}.{name}".strip(".") for name in re.findall(r"\w+", what)]
        names |= {name for name in [*inner, *_parents(package)] if _source(name).is_file()}
    return frozenset(names)


def _parents(module: str) -> list[str]:
    parts = module.split(".") if module else []
    return [".".join(parts[:count]) for count in range(1, len(parts) + 1)]


def _source(module: str) -> Path:
    """Return the file of one of our modules, or of a plug-in of another distribution."""
    family, _, name = module.partition(".")
    path = _PACKAGE.joinpath(*module.split("."))
    if path.is_dir():
        return path / "__init__.py"
    ours = path.with_suffix(".py")
    return ours if ours.is_file() or family not in _FAMILIES else plugins(family).get(name, ours)
