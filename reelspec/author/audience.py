"""For whom a film is, in words of several languages, and how hard a text is to read."""

from __future__ import annotations

from collections.abc import Sequence

from reelspec.author.segmentation import length, sentences, spaced, words

BEGINNERS = (
    *("child", "kid", "beginner", "pupil", "novice", "newcomer", "layperson", "laypeople"),
    *("أطفال", "اطفال", "طفل", "مبتدئ", "تلاميذ", "niñ", "principiante", "alumn"),
    *("enfant", "débutant", "élève", "kind", "anfänger", "schüler", "laien"),
    *("bambin", "principiant", "criança", "iniciante", "дет", "начинающ", "çocuk"),
    *("儿童", "孩子", "初学者", "小学生", "子ども", "初心者"),
)
"""Beginnings of words for people to whom the subject is new."""

EXPERTS = (
    *("expert", "engineer", "scientist", "professional", "researcher", "specialist", "academic"),
    *("خبراء", "خبير", "مهندس", "علماء", "باحث", "متخصص", "مختص"),
    *("ingenier", "científic", "investigador", "especialista", "profesional"),
    *("ingénieur", "chercheur", "spécialiste", "ingenieur", "forscher", "fachleute", "profis"),
    *("espert", "ingegner", "эксперт", "инженер", "специалист", "uzman", "mühendis"),
    *("专家", "工程师", "科学家", "研究人员", "専門家"),
)
"""Beginnings of words for people who know the subject."""

_LONG = 6


def wanted_ease(audience: str) -> int:
    """Return 1 where an audience wants easy sentences, -1 where hard ones serve it, else 0."""
    text = audience.casefold()
    for ease, known in ((1, BEGINNERS), (-1, EXPERTS)):
        if any(_is_there(begin, text) for begin in known):
            return ease
    return 0


def _is_there(begin: str, text: str) -> bool:
    """Return whether a word begins so; scripts without spaces have no beginnings to look for."""
    if any("\u3040" <= sign <= "\u9fff" for sign in begin):
        return begin in text
    return any(
        word.removeprefix("لل").removeprefix("ال").startswith(begin) for word in text.split()
    )


def hardness(text: str, lang: str) -> float:
    """Return how hard a text is to read: words a sentence, and of 100 words the long ones.

    LIX (C.-H. Björnsson, 1968); where words are not parted by spaces, characters a sentence.
    """
    said = sentences(text) or [text]
    if not spaced(lang):
        return length(text, lang) / len(said)
    found = words(text, lang)
    long = sum(len(word) > _LONG for word in found)
    return len(found) / len(said) + 100 * long / max(1, len(found))


def eases(texts: Sequence[str], lang: str) -> list[float]:
    """Return for each text the share of the others that are not easier, from 0 to 1."""
    hard = [hardness(text, lang) for text in texts]
    order = sorted(hard)
    most = max(1, len(order) - 1)
    first = {value: place for place, value in reversed(list(enumerate(order)))}
    return [1 - first[value] / most for value in hard]
