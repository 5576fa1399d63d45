"""Write down which characters the shipped fonts have, where `renderer.coverage` reads it.

python docs/coverage.py
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import version

from renderer.coverage import FILE, FONTS
from renderer.fonts import Face, mapped
from renderer.shelves import SHIPPED


def text(found: dict[str, Iterable[int]]) -> str:
    """Return what says which characters fonts have; equal ones share a line."""
    rows: dict[str, list[str]] = {}
    for key, codes in found.items():
        rows.setdefault(" ".join(_ranges(sorted(codes))), []).append(key)
    lines = (f"{' '.join(keys)}: {ranges}" for ranges, keys in rows.items())
    return "\n".join([f"{FONTS} {version(FONTS)}", *lines, ""])


def _ranges(codes: list[int]) -> Iterator[str]:
    """Yield the ranges of ascending code points, as they are written."""
    begin = 0
    for at, code in enumerate(codes, start=1):
        if at == len(codes) or codes[at] != code + 1:
            first = codes[begin]
            yield f"{first:x}-{code:x}" if first != code else f"{first:x}"
            begin = at


if __name__ == "__main__":
    keys = dict.fromkeys(key for each in SHIPPED.values() for key in each)
    FILE.write_text(text({key: mapped(Face(key)) for key in keys}), encoding="ascii")
