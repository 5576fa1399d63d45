"""Font families: those that come with the program, and those of font packages, where installed.

Files of a package are only read; none of its code is run.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

SHIPPED = {
    "FiraGO": ("figo", "figbo", "figit", "figbi"),
    "Noto Sans": ("notos", "notosbo", "notosit", "notosbi"),
    "Fira Mono": ("fimo", "fimbo", "fimo", "fimbo"),
    "Space Mono": ("spacemo", "spacembo", "spacemit", "spacembi"),
    "Ubuntu": ("ubuntu", "ubuntubo", "ubuntuit", "ubuntubi"),
    "Ubuntu Mono": ("ubuntm", "ubuntmbo", "ubuntmit", "ubuntmbi"),
    "Cascadia Mono": ("cascadia", "cascadiab", "cascadiai", "cascadiabi"),
    "Noto Sans Symbols": ("symbol1",) * 4,
    "Noto Sans Symbols 2": ("symbol2",) * 4,
    "Noto Sans Math": ("math",) * 4,
    "Noto Music": ("music",) * 4,
}
"""Family → the keys in pymupdf_fonts of its regular, bold, italic and bold italic."""


@dataclass(frozen=True, slots=True)
class Pack:
    """A distribution that carries variable fonts, and the extra of ours that installs it."""

    extra: str
    distribution: str
    files: dict[str, str]


_CJK = "justmytype_intl_cjk/fonts/ofl"
PACKS = (
    Pack(
        "cjk",
        "justmytype-intl-cjk",
        {
            "Noto Sans SC": f"{_CJK}/notosanssc/NotoSansSC[wght].ttf",
            "Noto Sans JP": f"{_CJK}/notosansjp/NotoSansJP[wght].ttf",
            "Noto Sans KR": f"{_CJK}/notosanskr/NotoSansKR[wght].ttf",
            "Noto Sans TC": f"{_CJK}/notosanstc/NotoSansTC[wght].ttf",
        },
    ),
    Pack("emoji", "deckr-fonts", {"Noto Emoji": "deckr_fonts/fonts/NotoEmoji[wght].ttf"}),
)

_TRADITIONAL = {"hant", "tw", "hk", "mo"}


@cache
def packed() -> dict[str, Path]:
    """Return family → file of the font packages that are installed."""
    found = {}
    for pack in PACKS:
        for family, name in pack.files.items():
            path = _located(pack.distribution, name)
            if path is not None:
                found[family] = path
    return found


def _located(distribution: str, name: str) -> Path | None:
    try:
        path = Path(str(metadata.distribution(distribution).locate_file(name)))
    except metadata.PackageNotFoundError:
        return None
    return path if path.is_file() else None


def extra_of(family: str) -> str:
    """Return the extra that brings a family, or an empty string."""
    return next((pack.extra for pack in PACKS if family in pack.files), "")


def for_language(lang: str) -> tuple[str, ...]:
    """Return the installed families of packages, the one drawn for a BCP 47 language first.

    Han characters are drawn in one way in China, in others in Taiwan, Japan and Korea.
    """
    parts = lang.lower().replace("_", "-").split("-")
    chinese = "Noto Sans TC" if _TRADITIONAL & set(parts) else "Noto Sans SC"
    first = {"ja": "Noto Sans JP", "ko": "Noto Sans KR"}.get(parts[0], chinese)
    return tuple(sorted(packed(), key=lambda family: family != first))
