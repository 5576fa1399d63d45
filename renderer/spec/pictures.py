"""Files of pictures as they are named: of a kind that can be shown, and not too large."""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from renderer.errors import Place
from renderer.sniff import Sniffed, picture
from renderer.spec.context import Context

_KINDS = ("PNG", "JPEG", "WEBP", "GIF", "SVG")
_SAVE = "save it as one of these"
_MOST_PIXELS = 50_000_000


def check_picture(file: str, sha256: str, place: Place, context: Context) -> None:
    """Add what is wrong with a file as a picture, as far as its first bytes tell it."""
    name, found = Path(file).name, _sniffed(file, sha256)
    if found is None:
        return
    if found.kind not in _KINDS:
        what = f"a {found.kind} file" if found.kind else "no picture"
        says = f"'{name}' is {what}; a picture is a PNG, JPEG, WEBP, GIF or SVG"
        hint = "a layer `video` plays it, a background `{video: …}`"
        context.add("bad-image", says, place, hint if found.kind == "video" else _SAVE)
    elif found.size and found.size[0] * found.size[1] > _MOST_PIXELS:
        width, height = found.size
        says = f"'{name}' has {width}x{height} pixels; at most 50 million are allowed"
        context.add("bad-image", says, place, "scale it down")
    elif (found.kind == "SVG") != name.lower().endswith(".svg"):
        says = f"'{name}' is {'an' if found.kind == 'SVG' else 'no'} SVG; its name says otherwise"
        context.add("bad-image", says, place, "rename it")
    elif found.kind == "SVG" and find_spec("resvg_py") is None:
        says = f"to show '{name}', a drawing, needs resvg_py"
        context.add("missing-extra", says, place, "pip install 'reelspec[svg]'")
    elif found.animated:
        says = f"'{name}' is animated; its first picture is shown"
        context.warn("animated-image", says, place, "a layer `video` plays it")


@lru_cache(maxsize=1024)
def _sniffed(file: str, sha256: str) -> Sniffed | None:
    del sha256
    try:
        return picture(Path(file))
    except OSError:
        return None
