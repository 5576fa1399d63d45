"""Words of languages that the writing of scripts needs: what opens, links and contrasts."""

from __future__ import annotations

import re
from functools import cache

from reelspec.author.segmentation import base, spaced, stop_words, words

CREDITS = {
    "en": "Sources",
    "ar": "المصادر",
    "es": "Fuentes",
    "zh": "资料来源",
    "fr": "Sources",
    "de": "Quellen",
    "it": "Fonti",
    "pt": "Fontes",
    "ru": "Источники",
    "tr": "Kaynaklar",
    "fa": "منابع",
    "ur": "مآخذ",
    "he": "מקורות",
    "hi": "स्रोत",
    "ja": "出典",
    "ko": "출처",
    "nl": "Bronnen",
    "pl": "Źródła",
    "sv": "Källor",
    "id": "Sumber",
    "uk": "Джерела",
}
"""Language → the heading of the credits."""

LEANING = {
    "en": "this that these those it its they their them he she his her such however therefore thus "
    "but and or so yet also then here there instead moreover furthermore nevertheless nonetheless "
    "otherwise similarly likewise consequently meanwhile both another others for_example "
    "for_instance in_addition in_turn in_contrast by_contrast on_the_other_hand as_a_result "
    "that_is_why at_first at_last later afterwards even_so",
    "ar": "هذا هذه هؤلاء ذلك تلك وهو وهي وهم وهذا وهذه وذلك وتلك وكذلك لكن ولكن لذلك ولذلك كما ثم "
    "وقد فقد غير_أن ومع_ذلك وبذلك وبعد_ذلك هو هي هم ولهذا وفيها وفيه ومنها ومنه",
    "es": "este esta estos estas esto ese esa eso ello ellos ellas él su sus pero además también "
    "así entonces sin_embargo por_eso por_tanto por_ello por_otro_lado en_cambio ambos ambas tal "
    "le les lo y e o luego después más_tarde no_obstante",
    "zh": "这 那 它 他 她 其 此 该 但 因此 所以 然而 而且 同时 另外 此外 于是 不过",
    "fr": "ce cette ces cela il elle ils elles leur leurs mais donc ainsi cependant aussi",
    "de": "dies dieser diese dieses er sie es ihr sein aber doch daher deshalb jedoch auch",
}
"""Language → words at the beginning of a sentence that lean on the sentence before it."""

PRONOUNS = {
    "en": "it its they them their theirs he him his she her hers this these those such",
    "ar": "هو هي هم هما هذا هذه ذلك تلك هؤلاء أولئك فيه فيها منه منها به بها له لها عليه عليها عنه "
    "عنها إليه إليها لهم بهم فيهم منهم",
    "es": "él ella ello ellos ellas esto este esta estos estas eso ese esa aquello su sus le les",
    "fr": "il elle ils elles cela ceci ce cette ces son sa ses leur leurs lui",
    "de": "er sie es dies dieser diese dieses sein seine seinen seiner ihr ihre ihren ihrer ihm",
}
"""Language → words that stand for what was named before."""

BACK = {
    "en": r"\bfor (?:this|that) reason\b|\bbecause of (?:this|that|it)\b|\b(?:former|latter)\b"
    r"|\bas well\W*$|\b(?:years?|decades?|centur(?:y|ies)|months?|weeks?|days?|hours?|minutes?) "
    r"(?:later|earlier|before|afterwards)\b|\b(?:the same|that|this) (?:year|day|time|way)\b"
    r"|\b(?:these|those|its) (?:two|three|others?)\b|^(?:in|as) (?:this|that|such|a result)\b"
    r"|^(?:one|two|three|both|each|some|most|all|many|none) of (?:them|these|those)\b",
    "ar": r"من أجل ذلك|بسبب ذلك|نتيجة لذلك|على ذلك|في ذلك|بعد ذلك|قبل ذلك|منذ ذلك|بذلك|لذلك"
    r"|عندئذ|حينئذ|(?:سنوات|أعوام|أشهر|أيام) من ذلك|^و?من (?:أهمها|بينها|أشهرها|أبرزها)"
    r"|^و?(?:بعضها|معظمها|كلها|جميعها|أهمها|أحدها|إحداها|كلاهما)(?!\w)",
    "es": r"\bpor (?:eso|esto|ello|esa razón)\b|\b(?:ese|aquel|el mismo) (?:año|día|tiempo)\b"
    r"|\b(?:años?|meses|días|siglos?|horas) (?:más tarde|después|antes)\b|\bdurante es[et]"
    r"|^(?:es|son|fue|fueron|era|eran|tiene|tienen|está|están|contiene|pertenece|le siguen)\b",
    "fr": r"\bpour cette raison\b|\b(?:ans|années|mois|jours) plus tard\b|\bla même année\b",
    "de": r"\baus diesem grund\b|\b(?:jahre|monate|tage|wochen) später\b|\bim selben jahr\b",
    "zh": r"为此|因此|由此|与此同时|[年月天](?:之)?后，|此后|当时|^(?:前者|后者|两者|两种|两人)",
}
"""Language → what in a sentence points back to what was told before."""

