"""Unicode's own conformance tests: the bidirectional algorithm and line breaking.

The files are those of Unicode 15.0; tests/data/unicode/LICENSE has their terms.
"""

import lzma
from collections.abc import Iterator
from pathlib import Path

from renderer.text.direction import levels, visual_order
from renderer.text.embedding import base_level, classes, matches
from renderer.units import opportunities

DATA = Path(__file__).parent.parent / "data" / "unicode"

# A character of each class of Bidi_Class, which BidiTest.txt is written in.
OF_CLASS = {
    "L": "a",
    "R": "\u05d0",
    "AL": "\u0627",
    "EN": "1",
    "ES": "+",
    "ET": "#",
    "AN": "\u0661",
    "CS": ",",
    "NSM": "\u0300",
    "BN": "\u00ad",
    "B": "\u2029",
    "S": "\t",
    "WS": " ",
    "ON": "!",
    "LRE": "\u202a",
    "LRO": "\u202d",
    "RLE": "\u202b",
    "RLO": "\u202e",
    "PDF": "\u202c",
    "LRI": "\u2066",
    "RLI": "\u2067",
    "FSI": "\u2068",
    "PDI": "\u2069",
}

# uniseg follows Unicode 16.0, whose rules part from 15.0 in these cases of the 15.0 file.
NEWER_RULES = {
    "LB15a-b: only an opening or closing quotation mark glues, no longer any before a bracket": [
        *("0022 0020 2329", "0022 0308 0020 2329", "0022 0020 0028", "0022 0308 0020 0028"),
        "0061 006D 0062 0069 0067 0075 0028 00AB 0020 0308 0020 00BB 0029 0028 0065 0308 0029",
        "0061 006D 0062 0069 0067 0075 00AB 0020 0028 0020 0308 0020 0029 0020 00BB 0028 0065 0308 0029",
        "0061 006D 0062 0069 0067 0075 007B 00AB 0020 0308 0020 00BB 007D 0028 0065 0308 0029",
        "0061 006D 0062 0069 0067 0075 00AB 0020 007B 0020 0308 0020 007D 0020 00BB 0028 0065 0308 0029",
    ],
    "LB15c: a break before the full stop of a decimal fraction": [
        "0065 0071 0075 0061 006C 0073 0020 002E 0033 0035 0020 0063 0065 006E 0074 0073"
    ],
    "LB20a: no break after a hyphen that begins a word": [
        *("002D 0023", "002D 0308 0023", "002D 00A7", "002D 0308 00A7"),
        *("002D 50005", "002D 0308 50005", "002D 0E01", "002D 0308 0E01"),
    ],
    "LB21a: a break after a hyphen between Hebrew words": ["05D0 002D 05D0"],
    "LB25: no break between a full stop or comma and a digit": [
        *("002C 0030", "002C 0308 0030", "0061 002E 0032 0020", "0061 002E 0032 0020 0915"),
        *("0061 002E 0032 0020 672C", "0061 002E 0032 3000 672C", "0061 002E 0032 3000 307E"),
        *("0061 002E 0032 3000 0033", "0041 002E 0031 0020 BABB", "0061 002E 0032 3000 300C"),
        "BD24 C5B4 002E 0020 0041 002E 0032 0020 BCFC",
        "BD10 C694 002E 0020 0041 002E 0033 0020 BABB",
        "C694 002E 0020 0041 002E 0034 0020 BABB",
    ],
}


def lines(name: str) -> Iterator[str]:
    with lzma.open(DATA / f"{name}.txt.xz", "rt", encoding="utf-8") as file:
        yield from filter(None, (line.split("#")[0].strip() for line in file))


def text_of(points: str) -> str:
    return "".join(chr(int(point, 16)) for point in points.split())


def agree(wanted: list[str], found: tuple[int, ...]) -> bool:
    """Return whether levels are as wanted; `x` stands for a character that is removed."""
    return all(w in ("x", str(f)) for w, f in zip(wanted, found, strict=True))


def shown(wanted: list[str], found: tuple[int, ...]) -> str:
    """Return the visual order of the characters that are not removed."""
    kept = [index for index, level in enumerate(wanted) if level != "x"]
    order = visual_order([found[index] for index in kept])
    return " ".join(str(kept[at]) for at in order)


def test_characters_have_the_levels_and_the_order_of_unicodes_bidi_test() -> None:
    wrong, cases = [], list(lines("BidiCharacterTest"))
    for line in cases:
        points, _, base, wanted, order = line.split(";")
        found = levels.__wrapped__(text_of(points), base == "1")
        if not agree(wanted.split(), found) or order != shown(wanted.split(), found):
            wrong.append(line)
    assert ([], 91_707) == (wrong, len(cases))


def class_cases(every: int) -> Iterator[tuple[str, bool, list[str]]]:
    """Yield a text of each `every`-th line, a direction of its paragraph, and its levels."""
    wanted: list[str] = []
    for number, line in enumerate(lines("BidiTest")):
        if line.startswith("@Levels:"):
            wanted = line[8:].split()
        elif not line.startswith("@") and number % every == 0:
            names, bits = line.split(";")
            text, kinds = "".join(map(OF_CLASS.get, names.split())), names.split()
            auto = base_level(kinds, 0, len(kinds), matches(kinds))
            for bit, rtl in ((1, bool(auto)), (2, False), (4, True)):
                if int(bits, 16) & bit:
                    yield text, rtl, wanted


def test_classes_have_the_levels_of_unicodes_bidi_test() -> None:
    cases = list(class_cases(every=11))
    wrong = [c for c in cases if not agree(c[2], levels.__wrapped__(c[0], c[1]))]
    assert ([], True) == (wrong, len(cases) > 60_000)


def test_every_class_stands_for_itself() -> None:
    assert list(OF_CLASS) == [classes(character)[0] for character in OF_CLASS.values()]


def test_lines_break_where_unicode_says() -> None:
    wrong = set()
    for line in lines("LineBreakTest"):
        marks = line.split()
        points = marks[1::2]
        wanted = [at for at, mark in enumerate(marks[2::2], 1) if mark == "÷"]
        if wanted != opportunities(text_of(" ".join(points))):
            wrong.add(" ".join(points))
    assert {case for cases in NEWER_RULES.values() for case in cases} == wrong
