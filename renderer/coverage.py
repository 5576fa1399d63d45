"""Which characters the shipped fonts have, written down: no font is unpacked to check a spec.

`coverage.txt` is for one version of the fonts; of another nothing is known here. It is written by
`make coverage`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path

FONTS = "pymupdf-fonts"
FILE = Path(__file__).with_suffix(".txt")


def characters(key: str) -> frozenset[int] | None:
    """Return the code points that a shipped font has; None where that is not written down."""
    line = _lines().get(key)
    return None if line is None else frozenset(_listed(line))


@cache
def _lines() -> dict[str, str]:
    """Return font → its ranges as they are written, none where other fonts are installed."""
    head, *rows = FILE.read_text(encoding="ascii").splitlines()
    if head != f"{FONTS} {version(FONTS)}":
        return {}
    named = (row.partition(": ") for row in rows)
    return {key: ranges for keys, _, ranges in named for key in keys.split()}


def _listed(ranges: str) -> Iterator[int]:
    for written in ranges.split():
        first, _, last = written.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)
