"""What a picture or a sound depends on beside our own code: the versions of the libraries."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from PIL import features

PICTURE = (
    *("Pillow", "opencv-python-headless", "av", "numpy", "pymupdf-fonts", "fonttools"),
    *("uniseg", "python-bidi", "arabic-reshaper"),
)
SOUND = ("av", "numpy")


@cache
def versions(distributions: tuple[str, ...]) -> dict[str, str]:
    """Return distribution → installed version."""
    return {name: version(name) for name in distributions}


@cache
def shaping() -> dict[str, str | None]:
    """Return the versions of what shapes text; None for a library that is not there.

    Without Raqm and FriBiDi another path shapes text, with other pictures.
    """
    names = ("raqm", "fribidi", "harfbuzz", "freetype2")
    return {name: features.version(name) for name in names}