LINKS = {
    "en": "of in for to the a an and with from on by per at into",
    "ar": "في من على إلى عن مع أو و بين",
    "es": "de del la el los las en y para con a por al un una",
    "fr": "de du des la le les en et pour avec à un une d l",
    "de": "von der die das den dem des und für mit im in zu",
    "pt": "de do da dos das o a os as em e para com no na",
    "it": "di del della dei delle il la i le in e per con",
}
"""Language → small words that may stand inside a phrase, never at its ends."""

BREAKS = {
    "en": "for with in on at that which who whose from when where because so than by after before "
    "until since as into over under through during without and or but if about between",
    "ar": "في من على إلى عن مع التي الذي الذين حيث لأن عندما حين ثم بعد قبل حتى منذ خلال دون لكي "
    "كي مما كما أو لكن بسبب",
    "es": "para con en que cuyo cuya desde cuando donde porque por tras hasta sin y o pero si "
    "entre durante sobre a de",
    "fr": "pour avec en dans que qui dont depuis quand où parce par après jusque sans et ou "
    "mais si",
    "de": "für mit in im auf an dass von wenn wo weil nach vor bis ohne und oder aber durch",
}
"""Language → words before which a clause may end."""

OPENERS = {
    "en": "when if because although while as since after before until unless with without in on at "
    "by for from where which who that to one's not",
    "ar": "عندما إذا لأن بينما حين حيث بعد قبل في من على التي الذي كما أن",
    "es": "cuando si porque aunque mientras como desde después antes en con sin por para que de al "
    "a",
    "fr": "quand si parce bien tandis comme depuis après avant en avec sans par pour que de à",
    "de": "wenn falls weil obwohl während als seit nach vor in mit ohne durch für dass die der das",
}
"""Language → words at the beginning of a clause that is part of another."""

JOINTS = {
    "en": "and but or so then",
    "ar": "أما غير أن لكن ثم و",
    "es": "y e pero o u sino",
    "fr": "et mais ou donc",
    "de": "und aber oder denn",
}
"""Language → words that join a clause to the one before it."""

CONTRAST = {
    "en": (" whereas ", " while ", " in contrast to ", " unlike "),
    "ar": (" بينما ", " في حين ", " أما "),
    "es": (" mientras que ", " en cambio "),
    "zh": ("，而", "，相比之下"),
    "fr": (" tandis que ", " alors que "),
    "de": (", während ",),
}
"""Language → what stands between the two sides of a contrast."""

UNITS = {
    "en": "percent per_cent million billion trillion thousand kilograms grams kg g tonnes tons "
    "kilometres kilometers metres meters miles km m cm mm litres liters watts kilowatts megawatts "
    "gigawatts terawatts volts degrees °c °f years days hours minutes seconds weeks months people "
    "dollars euros times species cups bees",
    "ar": "في_المئة في_المائة بالمئة بالمائة مليون مليار تريليون ألف آلاف كيلوغرام غرام طن كيلومتر "
    "كيلومترا متر مترا لتر واط كيلوواط ميغاواط غيغاواط فولت "
    "درجة درجات سنة سنوات عام عاما أعوام يوم "
    "يوما أيام ساعة ساعات دقيقة دقائق ثانية شخص دولار يورو مرة مرات",
    "es": "por_ciento millones millón mil kilogramos gramos kg toneladas kilómetros "
    "metros km litros "
    "vatios kilovatios megavatios gigavatios voltios grados años días horas minutos segundos "
    "personas dólares euros veces especies",
    "zh": "% 万 亿 千 吨 公斤 克 公里 米 升 瓦 千瓦 兆瓦 伏 度 年 天 "
    "小时 分钟 秒 人 美元 欧元 倍 种 只 杯",
    "fr": "pour_cent millions milliards mille kilogrammes grammes kg tonnes kilomètres mètres km "
    "litres watts volts degrés ans années jours heures minutes secondes euros fois",
    "de": "prozent millionen milliarden tausend kilogramm gramm kg tonnen kilometer meter km liter "
    "watt volt grad jahre tage stunden minuten sekunden euro mal",
}
"""Language → units that follow a number; `_` stands for a space."""


WHEN = {
    "en": "today now often usually sometimes perhaps",
    "ar": "اليوم الآن غالبا أحيانا",
    "es": "hoy ahora normalmente",
    "fr": "aujourd'hui maintenant",
    "de": "heute jetzt oft",
}
"""Language → words that name no thing and may stand before the subject."""


def listed(table: dict[str, str], lang: str) -> tuple[str, ...]:
    """Return the words of a table for a language, longest first; none where it has none."""
    words = (word.replace("_", " ") for word in table.get(base(lang), "").split())
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


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
    return _points_back(sentence.lower(), lang, named=2)


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
