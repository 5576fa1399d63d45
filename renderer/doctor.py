"""What this machine has and what it lacks, each with what would mend it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version

from renderer.asking import installs, lacking, listing
from renderer.engines import Engine, distribution_version, installed, languages
from renderer.machine import shaping
from renderer.store import Store
from renderer.voice import PATIENCE
from renderer.work import cores

GPL = {
    "av": "PyAV's wheel brings x264 and x265, GPL-2.0-or-later",
    "espeakng-loader": "its wheel brings eSpeak NG, GPL-3.0-or-later",
    "piper-tts": "Piper itself, GPL-3.0-or-later; its models have licences of their own",
}
"""Distribution → the part under the GPL that its wheel brings; NOTICE says the same."""

_WANTED = ("silent",)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its name, whether it works, what it is, and what would mend it.

    `needed` says that films cannot be made without it.
    """

    name: str
    works: bool
    detail: str
    hint: str = ""
    needed: bool = True


def findings(store: Store) -> Iterator[Finding]:
    """Yield what was found, one thing after the other; voices are asked through the store."""
    yield Finding(
        "python", sys.version_info >= (3, 11), platform.python_version(), "use 3.11 or newer"
    )
    yield Finding("machine", True, f"{platform.system()} {platform.machine()}, {cores()} cores")
    yield from map(_library, _libraries())
    yield _shaping()
    for engine in installed().values():
        if engine.name not in _WANTED:
            yield _voices(engine, store)
    for name, part in GPL.items():
        if distribution_version(name) != "absent":
            yield Finding(f"licence of {name}", True, part)


def _libraries() -> list[str]:
    """Return the distributions that ours requires, extras left out."""
    wanted = requires("reelspec") or []
    return sorted(
        line.split(";")[0].split(">")[0].split("<")[0].strip()
        for line in wanted
        if "extra ==" not in line
    )


def _library(name: str) -> Finding:
    try:
        return Finding(name, True, version(name))
    except PackageNotFoundError:
        return Finding(name, False, "not installed", f"pip install {name}")


def _shaping() -> Finding:
    found = shaping()
    there = ", ".join(f"{name} {number}" for name, number in found.items() if number)
    if found["raqm"] and found["fribidi"]:
        return Finding("text shaping", True, f"Raqm, every script ({there})")
    lacking = "arabic-reshaper and python-bidi: Arabic, Hebrew and simple scripts only"
    hint = "install FriBiDi (Debian: libfribidi0, macOS: brew install fribidi) for every script"
    return Finding("text shaping", False, lacking, hint, needed=False)


def _voices(engine: Engine, store: Store) -> Finding:
    listed = listing(engine, store, PATIENCE)
    name = f"voice {engine.name}"
    if isinstance(listed, str):
        return Finding(name, False, listed, installs(engine), needed=False)
    if lacks := lacking(engine, PATIENCE):
        return Finding(name, False, lacks, needed=False)
    spoken = languages([listed])
    shown = ", ".join(spoken[:12]) + (", …" if len(spoken) > 12 else "")
    told = f"{len(spoken)} languages: {shown}" if spoken else "any language"
    count = f"{len(listed)} voice{'s' if len(listed) != 1 else ''}"
    return Finding(name, True, f"{count}, {told}", needed=False)
