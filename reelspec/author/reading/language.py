"""In which language a text is written: by script, by common words, else by its letters."""

from __future__ import annotations

import re
from importlib.util import find_spec

_ENOUGH = 4000
_SCRIPTS = (
    ("ja", r"[\u3040-\u30ff]"),
    ("ko", r"[\uac00-\ud7a3]"),
    ("zh", r"[\u4e00-\u9fff\u3400-\u4dbf]"),
    ("th", r"[\u0e00-\u0e7f]"),
    ("he", r"[\u0590-\u05ff]"),
    ("el", r"[\u0370-\u03ff]"),
    ("hy", r"[\u0530-\u058f]"),
    ("ka", r"[\u10a0-\u10ff]"),
    ("ta", r"[\u0b80-\u0bff]"),
)
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_NOT_ARABIC = re.compile(r"[\u067e\u0686\u0698\u06af\u06a9\u06cc\u0679\u0688\u0691\u06ba\u06d2]")
_COMMON = {
    "en": "the of and to in is that it for as was with are by be this which from or an at not",
    "es": "el los las y en un una que es por con para del al como más se su pero sin este",
    "fr": "le les des et en un une que est pour dans du au par sur plus ce pas avec sont",
    "de": "der die das und ist in ein eine nicht mit von zu den auf für dem im sich des wird",
}
"""Language → words that every text in it is full of."""

_SURE, _TWICE, _LEAST = 0.22, 2.0, 30


def guess(text: str) -> str:
    """Return the language of a text as a BCP 47 tag, or an empty string where nothing tells.

    Scripts of one language are known by themselves, Arabic by the letters that it lacks; the
    others need the extra `author`.
    """
    sample = text[:_ENOUGH]
    letters = sum(map(str.isalpha, sample))
    for lang, pattern in _SCRIPTS:
        if letters and len(re.findall(pattern, sample)) > letters * (0.05 if lang == "ja" else 0.3):
            return lang
    if letters and len(_ARABIC.findall(sample)) > letters * 0.5 and not _NOT_ARABIC.search(sample):
        return "ar"
    return _by_words(sample) or (_by_letters(sample) if letters >= 20 else "")


def _by_words(sample: str) -> str:
    """Return the language whose common words fill a text, empty where two do or none does."""
    words = re.findall(r"[^\W\d_]+", sample.lower())
    shares = {lang: _share(words, set(common.split())) for lang, common in _COMMON.items()}
    first, second = sorted(shares, key=lambda lang: -shares[lang])[:2]
    sure = shares[first] >= max(_SURE, _TWICE * shares[second]) and len(words) >= _LEAST
    return first if sure else ""


def _share(words: list[str], common: set[str]) -> float:
    return sum(word in common for word in words) / max(1, len(words))


def _by_letters(sample: str) -> str:
    if find_spec("py3langid") is None:
        return ""
    import py3langid

    return str(py3langid.classify(sample)[0])
