"""A film as formats are given it: its pictures one by one, its sound as PCM, its tags."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from renderer.media.parts import Chapter
from renderer.media.planes import Planes


@dataclass(frozen=True, slots=True, eq=False)
class Picture:
    """One frame; `alpha`, uint8 (height, width), is there where the film is clear.

    The planes then hold colours as they are where nothing shines through (straight alpha).
    """

    planes: Planes
    alpha: NDArray[np.uint8] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Movie:
    """A film: `pictures()` yields its frames from the first on, as often as it is called.

    `poster()` is the frame that stands for the film, `rgb` gives planes as (height, width, 3),
    `sound` is a WAV of 48 kHz in stereo, `clear` says that frames have alpha.
    """

    size: tuple[int, int]
    fps: Fraction
    frames: int
    pictures: Callable[[], Iterator[Picture]]
    poster: Callable[[], Picture]
    rgb: Callable[[Planes], NDArray[np.uint8]]
    sound: Path
    clear: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)
    chapters: Sequence[Chapter] = ()

    def rgba(self, picture: Picture) -> NDArray[np.uint8]:
        """Return a frame as (height, width, 4), straight alpha."""
        colors = self.rgb(picture.planes)
        alpha = np.full(colors.shape[:2], 255, np.uint8) if picture.alpha is None else picture.alpha
        return np.dstack([colors, alpha])
