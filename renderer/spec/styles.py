"""Named text styles: the theme's, the film's over them, and what each extends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from renderer.errors import did_you_mean
from renderer.spec.context import Context
from renderer.templates import Part

ARABIC_SIZE = 1.08
"""How much larger than Latin type Arabic type is set at the same role."""

ARABIC_LINE_HEIGHT = 1.6
"""Line height of Arabic type, whose marks need room above and below."""

ARABIC_CAPTION_LINE_HEIGHT = 1.5
"""Line height of captions in Arabic type: two lines stay within the lower fifth of the picture."""

DEEPEST = 16
"""Styles that may extend one another in a row."""

_ARABIC = {"ar", "arc", "az-ir", "ckb", "fa", "ks", "ku-iq", "pnb", "ps", "sd", "ug", "ur"}


def is_arabic(lang: str) -> bool:
    """Return whether a BCP 47 tag names a language in Arabic script; a script tag decides."""
    parts = lang.lower().replace("_", "-").split("-")
    scripts = [part for part in parts[1:] if len(part) == 4 and part.isalpha()]
    if scripts:
        return scripts[0] == "arab"
    return parts[0] in _ARABIC or "-".join(parts[:2]) in _ARABIC


def resolve_styles(context: Context, own: Mapping[str, Part]) -> None:
    """Fill `context.styles` with every style, chains followed; problems are added.

    The theme's are set for the film's script first; the film's win over them, key by key.
    """
    themes = {name: _set_for(name, context) for name in context.theme.styles.data}
    named = {**themes, **own}
    for name in themes.keys() & own.keys():
        named[name] = own[name].over(themes[name])
    for name in named:
        context.styles[name] = _chained(name, named, (), context)


def _set_for(name: str, context: Context) -> Part:
    """Return a theme's style for the film's script: Arabic is larger, with more room."""
    style = context.theme.styles.child(name)
    if not is_arabic(context.lang):
        return style
    leading = ARABIC_CAPTION_LINE_HEIGHT if name == "caption" else ARABIC_LINE_HEIGHT
    data: dict[str, Any] = {**style.data, "line_height": leading}
    if "size" in data:
        data["size"] = _times(data["size"], ARABIC_SIZE)
    return replace(style, data=data)


def _times(length: float | str, factor: float) -> float | str:
    if not isinstance(length, str):
        return round(length * factor, 3)
    number = length.rstrip("%px ")
    return f"{round(float(number) * factor, 3):g}{length[len(number) :].strip()}"


def _chained(name: str, named: dict[str, Part], via: tuple[str, ...], context: Context) -> Part:
    """Return a style completed by those that it extends, without `extends`."""
    style = named[name]
    base = style.data.get("extends")
    if base is None:
        return style
    own = style.without("extends")
    if base == name or base in via:
        chain = " → ".join((*via, name, base))
        context.add(
            "style-circle", f"styles extend one another: {chain}", style.place(("extends",))
        )
    elif len(via) == DEEPEST:
        says = f"a style extends others through more than {DEEPEST} steps"
        context.add("too-deep", says, style.place(("extends",)))
    elif base in named:
        return own.over(_chained(base, named, (*via, name), context))
    else:
        says = f"no style is named '{base}'"
        where = style.place(("extends",))
        context.add("unknown-name", says, where, did_you_mean(base, named))
    return own
