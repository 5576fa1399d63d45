"""Captions: pages of balanced lines, on screen while they are spoken, the spoken word marked."""

from fractions import Fraction
from pathlib import Path

import pytest

from renderer.captions import captioned
from renderer.captions.narration import Narration, narration
from renderer.captions.pages import Room, pages
from renderer.errors import Place
from renderer.nouns import Captions, Cue, Item, Word
from renderer.timeline import Canvas, Layer
from renderer.words import shared, timeable, timed

CANVAS = Canvas(1920, 1080, Fraction(30), "en", rtl=False)
LOOK = Item(
    "text", {"size": 47.52, "color": "#ffffffff", "accent": "#f5a623ff"}, {}, Place("f", 1, 1)
)
ROOM = Room(42, 2)


def cue(text: str, milliseconds: int = 300, estimated: bool = False) -> Cue:
    """Return a cue that says each word for so many ms."""
    words, at = [], 0
    for number, word in enumerate(text.split()):
        at = text.index(word, at)
        words.append(Word(number * milliseconds, at, at + len(word)))
        at += len(word)
    samples = len(words) * milliseconds * 48
    return Cue(text, "e", "v", Path("x.wav"), "0" * 64, samples, tuple(words), estimated)


def after_one_another(*cues: Cue, gap: Fraction = Fraction(3, 10)) -> list[tuple[Cue, Fraction]]:
    found, at = [], Fraction(3, 10)
    for one in cues:
        found.append((one, at))
        at += Fraction(one.samples, 48_000) + gap
    return found


def said(*texts: str, milliseconds: int = 300) -> Narration:
    return narration(after_one_another(*(cue(text, milliseconds) for text in texts)))


def shown(told: Narration, room: Room = ROOM) -> list[list[str]]:
    return [[told.text[a:b] for a, b in page.lines] for page in pages(told, room)]


def karaoke(*cues: Cue, frames: int = 600, mode: str = "karaoke") -> tuple[Layer, ...]:
    return captioned(Captions(mode, look=LOOK), after_one_another(*cues), CANVAS, frames).layers


def states(layers: tuple[Layer, ...]) -> list[tuple[int, int | None, str]]:
    """Return first and last frame of each state, and the word that is marked."""
    found = []
    for layer in layers:
        number = layer.params["caption"]["marked"]
        a, b = layer.params["caption"]["words"][number] if number is not None else (0, 0)
        found.append((layer.first, layer.last, layer.params["text"][a:b]))
    return found


def test_a_short_sentence_is_one_line() -> None:
    assert [["Sunlight moves electrons."]] == shown(said("Sunlight moves electrons."))


def test_a_longer_one_has_two_lines_broken_at_its_comma() -> None:
    told = said("When sunlight strikes the cell, electrons begin to move.")

    assert [["When sunlight strikes the cell,", "electrons begin to move."]] == shown(told)


def test_without_a_comma_the_lines_are_balanced_and_end_with_no_short_word() -> None:
    told = said("The light of the morning reaches the roofs of our whole town")

    ((first, second),) = shown(told)

    assert abs(len(first) - len(second)) <= 12
    assert first.split()[-1] not in ("the", "of", "our")


def test_a_long_sentence_is_broken_into_captions_at_a_phrase() -> None:
    told = said(
        "The panels on the roof are connected in long rows that feed one inverter, "
        "and this inverter turns their current into that of the house."
    )

    found = shown(told)

    assert ["one inverter,"] == [found[0][-1][-13:]]
    assert told.text == " ".join(line for page in found for line in page)


def test_no_line_is_longer_than_its_room_and_no_word_is_lost() -> None:
    told = said(*["The quick brown fox jumps over a lazy dog while nobody looks at all"] * 9)

    lines = [line for page in shown(told) for line in page]

    assert told.text == " ".join(lines)
    assert 42 >= max(map(len, lines))


def test_a_sentence_has_a_caption_of_its_own() -> None:
    told = said("This is the first sentence here.", "This is the second sentence here.")

    assert [["This is the first sentence here."], ["This is the second sentence here."]] == shown(
        told
    )


def test_a_sentence_too_short_to_be_seen_shares_a_caption() -> None:
    assert [["Yes. We built it in a day."]] == shown(said("Yes.", "We built it in a day."))


def test_as_many_lines_as_are_allowed() -> None:
    told = said("One two three four five six seven eight nine ten eleven twelve")

    assert 1 == max(map(len, shown(told, Room(20, 1))))
    assert 3 == max(map(len, shown(told, Room(22, 3))))


def test_text_without_spaces_is_broken_where_a_line_may_end() -> None:
    told = said(
        "太阳能电池把阳光直接变成电流而不需要任何运动的部件或者燃料也不会发出声音",
        milliseconds=6000,
    )

    lines = [line for page in shown(told, Room(20, 2)) for line in page]

    assert told.text == "".join(lines)
    assert 10 >= max(map(len, lines))


def test_a_word_wider_than_a_line_has_its_own() -> None:
    long = "Donaudampfschifffahrtsgesellschaftskapitänswitwe"

    assert [long] in ([line] for page in shown(said(f"Die {long} lacht.")) for line in page)


