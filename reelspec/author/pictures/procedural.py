"""Backgrounds drawn by the program in the colours of the theme: no network, nobody else's work.

One motif runs through a film; each scene has a variation of its own, which its words decide.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from reelspec.author.darkroom import Darkroom, Offers, Picture, Wish
from reelspec.author.pictures._drawing import (
    Colour,
    Numbers,
    Sheet,
    colour,
    is_dark,
    jpeg,
    mixed,
    shares,
    sheet,
)
from renderer.paths import digest

PARAMS = {
    "motif": {
        "title": "Motif",
        "description": "What is drawn; by default the topic decides.",
        "type": "string",
        "enum": ["auto", "hills", "discs", "contours", "tiles"],
        "default": "auto",
    },
}

EXAMPLE = {"motif": "hills"}

_FINER = 1.1
_MOST = 2400
_TAU = np.float32(2 * np.pi)


def offers(wish: Wish, params: Mapping[str, Any], darkroom: Darkroom) -> Offers:
    """Yield one picture, the same for the same words, size and colours."""
    motif = params["motif"]
    if motif == "auto":
        motif = list(_MOTIFS)[int(digest(wish.searches[-1].encode())[:8], 16) % len(_MOTIFS)]
    finer = min(_FINER, _MOST / max(wish.width, wish.height))
    size = round(wish.width * finer), round(wish.height * finer)
    theme = {name: colour(written) for name, written in darkroom.palette.items()}
    drawn = _MOTIFS[motif](size, theme, shares(digest(wish.about.encode())))
    yield Picture(jpeg(drawn), motif, f"{motif}-{digest(wish.about.encode())}")


Size = tuple[int, int]
Theme = Mapping[str, Colour]


def _ground(size: Size, theme: Theme, deep: float = 0.5) -> Sheet:
    """Return a canvas from the theme's background to its surface."""
    ground = theme["background"]
    black = np.zeros(3, dtype=np.float32)
    low = mixed(ground, black, deep) if is_dark(ground) else mixed(ground, theme["line"], 0.5)
    return sheet(*size, mixed(ground, theme["surface"], 0.9), low)


def _hills(size: Size, theme: Theme, n: Sequence[float]) -> Sheet:
    """Draw ridges one behind the other under a low sun."""
    drawn = _ground(size, theme, 0.2)
    ground, dark = theme["background"], is_dark(theme["background"])
    half = drawn.x[0, -1], drawn.y[-1, 0]
    sun = (half[0] * (0.9 * n[0] - 0.45), half[1] * (-0.5 + 0.35 * n[1]))
    away = np.hypot(drawn.x - sun[0], drawn.y - sun[1])
    drawn.put(theme["accent"], np.float32(0.42 if dark else 0.3) * np.exp(-((away / 0.34) ** 2)))
    drawn.put(mixed(theme["accent"], np.full(3, 255, np.float32), 0.12), drawn.inside(away - 0.1))
    far = mixed(mixed(ground, theme["line"], 0.85), theme["accent"], 0.07 if dark else 0.18)
    near = mixed(ground, np.zeros(3, np.float32), 0.62) if dark else mixed(far, theme["text"], 0.78)
    count = 6
    for k in range(count):
        level = half[1] * (-0.12 + 1.0 * k / count)
        ridge = _ridge(drawn.x, n, k) * np.float32(0.1 + 0.035 * k)
        drawn.put(mixed(far, near, (k / (count - 1)) ** 0.9), drawn.inside(level + ridge - drawn.y))
    return drawn


def _ridge(x: Numbers, n: Sequence[float], k: int) -> Numbers:
    """Return the height of a ridge, -1 to 1: waves of lengths that do not repeat together."""
    turn = np.float32(6.3 * n[k + 2] + 1.7 * k)
    slow = np.float32(0.55 + 0.5 * n[(k + 8) % 16])
    waves = (1.0, 1.0, 0.0), (0.45, 2.3, 1.3), (0.18, 5.1, 2.9), (0.05, 11.7, 0.6)
    height: Numbers = np.zeros_like(x)
    for high, fast, more in waves:
        turned = turn * np.float32(1 + more)
        height += np.float32(high / 1.6) * np.sin(_TAU * slow * np.float32(fast) * x + turned)
    return height


