"""`make gallery`: every template in every theme, format and direction, and every transition."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from PIL import Image

from renderer.paint import paint, rgb
from renderer.plan import plan
from renderer.schema import plugins
from renderer.segments import picture_at
from renderer.spec import load
from renderer.templates import library
from renderer.timeline import Timeline

FOLDER = Path(__file__).parent / "gallery"
FORMATS = {"wide": (1280, 720, 4), "square": (1080, 1080, 6), "tall": (1080, 1920, 8)}
"""Name → width and height of the films, and cells in a row of the sheet."""

_SHOWN = (1, 7, 12, 16, 21, 27)
"""Frames of a transition of 29 that its row shows."""

_WIDTH = 1920
_GAP = 12


def parameters(lang: str) -> dict[str, Any]:
    """Return template → parameters that show it in a language, `en` or `ar`."""
    if lang == "ar":
        found = yaml.safe_load((FOLDER / "arabic.yaml").read_text("utf-8"))
        return {name: found[name] for name in sorted(library().scenes)}
    templates = {name: library().template(name, []) for name in sorted(library().scenes)}
    return {name: dict(each.example) for name, each in templates.items() if each}


def timeline(theme: str, size: tuple[int, int], lang: str) -> Timeline:
    """Return a silent film of all templates, one scene each."""
    scenes = [
        {"id": name, "template": name, "with": given, "duration": "4s", "transition": "cut"}
        for name, given in parameters(lang).items()
    ]
    told = {"version": 1, "lang": lang, "theme": theme, "size": f"{size[0]}x{size[1]}"}
    return planned({**told, "scenes": scenes}, f"{theme}-{told['size']}-{lang}")


def planned(spec: dict[str, Any], name: str) -> Timeline:
    """Return the timeline of a silent spec, whose paths are relative to the gallery."""
    file = FOLDER / f".{name}.yaml"
    try:
        file.write_text(json.dumps(spec), "utf-8")
        return plan(load(file, root=FOLDER), ())[0]
    finally:
        file.unlink(missing_ok=True)


def pictures(film: Timeline) -> Iterator[np.ndarray[Any, np.dtype[np.uint8]]]:
    """Yield the last frame of each scene as RGB."""
    for start, shot in zip(film.starts, film.shots, strict=True):
        segment, frame = picture_at(film, start + shot.frames - 1)
        yield rgb(paint(segment, frame))


def sheet(theme: str, name: str) -> Path:
    """Write the contact sheet of a theme in a format, English beside Arabic; return its file."""
    width, height, columns = FORMATS[name]
    both = [list(pictures(timeline(theme, (width, height), lang))) for lang in ("en", "ar")]
    shown = [picture for pair in zip(*both, strict=True) for picture in pair]
    file = FOLDER / f"{theme}-{name}.webp"
    tiled(shown, columns, height / width).save(file, quality=82, method=6)
    return file


def tiled(
    shown: Sequence[np.ndarray[Any, np.dtype[np.uint8]]], columns: int, shape: float
) -> Image.Image:
    """Return pictures in rows of some columns; `shape` is their height in widths."""
    wide = (_WIDTH - _GAP * (columns + 1)) // columns
    high = round(wide * shape)
    rows = -(-len(shown) // columns)
    done = Image.new("RGB", (_WIDTH, rows * (high + _GAP) + _GAP), "#808080")
    for index, picture in enumerate(shown):
        small = Image.fromarray(picture).resize((wide, high), Image.Resampling.LANCZOS)
        row, column = divmod(index, columns)
        done.paste(small, (_GAP + column * (wide + _GAP), _GAP + row * (high + _GAP)))
    return done


def moves() -> dict[str, Any]:
    """Return every transition but the cut as it is written, under its name."""
    found = {name: {"kind": name} for name in plugins("transitions") if name != "cut"}
    return {**found, "zoom, grows: old": {"kind": "zoom", "grows": "old"}}


def frames(name: str, lang: str) -> Iterator[np.ndarray[Any, np.dtype[np.uint8]]]:
    """Yield frames of a transition, as far apart as they show it best."""
    width, height, _ = FORMATS["wide"]
    told = {"version": 1, "lang": lang, "size": f"{width}x{height}", "fps": 30}
    shown = parameters(lang)
    scenes = [
        {"template": template, "with": shown[template], "duration": "1s"}
        for template in ("bullets", "stat")
    ]
    scenes[1]["transition"] = {**moves()[name], "over": "29f"}
    film = planned({**told, "scenes": scenes}, f"transition-{lang}")
    for frame in _SHOWN:
        yield rgb(paint(*picture_at(film, 30 + frame)))


def motions() -> Path:
    """Write the sheet of the transitions, each in English and in Arabic; return its file."""
    rows = [list(frames(name, lang)) for name in moves() for lang in ("en", "ar")]
    file = FOLDER / "transitions.webp"
    tiled([picture for row in rows for picture in row], len(_SHOWN), 9 / 16).save(
        file, quality=82, method=6
    )
    return file


def index() -> str:
    """Return the gallery's page in Markdown."""
    themes, scenes = sorted(library().themes), ", ".join(f"`{n}`" for n in sorted(library().scenes))
    lines = [
        "# Gallery",
        "",
        f"The scene templates {scenes}, in that order, each in English and in Arabic, in every"
        " theme and three formats. Made by `make gallery`; the texts are the templates' examples"
        " and [arabic.yaml](arabic.yaml), the picture is drawn for this page.",
        "",
    ]
    for theme in themes:
        about = found.about if (found := library().theme(theme, [])) else ""
        lines += [f"## {theme}", "", about, ""]
        lines += [f"### {name}\n\n![{theme}, {name}]({theme}-{name}.webp)\n" for name in FORMATS]
    lines += ["## Transitions", "", f"{', '.join(moves())}: each in English, then in Arabic.", ""]
    return "\n".join([*lines, "![the transitions](transitions.webp)", ""])


def main(chosen: list[str]) -> None:
    """Write every sheet and the page, or only those of the themes that are named."""
    work = [(theme, name) for theme in chosen or sorted(library().themes) for name in FORMATS]
    with ProcessPoolExecutor() as pool:
        for file in pool.map(sheet, *zip(*work, strict=True)):
            sys.stdout.write(f"{file}\n")
    sys.stdout.write(f"{motions()}\n")
    (FOLDER / "README.md").write_text(index(), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
