"""Voice engines: where their modules are, what they need, which of their voices fits a language."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from renderer.paths import own_plugins

GROUP = "renderer.voices"
AUTO = ("pyttsx3", "espeak")
ANY = "*"

Listed = Sequence[tuple[str, Sequence[str]]]

# eSpeak and others name these languages by a newer or a narrower code than BCP 47 texts often do.
_CODES = {"zh": "cmn", "no": "nb", "iw": "he", "in": "id", "ji": "yi", "tl": "fil"}
_MEANT = {"en": "en-us"}


@dataclass(frozen=True, slots=True)
class Engine:
    """A voice plug-in: its name, its source file, its module's name where it can be imported."""

    name: str
    path: Path
    module: str = ""

    def distributions(self) -> dict[str, str]:
        """Return the version, or `absent`, of each distribution that its `DISTRIBUTIONS` names."""
        return {name: distribution_version(name) for name in _literal(self.path, "DISTRIBUTIONS")}


def installed() -> dict[str, Engine]:
    """Return name → engine: ours, and others by the entry points `renderer.voices`."""
    ours = {
        name: Engine(name, path, f"{GROUP}.{name}") for name, path in own_plugins("voices").items()
    }
    return {**_others(), **ours}


def _others() -> dict[str, Engine]:
    found = {}
    for entry in metadata.entry_points(group=GROUP):
        if entry.dist is not None:
            path = Path(str(entry.dist.locate_file(entry.module.replace(".", "/") + ".py")))
            found[entry.name] = Engine(entry.name, path, entry.module)
    return found


def distribution_version(distribution: str) -> str:
    """Return the installed version of a distribution, or `absent`."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "absent"


def _literal(path: Path, name: str) -> tuple[str, ...]:
    """Return a tuple of strings assigned to `name` in a module, read without importing it."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == [
            name
        ]:
            return tuple(ast.literal_eval(node.value))
    return ()


def voice_for(listed: Listed, lang: str) -> str | None:
    """Return the name of the voice that speaks a BCP 47 language best, or None.

    The whole tag first, then with fewer subtags, then any voice of the language; `en` is `en-us`.
    """
    for tag in _tags(lang):
        for name, languages in listed:
            if ANY in languages or tag in map(_folded, languages):
                return name
    base = _tags(lang)[-1]
    near = [name for name, tags in listed if any(_folded(t).split("-")[0] == base for t in tags)]
    return near[0] if near else None


def _tags(lang: str) -> list[str]:
    tag = _folded(_MEANT.get(_folded(lang), lang))
    parts = tag.split("-")
    parts[0] = _CODES.get(parts[0], parts[0])
    return ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]


def _folded(tag: str) -> str:
    return tag.replace("_", "-").lower()


def named(listed: Listed, name: str) -> str | None:
    """Return the listed voice of that name, whatever its capitals, or None."""
    return next((voice for voice, _ in listed if voice.casefold() == name.casefold()), None)


def languages(listed: Iterable[Listed]) -> list[str]:
    """Return every language that some listed voice speaks, in order."""
    tags = {_folded(tag) for voices in listed for _, spoken in voices for tag in spoken}
    return sorted(tags - {ANY})


def candidates(name: str, known: Mapping[str, Engine]) -> tuple[Engine, ...]:
    """Return the engines to try for the name written in a spec, in order; none if unknown."""
    names = AUTO if name == "auto" else (name,)
    return tuple(known[each] for each in names if each in known)