def _discs(size: Size, theme: Theme, n: Sequence[float]) -> Sheet:
    """Draw large discs of glass, that darken or lighten where they overlap."""
    drawn = _ground(size, theme)
    half = drawn.x[0, -1], drawn.y[-1, 0]
    tones = [theme["line"], theme["accent"], theme["line"], theme["chart_b"], theme["accent"]]
    for k, tone in enumerate(tones):
        middle = half[0] * (2.3 * n[k] - 1.15), half[1] * (2.3 * n[k + 5] - 1.15)
        radius = 0.16 + 0.34 * n[k + 10]
        away = np.hypot(drawn.x - middle[0], drawn.y - middle[1])
        lit = np.clip(np.float32(0.62) + np.float32(0.38) * (drawn.y - middle[1]) / radius, 0.2, 1)
        drawn.put(tone, drawn.inside(away - radius) * lit * np.float32(0.62 if k % 2 else 0.5))
    ring = np.abs(np.hypot(drawn.x - half[0] * (n[15] - 0.5), drawn.y) - 0.4) - 0.0022
    drawn.put(theme["text"], drawn.inside(ring) * np.float32(0.5))
    return drawn


def _contours(size: Size, theme: Theme, n: Sequence[float]) -> Sheet:
    """Draw the lines of a map on which two summits rise."""
    drawn = _ground(size, theme)
    half = drawn.x[0, -1], drawn.y[-1, 0]
    field: Numbers = np.zeros_like(drawn.x)
    for k in range(3):
        middle = half[0] * (1.7 * n[k] - 0.85), half[1] * (1.7 * n[k + 3] - 0.85)
        flat, wide = np.float32(0.8 + 0.5 * n[k + 6]), np.float32(0.3 + 0.16 * n[k + 9])
        away = np.hypot(drawn.x - middle[0], (drawn.y - middle[1]) * flat) / wide
        field += np.float32(1.2 - 0.25 * k) * np.exp(-np.square(away))
    field += np.float32(0.05) * np.sin(_TAU * (drawn.x * 1.1 + drawn.y * 0.7 + n[12]))
    field += np.float32(0.03) * np.sin(_TAU * (drawn.y * 1.6 - drawn.x * 0.9 + n[13]))
    levels = field * np.float32(15)
    slope = np.hypot(*np.gradient(levels)).astype(np.float32) + np.float32(1e-4)
    drawn.put(theme["accent"], np.clip(field - np.float32(0.3), 0, 1) * np.float32(0.34))
    near = np.abs(levels - np.round(levels)) / slope
    heavy = np.round(levels) % 5 == 0
    thick = np.where(heavy, 1.7, 0.9).astype(np.float32) * np.float32(min(size) / 900)
    cover = np.clip(thick - near + np.float32(0.5), 0, 1)
    drawn.put(theme["line"], cover * ~heavy * np.float32(0.9))
    drawn.put(theme["accent"], cover * heavy)
    return drawn


def _tiles(size: Size, theme: Theme, n: Sequence[float]) -> Sheet:
    """Draw tiles of quarter discs and rings, as on a floor."""
    drawn = _ground(size, theme)
    wide, high = drawn.x[0, -1] * 2, drawn.y[-1, 0] * 2
    side = np.float32(max(wide, high) / round(max(wide, high) * 4))
    left, top = drawn.x + wide / 2, drawn.y + high / 2
    column, row = np.floor(left / side).astype(int), np.floor(top / side).astype(int)
    u, v = left - column * side, top - row * side
    salt = (column * 5 + row * 3 + (column * column * 7 + row * row * 11 + column * row)) % 16
    turned = (np.array(n, dtype=np.float32) * 4).astype(int)[salt]
    u = np.where(turned % 2 == 1, side - u, u)
    v = np.where(turned // 2 == 1, side - v, v)
    away = np.hypot(u, v).astype(np.float32)
    order = (np.array(list(n[5:]) + list(n[:5]), dtype=np.float32) * 5).astype(int)[salt]
    tones = [theme["line"], theme["accent"], theme["surface"], theme["chart_b"], theme["line"]]
    for number, tone in enumerate(tones):
        here = order == number
        drawn.put(tone, drawn.inside(away - side * 0.98) * here * np.float32(0.85))
        hole = drawn.inside(away - side * 0.5) * here
        drawn.put(mixed(theme["background"], tone, 0.22), hole)
    return drawn


_MOTIFS: Mapping[str, Callable[[Size, Theme, Sequence[float]], Sheet]] = {
    "hills": _hills,
    "discs": _discs,
    "contours": _contours,
    "tiles": _tiles,
}
