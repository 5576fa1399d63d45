"""Words of languages that the writing of scripts needs: what opens, links and contrasts."""

from __future__ import annotations

from reelspec.author.segmentation import base

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
    "en": "for in on at which who whose when where because so by after before until since while "
    "during without and but if although along off within",
    "ar": "في من على إلى عن مع التي الذي الذين حيث لأن عندما حين ثم بعد قبل حتى منذ خلال دون لكي "
    "كي مما كما أو لكن بسبب",
    "es": "para con en que cuyo cuya desde cuando donde porque por tras hasta sin y o pero si "
    "entre durante sobre",
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
    "zh": "就 再 才 则 也 还 并 把 当 如果 因为 由于 从 最后 可以 会 能 只 都 又",
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
    "ar": (" بينما ", " في حين "),
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
    "ja": "億 万 千 兆 トン キログラム グラム キロメートル メートル リットル キロワット ワット "
    "ボルト 度 年 時間 分 秒 人 円 ドル ユーロ 倍 種 匹 個",
    "ko": "억 만 천 조 톤 킬로그램 그램 킬로미터 미터 리터 킬로와트 와트 볼트 도 년 시간 분 초 "
    "명 원 달러 유로 배 종 마리 개",
    "fr": "pour_cent millions milliards mille kilogrammes grammes kg tonnes kilomètres mètres km "
    "litres watts volts degrés ans années jours heures minutes secondes euros fois",
    "de": "prozent millionen milliarden tausend kilogramm gramm kg tonnen kilometer meter km liter "
    "watt volt grad jahre tage stunden minuten sekunden euro mal",
}
"""Language → units that follow a number; `_` stands for a space."""


RELATIVES = {
    "en": "that which who whom whose where why how what whether",
    "ar": "التي الذي الذين اللذان اللتان حيث أن أنها أنه",
    "es": "que quien quienes cuyo cuya donde",
    "fr": "que qui dont où quoi",
    "de": "dass der die das den dem deren dessen wo",
}
"""Language → words that open a clause within a clause, which must not be cut open."""

NOT = {
    "en": "no not never nor neither cannot can't don't doesn't isn't aren't without hardly",
    "ar": "لا لم لن ليس ليست ليسوا دون بلا غير وليس ولا ولم ولن",
    "es": "no nunca jamás ni ningún ninguna ninguno sin",
    "fr": "ne n'est pas jamais aucun aucune sans ni",
    "de": "nicht nie niemals kein keine keinen keiner ohne",
    "zh": "不 没 无 未 非",
}
"""Language → words that deny."""

PER = {
    "en": r" (?:per|every) (?:square |cubic )?[a-z]+"
    r"| an? (?:second|minute|hour|day|week|month|year)(?![a-z])",
    "ar": r" في (?:الثانية|الدقيقة|الساعة|اليوم|الأسبوع|الشهر|السنة|العام)(?!\w)| لكل \w+",
    "es": r" por (?:segundo|minuto|hora|persona|litro|kilo)(?!\w)| al (?:día|mes|año)(?!\w)"
    r"| a la semana",
    "fr": r" par (?:seconde|minute|heure|jour|semaine|mois|an|personne)(?!\w)",
    "de": r" pro [A-Za-zäöü]+| am Tag(?!\w)| im Jahr(?!\w)",
}
"""Language → pattern of what a number is told for: a rate belongs to the unit."""

YEARS = {
    "en": "in since until till by from of to around about circa year and after before between",
    "ar": "عام سنة العام منذ في وعام عامي لعام بعام",
    "es": "en de desde hasta del año",
    "fr": "en de depuis dès jusqu'en an",
    "de": "jahr jahre seit bis von um",
}
"""Language → words that stand before a year."""

OF = {
    "en": "of",
    "ar": "من",
    "es": "de del",
    "fr": "de du des d'",
    "de": "der des von vom aller",
}
"""Language → words after a number that say of what it is a share."""


ABOUT = {
    "en": "about around some roughly nearly almost only over under up between than least most",
    "ar": "نحو حوالي قرابة يصل ما إلى زهاء تقريبا بين",
    "es": "unos unas cerca casi alrededor aproximadamente entre más menos hasta",
    "fr": "environ presque près plus moins jusqu'à entre",
    "de": "etwa rund fast ungefähr bis zu über zwischen knapp",
}
"""Language → words that say how near a number is."""


def listed(table: dict[str, str], lang: str) -> tuple[str, ...]:
    """Return the words of a table for a language, longest first; none where it has none."""
    words = (word.replace("_", " ") for word in table.get(base(lang), "").split())
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
