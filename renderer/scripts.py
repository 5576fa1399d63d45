"""Scripts: which join, which need Raqm to be shaped, and which extra brings the letters of one."""

from __future__ import annotations

_JOINING = ((0x0600, 0x08FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC), (0x1E900, 0x1E95F))
_COMPLEX = (
    (0x0700, 0x074F),
    (0x0780, 0x07FF),
    (0x0840, 0x085F),
    (0x0900, 0x0DFF),
    (0x0E00, 0x109F),
    (0x1100, 0x11FF),
    (0x1700, 0x18AF),
    (0x1900, 0x1CFF),
    (0xA800, 0xABFF),
    (0x11000, 0x11FFF),
    (0x1E900, 0x1E95F),
)
_CJK = (
    (0x1100, 0x11FF),
    (0x2E80, 0x312F),
    (0x3130, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x323AF),
)
_EMOJI = ((0x203C, 0x203C), (0x2049, 0x2049), (0x2190, 0x2BFF), (0x1F000, 0x1FAFF))
_EXTRAS = {"cjk": _CJK, "emoji": _EMOJI}

WITHOUT_RAQM = "install FriBiDi (on Debian and Ubuntu `apt install libfribidi0`)"
"""What to do where a script needs Raqm and there is none."""

Ranges = tuple[tuple[int, int], ...]


def _within(code: int, ranges: Ranges) -> bool:
    return any(first <= code <= last for first, last in ranges)


def joins(character: str) -> bool:
    """Return whether a character is of a script whose letters join; no line breaks inside it."""
    return _within(ord(character), _JOINING)


def needs_raqm(text: str) -> str:
    """Return the first character of a script that only Raqm shapes, or an empty string.

    The layout without it has Arabic, Hebrew and the scripts that need no shaping.
    """
    return next((character for character in text if _within(ord(character), _COMPLEX)), "")


def extra_for(code: int) -> str:
    """Return the extra whose fonts have letters such as that of a code point, or nothing."""
    return next((name for name, ranges in _EXTRAS.items() if _within(code, ranges)), "")
