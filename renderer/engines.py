"""Voice engines: where their modules are, what they need, which of their voices fits a language."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from renderer.paths import foreign_plugins, own_plugins

GROUP = "renderer.voices"
AUTO = ("pyttsx3", "espeak")
ANY = "*"

Listed = Sequence[tuple[str, Sequence[str]]]

# eSpeak and others name these languages by a newer or a narrower code than BCP 47 texts often do.
_CODES = {"zh": "cmn", "no": "nb", "iw": "he", "in": "id", "ji": "yi", "tl": "fil"}
_MEANT = {"en": "en-us"}


class Unusable(Exception):
    """A voice engine cannot be used, or what it made; the text says why, to people."""


@dataclass(frozen=True, slots=True)
class Engine:
    """A voice plug-in: its name, its source file, its module's name where it can be imported.

    What it says of itself are literals: `TAKES`, the keys of all voices that it takes; `PARAMS`,
    the schemas of its own keys; `DISTRIBUTIONS`; `EXTRA`, what installs them; `SETTINGS`,
    the variables of the environment that its sound depends on, secrets left out; `MODELS`, the
    variable that names the folder of its models and where they lie without it, below the home
    folder; `PATIENCE`, the seconds that it gets beyond those of any engine; `PASSES`, the further
    variables of the environment that its process gets, secrets among them, `*` for all; `TIMES`,
    whether it gives the times of words, where that is the same everywhere.
    """

    name: str
    path: Path
    module: str = ""

    @property
    def takes(self) -> tuple[str, ...]:
        """Return which keys it takes of those that the language has for all voices."""
        return tuple(self._said("TAKES", ()))

    @property
    def own(self) -> dict[str, Any]:
        """Return the keys that it alone has, with their defaults."""
        return {key: schema.get("default") for key, schema in self._said("PARAMS", {}).items()}

    def distributions(self) -> dict[str, str]:
        """Return the version, or `absent`, of each distribution that it needs."""
        return {name: distribution_version(name) for name in self._said("DISTRIBUTIONS", ())}

    @property
    def times(self) -> bool | None:
        """Return whether it gives the times of words: always, never, or None: it depends."""
        said = self._said("TIMES", None)
        return None if said is None else bool(said)

    @property
    def extra(self) -> str:
        """Return the extra that installs what it needs, or nothing."""
        return str(self._said("EXTRA", ""))

    @property
    def patience(self) -> float:
        """Return the seconds that it gets beyond those of any engine."""
        return float(self._said("PATIENCE", 0.0))

    @property
    def is_set_up(self) -> bool:
        """Return whether it is for the environment to set it up."""
        return bool(self._said("SETTINGS", ()))

    def settings(self) -> dict[str, str]:
        """Return the variables of the environment that its sound depends on, those that are set."""
        names = self._said("SETTINGS", ())
        return {name: os.environ[name] for name in names if os.environ.get(name)}

    def passing(self) -> tuple[str, ...]:
        """Return the names of the variables of the environment that its process gets."""
        return (
            *self._said("SETTINGS", ()),
            *self._said("MODELS", ())[:1],
            *self._said("PASSES", ()),
        )

    def models(self) -> dict[str, Path]:
        """Return the files of its models by name."""
        folder = self.models_folder()
        found = sorted(folder.glob("*.onnx*")) if folder else ()
        return {each.name: each for each in found if each.is_file()}

    def models_folder(self) -> Path | None:
        """Return the folder of its models, None where it has none."""
        named = self._said("MODELS", ())
        return models_folder(*named) if named else None

    def heeds(self) -> tuple[str, ...]:
        """Return the names of the variables of the environment that its sound depends on."""
        return (*self._said("SETTINGS", ()), *self._said("MODELS", ())[:1])

    def _said(self, name: str, default: Any) -> Any:
        return _literals(self.path).get(name, default)


def models_folder(variable: str, below_home: str) -> Path:
    """Return the folder that a variable of the environment names, or the usual one."""
    named = os.environ.get(variable)
    return Path(named) if named else Path.home() / below_home


def installed() -> dict[str, Engine]:
    """Return name → engine: ours, and others by the entry points `renderer.voices`."""
    ours = {
        name: Engine(name, path, f"{GROUP}.{name}") for name, path in own_plugins("voices").items()
    }
    return {**_others(), **ours}


def _others() -> dict[str, Engine]:
    there = foreign_plugins("voices").items()
    return {name: Engine(name, path, module) for name, (path, module) in there}


def distribution_version(distribution: str) -> str:
    """Return the installed version of a distribution, or `absent`."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return "absent"


_LITERALS = (
    *("TAKES", "PARAMS", "DISTRIBUTIONS", "EXTRA"),
    *("SETTINGS", "MODELS", "PATIENCE", "PASSES", "TIMES"),
)


@cache
def _literals(path: Path) -> dict[str, Any]:
    """Return what a module says of itself in literals, read without importing it."""
    return {
        target.id: ast.literal_eval(node.value)
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name) and target.id in _LITERALS
    }


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
