"""Times of the spec language as exact fractions, and their rounding to frames and samples."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

SAMPLE_RATE = 48_000

LONGEST = Fraction(24 * 3600)
"""Seconds that a scene may last, and a film."""

_NUMBER = r"\d+(?:\.\d+)?|\.\d+"
_TIME = re.compile(
    rf"(?:(?P<minutes>\d+):(?P<rest>[0-5]?\d(?:\.\d+)?)|(?P<number>{_NUMBER})\s*(?P<unit>s|ms|f)?)"
)
_SIGNED = re.compile(r"(?P<base>.*?)\s*(?P<sign>[+-])\s*(?P<offset>[^+-]+)")


@dataclass(frozen=True, slots=True)
class Instant:
    """A moment in a scene: a base (`start`, `end`, `share` or `mark`) and an offset in seconds.

    `share` is the fraction of the scene's length that a percentage names, `mark` a mark's name.
    """

    base: str
    offset: Fraction = Fraction(0)
    share: Fraction = Fraction(0)
    mark: str = ""


def seconds(written: object, fps: Fraction = Fraction(30)) -> Fraction | None:
    """Return the length written as `2`, `2.5`, `2s`, `300ms`, `1:30` or `90f`, else None.

    `fps` gives the length of the frames in `90f`.
    """
    if isinstance(written, bool) or not isinstance(written, int | float | str | Fraction):
        return None
    if isinstance(written, str):
        return _read(written, fps)
    return Fraction(str(written)) if written >= 0 else None


@lru_cache(maxsize=1024)
def _read(written: str, fps: Fraction) -> Fraction | None:
    match = _TIME.fullmatch(written.strip())
    return _matched(match, fps) if match else None


def _matched(match: re.Match[str], fps: Fraction) -> Fraction:
    if match["minutes"] is not None:
        return int(match["minutes"]) * 60 + Fraction(match["rest"])
    number = Fraction(match["number"])
    if match["unit"] == "f":
        return number / fps
    return number / 1000 if match["unit"] == "ms" else number


def instant(written: object, fps: Fraction = Fraction(30)) -> Instant | None:
    """Return the moment written as a time, `50%`, a mark, `mark + 500ms` or `end - 1s`, or None."""
    length = seconds(written, fps)
    if length is not None:
        return Instant("start", length)
    if not isinstance(written, str):
        return None
    match = _SIGNED.fullmatch(written.strip())
    offset = seconds(match["offset"].strip(), fps) if match else None
    if match and match["base"] and offset is not None:
        base = _base(match["base"])
        signed = offset if match["sign"] == "+" else -offset
        return Instant(base.base, signed, base.share, base.mark) if base else None
    return _base(written)


def _base(written: str) -> Instant | None:
    name = written.strip()
    if name in ("start", "end"):
        return Instant(name)
    if re.fullmatch(rf"(?:{_NUMBER})\s*%", name):
        return Instant("share", share=Fraction(name[:-1].strip()) / 100)
    return Instant("mark", mark=name) if re.fullmatch(r"[^\s+\-\d%][^\s+%]*", name) else None


def rate(written: object) -> Fraction | None:
    """Return frames per second written as a whole number or as `30000/1001`, or None."""
    if isinstance(written, int) and not isinstance(written, bool):
        return Fraction(written) if written > 0 else None
    if isinstance(written, str) and re.fullmatch(r"\d{1,6}(/\d{1,6})?", written.strip()):
        top, _, bottom = written.strip().partition("/")
        return Fraction(int(top), int(bottom or 1)) if int(top) and int(bottom or 1) else None
    return None


def half_up(value: Fraction) -> int:
    """Return the nearest whole number; halves go up."""
    return _nearest(value.numerator, value.denominator)


def _nearest(top: int, bottom: int) -> int:
    """Return the whole number nearest to a fraction, in lowest terms or not; halves go up."""
    return (2 * top + bottom) // (2 * bottom)


def frame_at(time: Fraction, fps: Fraction) -> int:
    """Return the frame nearest to an instant in seconds; halves go up."""
    return _nearest(*_product(time, fps))


def frames_for(length: Fraction, fps: Fraction) -> int:
    """Return how many whole frames it takes to hold a length in seconds."""
    frames, parts = _product(length, fps)
    return -(-frames // parts)


def _product(one: Fraction, other: Fraction) -> tuple[int, int]:
    """Return a product as numerator and denominator, not in lowest terms: long films have many."""
    return one.numerator * other.numerator, one.denominator * other.denominator


def sample_at(frame: int, fps: Fraction) -> int:
    """Return the audio sample, at 48 kHz, at which a frame begins."""
    return (2 * frame * SAMPLE_RATE * fps.denominator + fps.numerator) // (2 * fps.numerator)


def clock(time: Fraction) -> str:
    """Return a time as `m:ss.mmm`, for people."""
    milliseconds = half_up(time * 1000)
    return f"{milliseconds // 60_000}:{milliseconds % 60_000 // 1000:02}.{milliseconds % 1000:03}"
