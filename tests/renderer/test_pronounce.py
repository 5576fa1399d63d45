"""What is said for signs: units, percentages, money, dates and ranges, and that voices say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from renderer.errors import Place
from renderer.nouns import Cue, Line, Voice
from renderer.pronounce import TABLES, readings
from renderer.store import Store
from renderer.voice import speak
from renderer.words import spoken


def said(text: str, lang: str, say_as: dict[str, str] | None = None) -> str:
    return spoken(text, say_as or {}, readings(text, lang)).text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 120 km/h", "at 120 kilometers per hour"),
        ("1 km, 2 km", "1 kilometer, 2 kilometers"),
        ("3.5 GWh of 120GW", "3.5 gigawatt hours of 120 gigawatts"),
        ("40% and 0.5 %", "40 percent and 0.5 percent"),
        ("21 °C", "21 degrees Celsius"),
        ("5 m²", "5 square meters"),
        ("€5, $3.50, 20 £", "5 euros, 3 dollars 50, 20 pounds"),
        ("$1.2 billion", "1.2 billion dollars"),
        ("on 2024-05-03", "on May 3, 2024"),
        ("in 1984, since 1905", "in 19 84, since 19 oh 5"),
        ("the 1990s and 2020s", "the 19 nineties and 20 twenties"),
        ("5–10 km", "5 to 10 kilometers"),
        ("CO₂", "C O 2"),
        ("at 14:30, 9:05 am, 5:00 pm and 12:00", "at 14 30, 9 oh 5 am, 5 pm and 12 o'clock"),
        ("3:1 and 16:9", "3 to 1 and 16 to 9"),
        ("-5 °C (−2)", "minus 5 degrees Celsius (minus 2)"),
        ("50-60 km, 1914-1918", "50 to 60 kilometers, 1914 to 1918"),
        ("between 1914–1918", "between 1914 and 1918"),
        ("call 555-1234-99, 747-8, 9-3", "call 555-1234-99, 747-8, 9-3"),
        ("10⁶, x², 2³", "10 to the power of 6, x squared, 2 cubed"),
        ("9.8 m/s², 300 km/s", "9.8 meters per second squared, 300 kilometers per second"),
        ("5 €/kg, 12 kWh/day", "5 euros per kilogram, 12 kilowatt hours per day"),
        ("$25T, €1.5bn, $7k", "25 trillion dollars, 1.5 billion euros, 7 thousand dollars"),
        ("#1, No. 5", "number 1, number 5"),
        ("the 90s, the 1800s", "the nineties, the 18 hundreds"),
        ("F-16s, 747s, A4, 5x, 3D, v1.2.3", "F-16s, 747s, A4, 5x, 3D, v1.2.3"),
        ("Nothing to read here.", "Nothing to read here."),
    ],
)
def test_english(text: str, expected: str) -> None:
    assert expected == said(text, "en-us")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 كم", "كيلومتر واحد"),
        ("2 كم", "كيلومتران"),
        ("3 كم", "3 كيلومترات"),
        ("١١ كم", "11 كيلومترا"),
        ("100 كم", "100 كيلومتر"),
        ("105 كم", "105 كيلومترات"),
        ("٣٫٥ كم/س", "3.5 كيلومتر في الساعة"),
        ("5 م²", "5 أمتار مربعة"),
        ("40% و٤٠٪", "40 بالمئة و40 بالمئة"),
        ("21 °C", "21 درجة مئوية"),
        ("120 GW", "120 غيغاواطا"),
        ("5 مليون $", "5 مليون دولار"),
        ("2024-05-03", "3 مايو 2024"),
        ("٥ – ١٠", "5 إلى 10"),
        ("عام 2024 م", "عام 2024 م"),
        ("1.75 م", "1.75 متر"),
        ("الساعة 9:05", "الساعة التاسعة و5 دقائق"),
        ("الساعة ٣:٣٠ و4:15", "الساعة الثالثة والنصف والرابعة والربع"),
        ("في 14:30", "في 14 و30 دقيقة"),
        ("-5 °م", "سالب 5 درجات مئوية"),
        ("بنسبة 3:1", "بنسبة 3 إلى 1"),
        ("بين 1914-1918", "بين 1914 و 1918"),
        ("300 كم/ث و9.8 م/ث²", "300 كيلومتر في الثانية و9.8 متر في الثانية تربيع"),
        ("1,299.99 $", "1,299 دولارا و99"),
        ("القرن الـ19 والمركز 2", "القرن التاسع عشر والمركز الثاني"),
    ],
)
def test_arabic_nouns_agree_with_their_numbers(text: str, expected: str) -> None:
    assert expected == said(text, "ar")


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("de", "120 km/h, 3,5 %, 5 Millionen €", "120 Kilometer pro Stunde, 3,5 Prozent, 5 Millionen Euro"),
        ("de", "2024-05-03", "dritter Mai 2024"),
        ("de", "am 3. Mai, 14:30 Uhr, 1:00", "am dritten Mai, 14 Uhr 30, ein Uhr"),
        ("de", "10-20 km, -5 °C, 3:1", "10 bis 20 Kilometer, minus 5 Grad Celsius, 3 zu 1"),
        ("fr", "à 14h30, la 2e fois, -5 °C", "à 14 heures 30, la deuxième fois, moins 5 degrés Celsius"),
        ("fr", "entre 5-10 km, n° 7", "entre 5 et 10 kilomètres, numéro 7"),
        ("es", "a las 14:30, el 1.º, la 3ª", "a las 14 y 30, el primero, la tercera"),
        ("es", "-5 °C, 5 €/kg", "menos 5 grados Celsius, 5 euros por kilogramo"),
        ("fr", "1 km, 40 %, 5–10 °C", "1 kilomètre, 40 pour cent, 5 à 10 degrés Celsius"),
        ("es", "2024-05-03: 5 €", "3 de mayo de 2024: 5 euros"),
        ("ja", "5 km/h", "5 km/h"),
        ("", "5 km/h", "5 km/h"),
    ],
)  # fmt: skip
def test_other_languages(lang: str, text: str, expected: str) -> None:
    assert expected == said(text, lang)


def test_say_as_counts_more_than_what_signs_are() -> None:
    assert "5 big ones" == said("5 GW", "en", {"GW": "big ones"})


@pytest.mark.parametrize("lang", TABLES)
def test_every_unit_has_all_its_forms_and_is_said(lang: str) -> None:
    table = TABLES[lang]
    wanted = 4 if table.arabic else 2
    everything = {**table.units, **table.currencies}
    assert [] == [sign for sign, forms in everything.items() if len(forms) != wanted]
    many = 2 if table.arabic else -1
    assert [f"7 {forms[many]}" for forms in table.units.values()] == [
        said(f"7 {sign}", lang) for sign in table.units
    ]
    assert 12 == len(table.months)


@pytest.mark.parametrize(
    "text",
    [
        "%" * 3000,
        "1" * 3000 + " km",
        "$" + "1," * 2000,
        "1–" * 2000,
        "1-2" * 1000,
        "1:" * 2000,
        " -1/m" * 900,
    ],
)
def test_any_text_is_read_at_once(text: str) -> None:
    for lang in TABLES:
        assert "" != said(text, lang)


def test_a_voice_says_the_sign_and_its_word_keeps_its_place(tmp_path: Path) -> None:
    store = Store(tmp_path)

    def cue(text: str, lang: str) -> Cue:
        found = speak(Line(text, Voice("espeak", lang), Place("f", 1, 1)), store)
        assert isinstance(found, Cue)
        return found

    signs, words = (
        cue("يبلغ النمو 40% هذا العام", "ar"),
        cue("يبلغ النمو 40 بالمئة هذا العام", "ar"),
    )
    assert pytest.approx(words.samples, rel=0.02) == signs.samples
    assert [0, 5, 11, 15, 19] == [word.first for word in signs.words]
    assert pytest.approx(words.words[4].start, abs=60) == signs.words[3].start
    speed = cue("It runs at 120 km/h on rails.", "en")
    assert ["It", "runs", "at", "120", "km/h", "on", "rails."] == [
        speed.text[word.first : word.last] for word in speed.words
    ]


def test_a_voice_of_another_language_reads_signs_in_its_own(tmp_path: Path) -> None:
    store = Store(tmp_path)
    line = Line("يبلغ النمو 40%", Voice("espeak", "en", name="Arabic"), Place("f", 1, 1))
    own = Line("يبلغ النمو 40%", Voice("espeak", "ar"), Place("f", 1, 1))
    foreign, native = speak(line, store), speak(own, store)
    assert isinstance(foreign, Cue)
    assert isinstance(native, Cue)
    assert foreign.digest == native.digest
