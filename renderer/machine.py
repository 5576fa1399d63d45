"""What a picture or a sound depends on beside our own code: the versions of the libraries."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

PICTURE = (
    *("Pillow", "opencv-python-headless", "av", "numpy", "pymupdf-fonts", "fonttools"),
    *("pygments", "uniseg", "python-bidi", "arabic-reshaper"),
    *("justmytype-intl-cjk", "deckr-fonts", "pythainlp", "resvg-py"),
)
SOUND = ("av", "numpy")


@cache
def versions(distributions: tuple[str, ...]) -> dict[str, str]:
    """Return distribution → installed version, or `absent`."""
    return {name: _version(name) for name in distributions}


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "absent"


@cache
def shaping() -> dict[str, str | None]:
    """Return the versions of what shapes text; None for a library that is not there.

    Without Raqm and FriBiDi another path shapes text, with other pictures. Pillow is loaded when
    it is asked, for most specs are checked without it.
    """
    from PIL import features

    names = ("raqm", "fribidi", "harfbuzz", "freetype2")
    return {name: features.version(name) for name in names}
