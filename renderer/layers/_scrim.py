"""Shade over a picture where text stands on it: as dark, or as light, as reading needs, no more.

Contrast is that of WCAG 2.2: (L1 + 0.05) / (L2 + 0.05) of the relative luminances.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from renderer.media.pixels import Pixels, noise, rgba

Text = Sequence[float | str]
"""Left, top, width and height of a text in pixels of the picture, and its colour."""

CONTRAST = 4.5
_STEPS = 24
_SHARE = 99.5
_SAMPLES = 40_000
_SOFT = 0.22


def shaded(pixels: Pixels, texts: Sequence[Text]) -> Pixels:
    """Return the picture under enough shade that each text on it has a contrast of 4.5.

    The shade is one tone, black under light text and white under dark, spread over the picture's
    width; it is even behind the text and fades out above and below it.
    """
    done = pixels
    for text in texts:
        tone = 0.0 if luminance(np.array([rgba(str(text[4]))[:3]]))[0] > 0.18 else 255.0
        strength = needed(pixels, text, tone)
        if strength > 0:
            done = _toned(done, _profile(pixels.shape[0], text) * np.float32(strength), tone)
    return done


def luminance(colors: NDArray[np.generic]) -> NDArray[np.float64]:
    """Return the relative luminance, 0–1, of sRGB colours of 0–255 in the last axis."""
    shares = colors.astype(np.float64) / 255
    linear = np.where(shares <= 0.04045, shares / 12.92, ((shares + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ (0.2126, 0.7152, 0.0722), np.float64)


def needed(pixels: Pixels, text: Text, tone: float) -> float:
    """Return the opacity of a tone that gives a text enough contrast on a picture, 0–1."""
    under = _under(pixels, text)
    if under.size == 0:
        return 0.0
    own = float(luminance(np.array([rgba(str(text[4]))[:3]]))[0])
    low, high = 0.0, 1.0
    if _worst(under, own, tone, low) >= CONTRAST:
        return 0.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        enough = _worst(under, own, tone, middle) >= CONTRAST
        low, high = (low, middle) if enough else (middle, high)
    return high


def _under(pixels: Pixels, text: Text) -> NDArray[np.float64]:
    """Return colours of the picture under a text, (n, 3), evenly picked where they are many."""
    x, y, width, height = (round(float(side)) for side in text[:4])
    part = pixels[max(0, y) : max(0, y + height), max(0, x) : max(0, x + width), :3]
    colors = part.reshape(-1, 3)
    return colors[:: max(1, len(colors) // _SAMPLES)].astype(np.float64)


def _worst(under: NDArray[np.float64], own: float, tone: float, opacity: float) -> float:
    """Return the contrast that all but the worst half percent of the pixels have."""
    below = luminance(under * (1 - opacity) + tone * opacity)
    other = float(np.percentile(below, _SHARE if tone == 0 else 100 - _SHARE))
    light, dark = max(own, other), min(own, other)
    return (light + 0.05) / (dark + 0.05)


def _profile(height: int, text: Text) -> NDArray[np.float32]:
    """Return how much shade each row has: all behind the text, none far above and below it."""
    top, bottom = float(text[1]), float(text[1]) + float(text[3])
    rows = np.arange(height, dtype=np.float32) + np.float32(0.5)
    away = np.maximum(np.maximum(top - rows, rows - bottom), 0) / (_SOFT * height)
    share = 1 - np.clip(away, 0, 1)
    if bottom > 0.7 * height:
        share = np.where(rows > bottom, 1, share)
    return np.asarray(share * share * (3 - 2 * share), np.float32)


def _toned(pixels: Pixels, opacity: NDArray[np.float32], tone: float) -> Pixels:
    """Return the pixels with a tone over them, of an opacity for each row; dithered."""
    done = pixels.copy()
    share = opacity[:, None, None]
    mixed = pixels[..., :3] * (1 - share) + np.float32(tone) * share
    grain = noise(pixels.shape[1], pixels.shape[0])[..., None]
    done[..., :3] = np.where(share > 0, np.minimum(mixed + grain, 255), pixels[..., :3])
    return done
