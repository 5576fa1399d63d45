"""Text: lines, sizes, order and ink, on both ways of shaping."""

from itertools import pairwise

import numpy as np
import pytest

from renderer import text
from renderer.errors import MissingError, RenderError
from renderer.text import Laid

SHAPERS = [
    pytest.param(
        "raqm", marks=pytest.mark.skipif(text.machine_shaper() != "raqm", reason="no Raqm")
    ),
    "basic",
]
SHADOW = {"color": "#000000ff", "blur": 6.0, "offset": 8.0}
WIDE = (10_000.0, 10_000.0)


def params(written: str, **more: object) -> dict[str, object]:
    rtl = any("\u0590" <= letter <= "\u08ff" for letter in written)
    told = {"lang": "ar" if rtl else "en", "direction": "rtl" if rtl else "ltr"}
    return {"text": written, "size": 40.0, "color": "#ffffffff", **told, **more}


def words(laid: Laid) -> list[list[str]]:
    return [[placed.run.text.strip() for placed in row.runs] for row in laid.rows]


def columns(written: str, shaper: str, **more: object) -> np.ndarray:
    """Return how much ink each column has, on a box of a fixed width."""
    pixels, (dx, _) = text.draw(params(written, align="center", **more), (900.0, 300.0), shaper)
    done = np.zeros(1000)
    ink = pixels[..., 3].sum(axis=0) / 255
    done[50 + dx : 50 + dx + len(ink)] = ink
    return done


def alike(one: np.ndarray, other: np.ndarray) -> float:
    """Return the correlation of two pictures' ink by column, over the columns that have any."""
    smooth = np.ones(7) / 7
    inked = np.flatnonzero(one + other)
    part = slice(inked[0], inked[-1])
    both = [np.convolve(columns, smooth, "same")[part] for columns in (one, other)]
    return float(np.corrcoef(*both)[0, 1])


@pytest.mark.parametrize("shaper", SHAPERS)
def test_lines_of_the_source_are_kept(shaper):
    assert words(text.layout(params("one\n\ntwo"), WIDE, shaper)) == [["one"], [], ["two"]]


@pytest.mark.parametrize("shaper", SHAPERS)
def test_paragraph_is_wrapped_at_words_and_stays_in_its_width(shaper):
    laid = text.layout(
        params("the quick brown fox jumps over the lazy dog", fit="none"), (300, 900), shaper
    )
    assert all(row.width <= 300.5 for row in laid.rows)
    assert (
        " ".join(word for row in words(laid) for word in row)
        == "the quick brown fox jumps over the lazy dog"
    )


def test_few_lines_are_balanced():
    laid = text.layout(params("aaaa aaaa aaaa aaaa aaaa"), (400, 900))
    widths = [row.width for row in laid.rows]
    assert len(widths) == 2
    assert min(widths) > max(widths) / 2


@pytest.mark.parametrize("shaper", SHAPERS)
def test_shrinking_holds_width_height_and_lines(shaper):
    asked = params("the quick brown fox jumps over the lazy dog", size=90.0, max_lines=2)
    laid = text.layout(asked, (400, 120), shaper)
    assert laid.size < 90
    assert (laid.width <= 400.5, laid.height <= 120.5) == (True, True)
    assert len(laid.rows) <= 2


def test_text_that_fits_keeps_its_size():
    assert text.layout(params("short"), (400, 120)).size == 40


def test_without_shrinking_the_size_stays():
    assert text.layout(params("far too long for this", fit="none"), (60, 20)).size == 40


def test_box_of_a_text_lays_it_out_as_its_limits_did():
    asked = params("كيف تعمل الخلايا الشمسية؟ **قصة** في دقيقتين، من الضوء إلى التيار", size=70.0)
    first = text.layout(asked, (500, 260))
    assert first == text.layout(asked, text.size(asked, (500, 260)))


def test_latin_word_wider_than_the_box_is_broken_between_graphemes():
    laid = text.layout(params("e\u0301" * 40, fit="none"), (200, 900))
    assert len(laid.rows) > 1
    assert all(row[0].count("e") == row[0].count("\u0301") for row in words(laid))


def test_arabic_word_wider_than_the_box_is_shrunk_never_broken():
    laid = text.layout(params("فسيكفيكهموها"), (60, 900))
    assert words(laid) == [["فسيكفيكهموها"]]
    assert laid.width <= 60.5


@pytest.mark.parametrize("shaper", SHAPERS)
@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("سعر GW اليوم", ["اليوم", "GW", "سعر"]),
        ("في 2024 **قفز** الإنتاج", ["الإنتاج", "قفز", "2024", "في"]),
        ("الأمر `ls` هنا", ["هنا", "ls", "الأمر"]),
    ],
)
def test_runs_of_a_mixed_line_stand_in_visual_order(shaper, written, expected):
    (row,) = words(text.layout(params(written), WIDE, shaper))
    assert expected == [run for run in row if run]


def test_arabic_word_in_an_english_line_is_a_run_of_its_own():
    laid = text.layout(params("see مرحبا now", direction="ltr"), WIDE)
    assert words(laid) == [["see", "مرحبا", "now"]]


def test_run_of_one_face_is_not_split():
    assert words(text.layout(params("كيف تعمل الخلايا؟"), WIDE)) == [["كيف تعمل الخلايا؟"]]


def test_bold_inside_an_arabic_word_keeps_its_letters_joined():
    (row,) = text.layout(params("ب**الضوء**"), WIDE).rows
    assert [placed.run.text for placed in row.runs] == ["\u200dالضوء", "ب\u200d"]