def test_each_word_is_marked_from_its_first_frame_to_that_of_the_next() -> None:
    found = states(karaoke(cue("One two three.")))

    assert [(9, 18, "One"), (18, 27, "two"), (27, 36, "three."), (36, 51, "")] == found


def test_between_sentences_no_word_is_marked() -> None:
    found = states(karaoke(cue("Yes."), cue("We built it in a day.")))

    assert [(9, 18, "Yes."), (18, 27, ""), (27, 36, "We")] == found[:3]


def test_a_caption_stays_until_the_next_one_but_not_through_a_silence() -> None:
    one, two = cue("This is the first sentence here."), cue("This is the second sentence here.")
    near = captioned(Captions("lines", look=LOOK), after_one_another(one, two), CANVAS, 600)
    far_cues = after_one_another(one, two, gap=Fraction(4))
    far = captioned(Captions("lines", look=LOOK), far_cues, CANVAS, 600)

    assert [(9, 72), (72, 141)] == [(each.first, each.last) for each in near.captions]
    assert [(9, 78), (183, 252)] == [(each.first, each.last) for each in far.captions]


def test_a_caption_ends_with_its_scene() -> None:
    layers = karaoke(cue("One two three."), frames=40)

    assert (40, True) == (layers[-1].last, all(layer.first < 40 for layer in layers))


def test_where_times_are_estimated_whole_lines_are_shown_and_it_is_said() -> None:
    cues = after_one_another(cue("One two three.", estimated=True))

    found = captioned(Captions("karaoke", look=LOOK), cues, CANVAS, 600)

    assert [(9, 51, "")] == states(found.layers)
    assert (True, []) == (found.estimated, found.layers[0].params["caption"]["words"])


def test_captions_that_are_only_exported_are_not_painted() -> None:
    asked = Captions("off", export=("srt",), look=LOOK)

    found = captioned(asked, after_one_another(cue("One two three.")), CANVAS, 600)

    assert ((), ("One two three.",)) == (found.layers, found.captions[0].lines)


@pytest.mark.parametrize(
    ("position", "point", "anchor"),
    [
        ("bottom", (960, 1026), (0.5, 1.0)),
        ("top", (960, 54), (0.5, 0.0)),
        ("bottom-start", (96, 1026), (0.0, 1.0)),
        ("center", (960, 540), (0.5, 0.5)),
    ],
)
def test_they_keep_off_the_edges_of_the_picture(
    position: str, point: tuple[float, float], anchor: tuple[float, float]
) -> None:
    asked = Captions("lines", position=position, look=LOOK)

    (layer,) = captioned(asked, after_one_another(cue("One two three.")), CANVAS, 600).layers

    assert (point, anchor) == (layer.position, layer.anchor)


def test_without_an_accent_the_other_words_are_paler() -> None:
    look = Item("text", {"size": 47.52, "color": "#ffffffff"}, {}, LOOK.place)

    cues = after_one_another(cue("One two."))
    layer = captioned(Captions("karaoke", look=look), cues, CANVAS, 600).layers[0]

    assert ("#ffffff99", "#ffffffff") == (layer.params["color"], layer.params["accent"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello, well-known world.", ["Hello,", "well-known", "world."]),
        ("كتاب جديد.", ["كتاب", "جديد."]),
        (
            "太阳能，「电」池2024年NASA说。",
            ["太", "阳", "能，", "「电」", "池", "2024", "年", "NASA", "说。"],
        ),
        ("ラーメン", ["ラ", "ー", "メ", "ン"]),
        ("แสง", ["แ", "ส", "ง"]),
    ],
)
def test_words_have_times_and_letters_where_no_space_divides(
    text: str, expected: list[str]
) -> None:
    assert expected == [text[first:last] for first, last in timeable(text)]


def unspaced(text: str, events: list[tuple[int, int, int]], length: int) -> Cue:
    """Return a cue as it is timed by a voice's events: ms, first character, number of them."""
    words = tuple(Word(*each) for each in timed(text, events, length))
    told = shared(text, events)
    return Cue(text, "e", "v", Path("x.wav"), "0" * 64, length * 48, words, shared=told)


def test_chinese_is_marked_letter_by_letter_as_the_voice_says_it() -> None:
    events = [(0, 0, 1), (240, 1, 1), (530, 2, 1), (1000, 4, 1)]

    found = captioned(
        Captions("karaoke", look=LOOK),
        [(unspaced("太阳能，电。", events, 1300), Fraction(0))],
        CANVAS,
        600,
    )

    assert ["太", "阳", "能，", "电。", ""] == [word for _, _, word in states(found.layers)]
    assert [0, 7, 16, 30] == [first for first, _, _ in states(found.layers)][:4]
    assert (False, False) == (found.estimated, found.shared)


def test_letters_without_a_time_of_their_own_share_that_of_their_clause_and_it_is_said() -> None:
    told = unspaced("ラーメン。", [(0, 0, 5), (800, 0, 5)], 1000)

    found = captioned(Captions("karaoke", look=LOOK), [(told, Fraction(0))], CANVAS, 600)

    assert ["ラー", "メ", "ン。", ""] == [word for _, _, word in states(found.layers)]
    assert (False, True) == (found.estimated, found.shared)
