"""Starters: small specs that explain themselves, to begin a film from."""

from __future__ import annotations

from pathlib import Path

from renderer.errors import Problem, UsageError, did_you_mean
from renderer.paths import templates

DEFAULT = "explainer"


def starters() -> dict[str, tuple[str, ...]]:
    """Return the name of each starter with the languages that it is written in."""
    found: dict[str, tuple[str, ...]] = {}
    for file in sorted(templates("starters").glob("*.*.yaml")):
        name, _, lang = file.stem.partition(".")
        found[name] = (*found.get(name, ()), lang)
    return found


def starter(name: str, lang: str) -> str:
    """Return a starter's text; raises UsageError where there is none of that name or language."""
    known = starters()
    if name not in known:
        hint = did_you_mean(name, known) or f"there are {', '.join(known)}"
        raise UsageError(Problem("unknown-name", f"no starter is named '{name}'", hint=hint))
    if lang not in known[name]:
        says = f"the starter '{name}' is not written in '{lang}'"
        hint = f"there are {', '.join(known[name])}; `lang` in the spec takes any language"
        raise UsageError(Problem("unknown-name", says, hint=hint))
    return (templates("starters") / f"{name}.{lang}.yaml").read_text(encoding="utf-8")


def begin(path: Path, text: str) -> None:
    """Write a new spec; raises UsageError where a file is there already or none can be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text.replace("NAME.yaml", path.name))
    except FileExistsError:
        problem = Problem("exists", f"{path} is there already", hint="name another file")
        raise UsageError(problem) from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(Problem("disk", f"cannot write {path}: {reason}")) from error
