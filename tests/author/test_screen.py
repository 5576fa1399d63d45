"""What stands on screen: numbers with what they count, phrases that are whole, quotations, lists."""

import pytest

from reelspec.author.beats import beat_of
from reelspec.author.facts import block_quotation, enumeration, quotation
from reelspec.author.notes import Beat
from reelspec.author.phrases import Matter, phrase
from reelspec.author.quantities import number
from reelspec.author.units import Unit


def shown(*said: str, lang: str = "en", kind: str = "prose", before: Beat | None = None) -> Beat:
    unit = Unit(kind, said, "a", "", 0)
    return beat_of([unit], Matter.of(said, lang), before)


@pytest.mark.parametrize(
    ("lang", "sentence", "value"),
    [
        ("en", "A lens gathers 83 percent of the light.", "83%"),
        ("en", "A turbine starts at about 3 metres per second.", "3 metres per second"),
        ("en", "She lays up to 2,000 eggs a day in summer.", "2,000 eggs a day"),
        ("en", "The water should be between 92 and 96 degrees.", "92–96 degrees"),
        ("en", "An espresso runs through in 25 to 30 seconds.", "25–30 seconds"),
        ("en", "The keeper left in November 1998.", "November 1998"),
        ("en", "The cell was shown on 25 April 1954.", "25 April 1954"),
        ("es", "Un panel pierde el 0,4 por ciento.", "0,4%"),
        ("es", "El tueste dura entre 10 y 15 minutos.", "10–15 minutos"),
        ("ar", "وتضع الملكة 2000 بيضة في اليوم.", "2000 بيضة في اليوم"),
        ("ar", "نال الجائزة في عام ١٩٧٣.", "١٩٧٣"),
        ("ar", "يعتمد نحو 75 في المئة من المحاصيل عليه.", "75٪"),
        ("zh", "1883年，他造出第一块电池。", "1883年"),
    ],
)
def test_a_number_is_shown_with_its_whole_unit(lang: str, sentence: str, value: str) -> None:
    found = number(sentence, lang)

    assert value == (found.value if found else "")


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "No turbine can take more than 59.3 percent of the wind."),
        ("en", "A panel joins 60 or 72 cells in a row."),
        ("en", "From the 1880s on lamps were electric."),
        ("ar", "لا تتجاوز نسبته 20 في المئة."),
        ("es", "No se recomiendan 400 gramos al día."),
    ],
)
def test_a_number_that_is_denied_or_unsure_is_not_shown(lang: str, sentence: str) -> None:
    assert None is number(sentence, lang)


@pytest.mark.parametrize(
    ("sentence", "value", "label"),
    [
        (
            "A lens gathers up to 83 percent of the light of a lamp and sends it out as a narrow beam.",
            "83%",
            "of the light of a lamp",
        ),
        (
            "Painting one blade black reduced deaths by about 70 percent in a long Norwegian study.",
            "70%",
            "Painting one blade black reduced deaths",
        ),
        (
            "The bees keep their nursery at about 35 °C.",
            "35°C",
            "The bees keep their nursery",
        ),
        ("In 1652 Rosée opened a coffeehouse.", "1652", "Rosée opened a coffeehouse"),
        ("Brazil received its first plants in 1727.", "1727", "Brazil received its first plants"),
    ],
)
def test_a_number_has_the_words_beside_it_as_its_label(
    sentence: str, value: str, label: str
) -> None:
    beat = shown(sentence)

    assert ("number", value, label) == (beat.kind, beat.value, beat.title)


def test_a_number_without_words_of_its_own_is_no_number_on_screen() -> None:
    beat = shown(
        "The Pharos of Alexandria was built around 280 BC and stood more than 100 metres high."
    )

    assert ("point", "The Pharos of Alexandria was built around 280 BC") == (beat.kind, beat.value)


def test_two_numbers_do_not_follow_one_another() -> None:
    first = shown("Panels on sale today reach 23 percent.")
    second = shown("Heat takes 4 percent of the power.", before=first)

    assert ["number", "point"] == [first.kind, second.kind]


