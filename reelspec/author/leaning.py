"""Which sentences cannot stand without the one before them, and which not without the one after."""

from __future__ import annotations

import re
from functools import cache

from reelspec.author.segmentation import base, content_words, spaced, stop_words, words
from reelspec.author.wording import LEANING, PRONOUNS, listed

BACK = {
    "en": r"\bfor (?:this|that) reason\b|\bbecause of (?:this|that|it)\b|\b(?:former|latter)\b"
    r"|\bas well\W*$|\b(?:years?|decades?|centur(?:y|ies)|months?|weeks?|days?|hours?|minutes?) "
    r"(?:later|earlier|before|afterwards)\b|\b(?:the same|that|this) (?:year|day|time|way)\b"
    r"|\b(?:these|those|its) (?:two|three|others?)\b|^(?:in|as) (?:this|that|such|a result)\b"
    r"|^(?:one|two|three|both|each|some|most|all|many|none) of (?:them|these|those)\b",
    "ar": r"من أجل ذلك|بسبب ذلك|نتيجة لذلك|على ذلك|في ذلك|بعد ذلك|قبل ذلك|منذ ذلك|بذلك|لذلك"
    r"|^و?بعد \w+ (?:سنوات|أعوام|أشهر|أيام|سنة|عاما)[،,]|^ف(?:إذا|إن|هو|هي|ليس|قد|لا|لم)(?!\w)"
    r"|^و?\w{3,}ها(?!\w)|عندئذ|حينئذ"
    r"|(?:سنوات|أعوام|أشهر|أيام) من ذلك|^و?من (?:أهمها|بينها|أشهرها|أبرزها)"
    r"|^و?(?:بعضها|معظمها|كلها|جميعها|أهمها|أحدها|إحداها|كلاهما)(?!\w)",
    "es": r"\bpor (?:eso|esto|ello|esa razón)\b|\b(?:ese|aquel|el mismo) (?:año|día|tiempo)\b"
    r"|\b(?:años?|meses|días|siglos?|horas) (?:más tarde|después|antes)\b|\bdurante es[et]"
    r"|^(?:es|son|fue|fueron|era|eran|tiene|tienen|está|están|contiene|pertenece|le siguen)\b",
    "fr": r"\bpour cette raison\b|\b(?:ans|années|mois|jours) plus tard\b|\bla même année\b",
    "de": r"\baus diesem grund\b|\b(?:jahre|monate|tage|wochen) später\b|\bim selben jahr\b",
    "zh": r"为此|因此|由此|与此同时|[年月天](?:之)?后，|此后|当时|^(?:前者|后者|两者|两种|两人)",
}
"""Language → what in a sentence points back to what was told before."""

WHEN = {
    "en": "today now often usually sometimes perhaps",
    "ar": "اليوم الآن غالبا أحيانا",
    "es": "hoy ahora normalmente",
    "fr": "aujourd'hui maintenant",
    "de": "heute jetzt oft",
}
"""Language → words that name no thing and may stand before the subject."""

_PROMISES = {
    "en": r"\b(?:two|three|four|five|six|several|following)(?: \w+){1,2}$|\bas follows$",
    "ar": r"(?:نوعين|قسمين|مرحلتين|طريقتين|سببين|(?:ثلاثة|ثلاث|أربعة|أربع|خمسة|خمس|عدة) \w+|يلي)$",
    "es": r"\b(?:dos|tres|cuatro|cinco|varios|varias|siguientes)(?: \w+){1,2}$",
    "fr": r"\b(?:deux|trois|quatre|cinq|plusieurs|suivants)(?: \w+){1,2}$",
    "de": r"\b(?:zwei|drei|vier|fünf|mehrere|folgende)(?: \w+){1,2}$",
    "zh": r"[两二三四五六几]\w{1,3}$|如下$",
}
"""Language → the end of a sentence that announces what the next one names."""


def promises(sentence: str, lang: str) -> bool:
    """Return whether a sentence announces things that only the next ones name."""
    pattern = _PROMISES.get(base(lang))
    return bool(pattern and re.search(pattern, sentence.lower().rstrip(" .:。：")))


def leans(sentence: str, lang: str) -> bool:
    """Return whether a sentence cannot be understood without the one before it.

    It begins with a word that joins or points back, has a pronoun before it names anything, or
    says when it was by what was told before.
    """
    begin = sentence.lower().lstrip("«“\"'( ")
    joins = _leaning(lang)
    if joins and joins.match(begin):
        return True
    back = _anywhere(lang)
    return bool(back and back.search(begin)) or _points_back(begin, lang, named=0)


def refers(sentence: str, lang: str) -> bool:
    """Return whether a sentence has a pronoun so early that it may mean what was told before."""
    return _points_back(sentence.lower(), lang, named=2) or _after_names(sentence, lang)


def _after_names(sentence: str, lang: str) -> bool:
    """Return whether a pronoun stands after names of people alone, who are not what it means."""
    tokens = sentence.split()
    at = next((n for n, token in enumerate(tokens) if token.lower() in ("it", "them")), 0)
    before = " ".join(token for token in tokens[1:at] if not token[0].isupper())
    named = [token for token in tokens[:at] if token[0].isupper()]
    return base(lang) == "en" and len(named) > 1 and len(content_words(before, lang)) < 2


def _points_back(begin: str, lang: str, named: int) -> bool:
    """Return whether a pronoun is among the first words, after no more than some with matter."""
    pronouns, stop = set(listed(PRONOUNS, lang)), {*stop_words(lang), *listed(WHEN, lang)}
    matter = 0
    for word in words(begin, lang)[:7] if pronouns else []:
        if word in pronouns:
            return True
        matter += word not in stop
        if matter > named:
            return False
    return False


@cache
def _leaning(lang: str) -> re.Pattern[str] | None:
    found = "|".join(map(re.escape, listed(LEANING, lang)))
    edge = r"(?!\w)" if spaced(lang) else ""
    return re.compile(rf"(?:{found}){edge}") if found else None


@cache
def _anywhere(lang: str) -> re.Pattern[str] | None:
    found = BACK.get(base(lang))
    return re.compile(found) if found else None
