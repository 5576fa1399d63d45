"""Which scenes of a script can do with a picture, what it is to show, and how it stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from reelspec.author.darkroom import Picture, Wish
from reelspec.author.plain import spoken_text
from reelspec.author.segmentation import content_words, spaced
from reelspec.author.staging import Scene

MOST = 8
"""Pictures that a film has at the most."""

_MOST_ITEMS = 4
_LONGEST_ITEM = 36
_NOTED = re.compile(r"(?:b-roll|picture): *(.*)")
_MOST_WORDS = 5
_SHORT = 1080
_TWO_COLUMNS = 1.3  # of width to height, as the templates have it


def places(scenes: Sequence[Scene]) -> list[int]:
    """Return the indices of the scenes that take a picture: the first, the last, no two in a row.

    These are titles, statements and short lists; what shows a chart, a number, a quotation or code
    is a picture of its own.
    """
    able = [at for at, scene in enumerate(scenes) if _able(scene)]
    chosen: list[int] = []
    for at in dict.fromkeys([*able[:1], *able[-1:], *able]):
        if all(abs(at - other) > 1 for other in chosen):
            chosen.append(at)
    return sorted(chosen[:MOST])


def _able(scene: Scene) -> bool:
    given = scene.get("with", {})
    if scene["template"] == "bullets":
        items = given["items"]
        return len(items) <= _MOST_ITEMS and all(len(item) <= _LONGEST_ITEM for item in items)
    return scene["template"] in ("title", "statement")


def wish_of(scene: Scene, topic: str, lang: str, size: str) -> Wish:
    """Return the picture that a scene could do with; `size` is the film's, as specs write it."""
    shown = list(_texts(scene["with"]))
    noted = _NOTED.match(scene.get("notes", ""))
    said = " ".join(str(scene.get("say", "")).split())
    named = noted[1] if noted else ""
    searches = [*_narrowing(named, lang), *_narrowing(shown[0], lang)[1:], topic]
    subject = named if noted and scene["notes"].startswith("picture") else f"{topic}: {shown[0]}"
    kept = tuple(dict.fromkeys(filter(None, map(spoken_text, searches))))
    return Wish(kept, subject, " ".join([*shown, said, named]), *_box(size))


def _narrowing(text: str, lang: str) -> list[str]:
    """Return words to search with: all of a text where it is short, then fewer of what it names."""
    named = content_words(text, lang) if spaced(lang) else [text]
    whole = text if len(text.split()) <= _MOST_WORDS else " ".join(named[:_MOST_WORDS])
    return [whole, " ".join(named[:2])]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inner in value.values() if isinstance(value, Mapping) else ():
        yield from _texts(inner)
    for inner in value if isinstance(value, list) else ():
        yield from _texts(inner)


def _box(size: str) -> tuple[int, int]:
    """Return the pixels of the picture's half of the canvas: beside the words, or above them."""
    width, height = {"vertical": (9, 16), "square": (1, 1)}.get(size, (16, 9))
    if written := re.fullmatch(r"(\d{1,5})x(\d{1,5})", size):
        width, height = max(1, int(written[1])), max(1, int(written[2]))
    scale = _SHORT / min(width, height)
    wide, high = width * scale, height * scale
    if width < _TWO_COLUMNS * height:
        return round(wide), round(min(high * 0.42, wide))
    return round(min(wide / 2, 2 * high)), round(high)


def posed(scene: Scene, picture: Picture, file: str) -> Scene:
    """Return a scene with a picture from `file` beside its words, noted by what it was found."""
    given = dict(scene["with"])
    title = given.pop("title", "") or given.pop("text", "")
    text = given.pop("subtitle", "") or given.pop("text", "")
    words = {"title": title, "text": text, "items": given.get("items")}
    shown = {key: value for key, value in words.items() if value} | {"src": file}
    made = {**scene, "template": "split", "with": shown}
    notes = filter(None, (scene.get("notes", ""), f"picture by: {spoken_text(picture.asked)}"))
    return made | {"notes": "; ".join(notes)}