def test_years_are_told_in_a_list_that_names_them() -> None:
    units = [
        Unit("prose", (sentence,), "a", "History", at)
        for at, sentence in enumerate(
            ["In 1839 Becquerel noticed a current.", "In 1883 Fritts built the first solid cell."]
        )
    ]

    beat = beat_of(units, Matter.of([], "en"))

    assert ("1839: Becquerel noticed a current", "1883: Fritts built the first solid cell") == (
        beat.items
    )


@pytest.mark.parametrize(
    ("sentence", "found"),
    [
        ("Dust, shade and a bad angle cost much.", "Dust, shade and a bad angle cost much"),
        ("For one kilogram of honey, bees visit many flowers.", "Bees visit many flowers"),
        ("Gas that is dissolved in the rock comes out as the pressure of it drops there.", ""),
        ("It holds one line, and nobody knew why they came.", ""),
        (
            "Moriondo patented a steam machine in Turin, because coffee took too long to brew then.",
            "Moriondo patented a steam machine in Turin",
        ),
    ],
)
def test_a_phrase_is_a_whole_clause_or_nothing(sentence: str, found: str) -> None:
    assert found == phrase(sentence, Matter.of([sentence], "en"), 46)


def test_the_words_before_a_number_are_its_label_in_arabic() -> None:
    beat = shown("وتضع الملكة ما يصل إلى 2000 بيضة في اليوم.", lang="ar")

    assert ("2000 بيضة في اليوم", "تضع الملكة") == (beat.value, beat.title)


def test_an_arabic_phrase_loses_the_letter_that_joins_it() -> None:
    said = "ويدل اتجاه الرقصة على الزاوية."

    assert "يدل اتجاه الرقصة على الزاوية" == phrase(said, Matter.of([said], "ar"), 60)


def test_what_only_points_back_is_not_on_screen() -> None:
    beat = shown("Soil is rich in minerals.", "In Java, farmers live there for that reason.")

    assert ("point", "Soil is rich in minerals") == (beat.kind, beat.value)


@pytest.mark.parametrize(
    ("text", "words", "author"),
    [
        (
            '"The light must never go out", wrote the keeper George Worthylake.',
            "The light must never go out",
            "George Worthylake",
        ),
        (
            "“A bee's life is a magic well”, said Karl von Frisch.",
            "A bee's life is a magic well",
            "Karl von Frisch",
        ),
        (
            "«El café es un bálsamo», escribió Giuseppe Verdi.",
            "El café es un bálsamo",
            "Giuseppe Verdi",
        ),
        ("وقال أينشتاين: «إذا اختفى النحل هلكنا».", "إذا اختفى النحل هلكنا", "أينشتاين"),
        ("Keep it simple, always. — Edsger Dijkstra", "Keep it simple, always.", "Edsger Dijkstra"),
        ("Nobody knows who said this.", "Nobody knows who said this.", ""),
    ],
)
def test_a_quotation_is_its_words_and_its_speaker(text: str, words: str, author: str) -> None:
    beat = shown(text, kind="quote")

    assert ("quote", words, author) == (beat.kind, beat.value, beat.author)


def test_a_quotation_without_marks_keeps_its_words() -> None:
    found = block_quotation("All we need is light. -- Ada King")

    assert ("All we need is light.", "Ada King") == (found.text, found.author)


def test_a_quoted_word_is_no_quotation() -> None:
    assert None is quotation('They call it "crema" in Italy.')


def test_a_clause_with_a_decimal_comma_is_no_enumeration() -> None:
    sentence = "El calor los debilita: por cada grado por encima de 25 °C, un panel pierde el 0,4."

    assert None is enumeration(sentence, "es")


def test_items_that_are_sentences_are_spoken_one_by_one() -> None:
    short = Unit("bullets", ("fresh water", "loose leaves"), "a", "", 0)
    long = Unit("bullets", ("apples need bees", "almonds need them even more"), "a", "", 0)

    assert ("Fresh water, loose leaves.",) == short.say
    assert ("Apples need bees.", "Almonds need them even more.") == long.say


def test_a_sentence_that_ends_within_its_quotation_marks_gets_no_second_end() -> None:
    assert ('He said: "It only sleeps."',) == Unit(
        "prose", ('He said: "It only sleeps."',), "a", "", 0
    ).say
