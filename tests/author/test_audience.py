"""An audience decides which sentences are taken; what is not used is said."""

import pytest

from reelspec.author.audience import eases, hardness, wanted_ease
from reelspec.author.drafts import Draft, Task
from reelspec.author.notes import Research, Source
from reelspec.author.request import Manner, Pace, Request
from reelspec.author.writers.outline import write
from tests.author.writing import DOCUMENTS, TOPICS


@pytest.mark.parametrize(
    ("audience", "ease"),
    [
        ("children", 1),
        ("curious kids of ten", 1),
        ("للأطفال", 1),
        ("الأطفال", 1),
        ("niños", 1),
        ("小学生", 1),
        ("electrical engineers", -1),
        ("مهندسين", -1),
        ("teachers", 0),
        ("mankind", 0),
        ("", 0),
    ],
)
def test_audiences_are_known_by_their_words(audience: str, ease: int) -> None:
    assert ease == wanted_ease(audience)


def test_long_sentences_of_long_words_are_hard() -> None:
    easy, hard = "The sun is hot.", "Photovoltaic conversion necessitates semiconductor junctions."

    assert hardness(easy, "en") == 4
    assert hardness(hard, "en") == 5 + 100
    assert [1.0, 0.0] == eases([easy, hard], "en")
    assert 4 == hardness("太阳很热。", "zh")


def film(audience: str, lang: str = "en", tone: str = "") -> Draft:
    text = (DOCUMENTS / lang / "solar.md").read_text(encoding="utf-8")
    research = Research(TOPICS[lang], lang, (Source("solar", "Solar", text, lang=lang),))
    request = Request(TOPICS[lang], lang, 60.0, Manner(audience=audience, tone=tone))
    return write(Task(request, research, Pace(13.0), 50.0))


def middle(draft: Draft) -> str:
    return " ".join(sentence for beat in draft.beats[1:-1] for sentence in beat.say)


@pytest.mark.parametrize("lang", ["en", "es", "zh"])
def test_children_get_easier_sentences_than_experts(lang: str) -> None:
    child, expert = middle(film("children", lang)), middle(film("experts", lang))

    assert hardness(child, lang) < hardness(expert, lang)


def test_what_has_no_use_is_said_in_one_warning() -> None:
    (problem,) = film("teachers", tone="calm").problems

    assert ("not-used", "warning") == (problem.code, problem.level)
    assert "--tone 'calm' and --audience 'teachers'" in problem.message
    assert () == film("children").problems
