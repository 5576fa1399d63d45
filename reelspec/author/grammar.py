"""Instructions in words, in English and Arabic → what is to be done to a spec.

It understands what it lists in UNDERSTOOD and nothing else: what it does not understand is said,
never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from reelspec.author.orders import Order, Verb

UNDERSTOOD = (
    "shorter scene 2",
    "longer scene 2",
    "remove scene 2",
    "move scene 4 before scene 2",
    "move scene 2 to the end",
    'retitle scene 2 "A new title"',
    "theme paper",
)


_ENGLISH = "first second third fourth fifth sixth seventh eighth ninth tenth"
_ARABIC = "الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر"
_ORDINALS = {
    **{word: n for words in (_ENGLISH, _ARABIC) for n, word in enumerate(words.split())},
    "opening": 0,
    "last": -1,
    "final": -1,
    "الأخير": -1,
    "الاول": 0,
    "الاخير": -1,
}
_SCENE = re.compile(r"(?:scene|المشهد|مشهد)\s+(?:number\s+|no\.?\s+|رقم\s+)?(\S+)", re.I)
_BEFORE_SCENE = re.compile(r"(\w+)\s+(?:scene)\b", re.I)
_QUOTED = re.compile(r"[\"“«'‘](.+)[\"”»'’]\s*$")
_TITLE_TO = re.compile(r"(?:\bto\b|\bas\b|إلى|:)\s*(.+)$", re.I)
_PLACE = re.compile(r"\b(before|after)\b|(قبل|بعد)", re.I)
_THEME = re.compile(r"(?:theme|السمة|سمة)\s+(?:to\s+|إلى\s+)?([\w-]+)|the\s+([\w-]+)\s+theme", re.I)
_VERBS: tuple[tuple[Verb, re.Pattern[str]], ...] = (
    ("retitle", re.compile(r"\b(?:retitle|rename|title|heading)\b|عنوان|عنون", re.I)),
    ("shorter", re.compile(r"\b(?:shorter|shorten|tighten|trim)\b|أقصر|اقصر|اختصر|قص[ّ]?ر", re.I)),
    ("longer", re.compile(r"\b(?:longer|lengthen|extend|expand)\b|أطول|اطول|أطل|طو[ّ]?ل", re.I)),
    ("remove", re.compile(r"\b(?:remove|delete|drop)\b|احذف|أزل|ازل", re.I)),
    ("move", re.compile(r"\b(?:move|put)\b|انقل|حر[ّ]?ك|ضع", re.I)),
    ("theme", re.compile(r"\btheme\b|السمة|سمة", re.I)),
)


def understood(instruction: str, ids: Sequence[str]) -> Order | None:
    """Return what an instruction asks for, None where it is not understood; `ids` name scenes.

    Scenes are meant by number, ordinal or id.
    """
    quoted = _QUOTED.search(instruction)
    plain = instruction[: quoted.start()] if quoted else instruction
    verb = next((name for name, pattern in _VERBS if pattern.search(plain)), None)
    if verb is None:
        return None
    if verb == "theme":
        found = _THEME.search(plain)
        return Order("theme", text=(found[1] or found[2]).strip()) if found else None
    if verb == "move":
        return _moved(plain, ids)
    scene = _scene(plain, ids)
    if scene is None:
        return None
    return _retitled(plain, quoted, scene) if verb == "retitle" else Order(verb, scene)


def _retitled(plain: str, quoted: re.Match[str] | None, scene: int) -> Order | None:
    found = quoted or _TITLE_TO.search(plain)
    title = found[1].strip(" .\"'") if found else ""
    return Order("retitle", scene, text=title) if title else None


def _scene(text: str, ids: Sequence[str]) -> int | None:
    """Return the index of the scene that a text means, None where it means none that is there."""
    words = [found[1] for found in (_SCENE.search(text), _BEFORE_SCENE.search(text)) if found]
    for word in [
        *words,
        *(name for name in ids if re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)),
    ]:
        index = _index(word.strip(".,:،؛\"'"), ids)
        if index is not None:
            return index
    return None


def _index(word: str, ids: Sequence[str]) -> int | None:
    if word in ids:
        return ids.index(word)
    if word.isdecimal():
        index = int(word) - 1
    else:
        known = _ORDINALS.get(word.lower())
        if known is None:
            return None
        index = known + len(ids) if known < 0 else known
    return index if 0 <= index < len(ids) else None


def _moved(text: str, ids: Sequence[str]) -> Order | None:
    """Return the order to move a scene: before or after another, to a number, to an end."""
    where = _PLACE.search(text)
    head, tail = (text[: where.start()], text[where.end() :]) if where else _parted(text)
    scene, target = _scene(head, ids), _target(tail, ids)
    if scene is None or target is None or (scene == target and where):
        return None
    if not where:
        return Order("move", scene, target)
    after = (where[1] or where[2]).lower() in ("after", "بعد")
    place = target + (1 if after else 0)
    return Order("move", scene, place - 1 if scene < place else place)


def _parted(text: str) -> tuple[str, str]:
    pieces = re.split(r"\s+(?:to|إلى|الى|في)\s+", text, maxsplit=1)
    return pieces[0], pieces[1] if len(pieces) > 1 else ""


def _target(text: str, ids: Sequence[str]) -> int | None:
    if re.search(r"\b(?:end|last)\b|النهاية|الآخر|الأخير", text, re.I):
        return len(ids) - 1
    if re.search(r"\b(?:start|beginning|top|first)\b|البداية|الأول", text, re.I):
        return 0
    number = re.search(r"\d+", text)
    found = _index(number[0], ids) if number else None
    return found if found is not None else _scene(text, ids)