def test_emphasis_slants_latin_and_weighs_arabic():
    (latin,) = text.layout(params("*word*"), WIDE).rows
    (arabic,) = text.layout(params("*كلمة*", italic=True), WIDE).rows
    assert (latin.runs[0].run.face.key, arabic.runs[0].run.face.key) == ("figit", "figbo")


def test_character_that_the_family_lacks_comes_from_the_next():
    (row,) = text.layout(params("a ✓"), WIDE).rows
    assert [placed.run.face.key for placed in row.runs][:2] == ["figo", "symbol2"]


@pytest.mark.parametrize("shaper", SHAPERS)
@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"stroke": {"color": "#000000ff", "width": 5.0}},
        {"shadow": {"color": "#000000ff", "blur": 4.0, "offset": 3.0}},
        {"stroke": {"color": "#000000ff", "width": 9.0}, "shadow": SHADOW, "line_height": 0.6},
        {"weight": "bold", "italic": True, "max_lines": 1},
        {"background": {"color": "#00000000", "padding": 0.0}, "fit": "none"},
    ],
)
@pytest.mark.parametrize(
    "written",
    [
        *("gjpqy ÅÉfj|", "بِسْمِ اللَّهِ كُلٌّ يَجْرِي", "ÅŷẬ\ngjpq\nÅŷẬ", "**f**_*j*`Q` [j]"),
        *("ﷺ إِنَّهُۥ بِۦٓ لّٰـۤه", "בְּרֵאשִׁ֖ית בָּרָ֣א", "Z\u0301\u0302\u0303\u0304\u0316\u0317\u0318"),
    ],
)
def test_no_ink_reaches_the_edge_of_the_picture(written, asked, shaper):
    pixels, _ = text.draw(params(written, **asked), (400.0, 60.0), shaper)
    alpha = pixels[..., 3]
    edges = (alpha[0], alpha[-1], alpha[:, 0], alpha[:, -1])
    assert [int(edge.max()) for edge in edges] == [0, 0, 0, 0]
    assert alpha.max() == 255


def test_lines_are_evenly_spaced_and_their_ink_does_not_meet():
    pixels, _ = text.draw(params("lkh\ngpq\nlkh\ngpq", line_height=0.5), WIDE)
    rows = [
        row.baseline for row in text.layout(params("ÅÂẬ\ngjpq\nÅÂẬ", line_height=0.5), WIDE).rows
    ]
    gaps = [b - a for a, b in pairwise(rows)]
    assert max(gaps) - min(gaps) <= 1
    inked = pixels[..., 3].max(axis=1) > 0
    assert np.count_nonzero(np.diff(inked.astype(int)) == 1) == 4


@pytest.mark.parametrize(
    ("align", "direction", "side"),
    [
        ("start", "ltr", "left"),
        ("end", "ltr", "right"),
        ("start", "rtl", "right"),
        ("end", "rtl", "left"),
    ],
)
def test_alignment_follows_the_direction(align, direction, side):
    pixels, (dx, _) = text.draw(params("word", align=align, direction=direction), (600.0, 60.0))
    inked = np.flatnonzero(pixels[..., 3].max(axis=0)) + dx
    assert side == ("left" if inked.mean() < 300 else "right")


@pytest.mark.skipif(text.machine_shaper() != "raqm", reason="needs both ways of shaping")
@pytest.mark.parametrize(
    "written",
    [
        "كيف تعمل الخلايا الشمسية؟",
        "سعر GW اليوم 12.5%",
        "لا إله (مرحبا) آب",
        "שלום (world) 3",
        "Price 12 €",
    ],
)
def test_both_ways_of_shaping_give_the_same_glyphs_in_the_same_order(written):
    with_raqm, basic = columns(written, "raqm"), columns(written, "basic")
    likeness, backwards = alike(with_raqm, basic), alike(with_raqm[::-1], basic)
    assert likeness > 0.75
    assert likeness > backwards + 0.2


@pytest.mark.parametrize("shaper", SHAPERS)
def test_arabic_letters_are_joined(shaper):
    """Joined letters leave no empty column; the same letters apart leave several."""

    def gaps(written: str) -> int:
        inked = columns(written, shaper) > 0
        first, last = np.flatnonzero(inked)[[0, -1]]
        return int(np.count_nonzero(np.diff(inked[first : last + 1].astype(int)) == -1))

    assert (gaps("سلمي"), gaps("س\u200cل\u200cم\u200cي")) == (0, 3)


def test_script_that_the_basic_layout_cannot_shape_is_a_clear_error():
    with pytest.raises(MissingError, match="FriBiDi"):
        text.layout(params("नमस्ते"), WIDE, "basic")


def test_same_text_gives_the_same_pixels():
    first, second = (text.draw(params("Solar **power**"), (400.0, 60.0)) for _ in range(2))
    assert first[1] == second[1]
    assert np.array_equal(first[0], second[0])


@pytest.mark.parametrize(
    "written", ["", " ", "\n", "\u200f", "**", "\u0651", "a" * 5000, "\u0301" * 500]
)
def test_odd_texts_are_drawn_without_an_error(written):
    pixels, _ = text.draw(params(written), (400.0, 200.0))
    assert pixels.shape[2] == 4


@pytest.mark.parametrize("box", [(0.0, 0.0), (-50.0, 20.0), (3.0, 3.0)])
def test_text_without_room_is_drawn_very_small(box):
    laid = text.layout(params("a word"), box)
    assert laid.size < 10
    assert text.draw(params("a word"), box)[0].shape[2] == 4


def test_text_of_an_absurd_size_is_a_clear_error():
    with pytest.raises(RenderError, match="pixels"):
        text.draw(params("abc " * 1000, size=3000.0, fit="none"), (1920.0, 1080.0))
