"""Pictures of one's own, from a folder: chosen by the words of their names.

A file beside a picture, of the same name and ending in `.json` or `.txt`, may say more of it: its
`title`, `words`, `author`, `licence`, `url` and `seen`; in a text file as lines `author: …`.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from reelspec.author.darkroom import Darkroom, Offers, Picture, Wish
from reelspec.author.segmentation import content_words
from renderer.errors import Problem
from renderer.inputs import NotRead, read_ordinary

PARAMS = {
    "path": {
        "title": "Folder",
        "description": "The folder that holds them.",
        "type": "string",
        "examples": ["photos"],
    },
}

EXAMPLE = {"path": "photos"}

_ENDINGS = (".png", ".jpg", ".jpeg", ".webp")
_SAID = ("title", "words", "author", "licence", "url", "seen")
_LARGEST = 32 << 20
_LARGEST_NOTE = 64 << 10
_MOST = 2000
_TWICE = 2


def lacks(params: Mapping[str, Any], darkroom: Darkroom) -> Problem | None:
    """Return that there is no such folder, or no picture in it."""
    folder = darkroom.folder / params["path"]
    if not folder.is_dir():
        return Problem("no-folder", f"there is no folder '{params['path']}'")
    if not any(_files(folder)):
        hint = "it takes PNG, JPEG and WEBP files"
        return Problem("no-pictures", f"the folder '{params['path']}' holds no picture", hint=hint)
    return None


def credited(params: Mapping[str, Any], darkroom: Darkroom) -> bool:
    """Return whether a file beside one of the pictures says whose it is."""
    said = map(_said, _files(darkroom.folder / params["path"]))
    return any(one["author"] or one["licence"] or one["url"] for one in said)


def offers(wish: Wish, params: Mapping[str, Any], darkroom: Darkroom) -> Offers:
    """Yield the pictures that share words with a scene, those that share most first.

    Words to search with count twice.
    """
    near = _words(wish.about, darkroom.lang)
    nearest = _words(" ".join(wish.searches[:1]), darkroom.lang)
    found: list[tuple[int, Path, dict[str, str]]] = []
    for file in _files(darkroom.folder / params["path"]):
        said = _said(file)
        own = _words(f"{file.stem} {said['title']} {said['words']}", darkroom.lang)
        found.append((len(own & near) + _TWICE * len(own & nearest), file, said))
    for shared, file, said in sorted(found, key=lambda one: -one[0]):
        if shared:
            yield _picture(file, said, " ".join(sorted(nearest)))


def _files(folder: Path) -> list[Path]:
    try:
        there = sorted(folder.iterdir())[:_MOST]
    except OSError:
        return []
    return [file for file in there if file.suffix.lower() in _ENDINGS]


def _words(text: str, lang: str) -> set[str]:
    """Return the words of a text; some systems write the letters of names in pieces (NFD)."""
    return set(content_words(unicodedata.normalize("NFC", text).replace("_", " "), lang))


def _picture(file: Path, said: Mapping[str, str], asked: str) -> Picture | Problem:
    try:
        data = read_ordinary(file, _LARGEST)
    except (OSError, NotRead) as error:
        return Problem("unreadable", f"cannot read '{file.name}': {error}", level="warning")
    if len(data) > _LARGEST:
        return Problem("too-large", f"'{file.name}' is larger than 32 MiB", level="warning")
    kept = {key: said[key] for key in ("title", "author", "url", "seen", "licence")}
    return Picture(data, asked, file.name, **kept)


def _said(file: Path) -> dict[str, str]:
    """Return what the file beside a picture says of it, every key a text."""
    said = dict.fromkeys(_SAID, "")
    for suffix, read in ((".json", _of_json), (".txt", _of_lines)):
        text = _text(file.with_suffix(suffix))
        said |= {key: value for key, value in read(text) if key in _SAID} if text else {}
    return said


def _text(file: Path) -> str:
    try:
        return read_ordinary(file, _LARGEST_NOTE)[:_LARGEST_NOTE].decode("utf-8-sig", "replace")
    except (OSError, NotRead):
        return ""


def _of_json(text: str) -> Iterator[tuple[str, str]]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        return
    for key, value in data.items() if isinstance(data, dict) else ():
        parts = value if isinstance(value, list) else [value]
        yield _key(key), " ".join(part for part in parts if isinstance(part, str))


def _of_lines(text: str) -> Iterator[tuple[str, str]]:
    """Yield what lines `key: value` say; all other lines are words."""
    words: list[str] = []
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if colon and _key(key) in _SAID and _key(key) != "words":
            yield _key(key), value.strip()
        else:
            words.append(line.removeprefix("words:"))
    if any(words):
        yield "words", " ".join(words)


def _key(written: str) -> str:
    key = written.strip().lower()
    return "licence" if key == "license" else key
