"""Words of several languages that mean numbers, months and little else; all folded."""

from __future__ import annotations

from reelspec.author.grounding.folding import fold, plain


def _folded(words: dict[str, int]) -> dict[str, int]:
    return {fold(plain(word)): value for word, value in words.items()}


def _counted(text: str, begin: int = 0, step: int = 1) -> dict[str, int]:
    """Return words with the numbers that they mean; `/` stands between words for one number."""
    return {
        word: begin + step * number
        for number, group in enumerate(text.split())
        for word in group.split("/")
    }


NUMBERS = _folded(
    {
        **_counted(
            "zero one two three four five six seven eight nine ten eleven twelve thirteen "
            "fourteen fifteen sixteen seventeen eighteen nineteen"
        ),
        **_counted("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
        **_counted(
            "fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
            "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth",
            4,
        ),
        **_counted(
            "uno/una dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce "
            "quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno/veintiún/veintiuna "
            "veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho "
            "veintinueve",
            1,
        ),
        **_counted("treinta cuarenta cincuenta sesenta setenta ochenta noventa", 30, 10),
        **_counted(
            "doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas "
            "quinientos/quinientas seiscientos/seiscientas setecientos/setecientas "
            "ochocientos/ochocientas novecientos/novecientas",
            200,
            100,
        ),
        **_counted(
            "واحد/واحدة/أحد/إحدى اثنان/اثنين/اثنا/اثني/اثنتان/اثنتين/اثنتا/اثنتي ثلاثة/ثلاث/ثالث "
            "أربعة/أربع/رابع خمسة/خمس/خامس ستة/ست/سادس سبعة/سبع/سابع ثمانية/ثماني/ثمان/ثامن "
            "تسعة/تسع/تاسع عشرة/عشر/عاشر",
            1,
        ),
        **_counted(
            "عشرون/عشرين ثلاثون/ثلاثين أربعون/أربعين خمسون/خمسين ستون/ستين سبعون/سبعين "
            "ثمانون/ثمانين تسعون/تسعين",
            20,
            10,
        ),
        "مئتان": 200,
        "مئتين": 200,
    }
)
"""Word → number below a thousand."""

HUNDREDS = frozenset(map(fold, ["hundred", "cien", "ciento", "cientos", "مئة", "مائة"]))

MULTIPLES = _folded(
    {
        **dict.fromkeys(["thousand", "thousands", "mil", "ألف", "آلاف", "ألفا", "千"], 10**3),
        **dict.fromkeys(["ألفان", "ألفين"], 2 * 10**3),
        **dict.fromkeys(["万", "萬"], 10**4),
        **dict.fromkeys(["million", "millions", "millón", "millones", "مليون", "ملايين"], 10**6),
        "مليونا": 10**6,
        **dict.fromkeys(["亿", "億"], 10**8),
        **dict.fromkeys(["billion", "billions", "مليار", "مليارات", "مليارا"], 10**9),
        **dict.fromkeys(["trillion", "trillions", "تريليون", "تريليونات"], 10**12),
    }
)
"""Word after a number → what it multiplies it by."""

FRACTIONS = _folded(
    {
        **dict.fromkeys(["half", "mitad", "نصف", "一半"], 2),
        **dict.fromkeys(["thirds", "tercio", "tercios", "ثلث", "ثلثي", "ثلثا"], 3),
        **dict.fromkeys(["quarter", "quarters", "ربع"], 4),
        "quinto": 5,
    }
)
"""Word → what it divides one by; `third` and its like count only after `a` and `one`."""

PARTS = _folded({"third": 3, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10, "twelfth": 12})

PERCENT = tuple(
    fold(plain(words))
    for words in (
        *("percent", "per cent", "por ciento", "في المئة", "في المائة", "بالمئة", "بالمائة"),
        *("pour cent", "prozent", "per cento", "por cento"),
    )
)
"""Words that make a number before them a share of a hundred."""

_MONTHS = (
    "january jan enero janvier januar gennaio janeiro يناير جانفي كانون_الثاني",
    "february feb febrero février februar febbraio fevereiro فبراير فيفري شباط",
    "march mar marzo mars märz março مارس آذار",
    "april apr abril avril aprile أبريل إبريل أفريل نيسان",
    "may mayo mai maggio maio مايو ماي أيار",
    "june jun junio juin juni giugno junho يونيو يونيه جوان حزيران",
    "july jul julio juillet juli luglio julho يوليو يوليه جويلية تموز",
    "august aug agosto août أغسطس أوت آب",
    "september sep sept septiembre setiembre septembre settembre setembro سبتمبر أيلول",
    "october oct octubre octobre oktober ottobre outubro أكتوبر تشرين_الأول",
    "november nov noviembre novembre novembro نوفمبر تشرين_الثاني",
    "december dec diciembre décembre dezember dicembre dezembro ديسمبر كانون_الأول",
)
MONTHS = _folded(
    {
        name.replace("_", " "): number
        for number, names in enumerate(_MONTHS, 1)
        for name in names.split()
    }
)
"""Name of a month → its number."""

_LIGHT = """
about around roughly nearly almost approximately just only even still already also today now once
then later first many much more most very than that this these those its it they he she we you i
the a an of in on at to for from by with as and or but not no is are was were be been being has
have had do does did can could may might will would should there here which who whom whose what
when where how why so such each every all both some any up down over under between into through
per called known one ones two make makes made use uses used get gets got become becomes became take
takes took let look his her hers him them their theirs our your my
el la los las un una unos unas de del al a en y e o u que se su sus lo le les por para con sin
sobre entre como más muy ya no ni es son era eran fue fueron ser está están ha han había hay cerca
casi alrededor aproximadamente hoy también solo cada todo toda todos todas este esta estos estas
ese esa eso cuando donde cual cuyo desde hasta hacia
في من على إلى عن مع أن إن كان كانت يكون تكون هو هي هم هذا هذه ذلك تلك التي الذي الذين ما لا لم
لن قد لقد ثم أو و ف كل بعض نحو حوالي تقريبا فقط أيضا اليوم بين عند منذ حتى بعد قبل كما لكن غير أما
عام عاما سنة يوم له لها لهم فيه فيها منه منها به بها وهو وهي بل ليس ليست أي نفسه وقد فقد
"""
LIGHT = frozenset(fold(plain(_LIGHT)).split())
"""Words that say nothing of a subject by themselves."""

HAN_LIGHT = frozenset(
    "的了是在和与也就都而及或个这那其被把从到对为以等将会能可它们他她之于中上下里有不很更最只大约每多一"
)
"""Characters that hold Chinese words together."""

TRANSCRIBING = (
    "阿埃艾爱安昂奥巴白班邦包贝本比彼宾波伯博布查达戴丹道德邓迪蒂丁东杜顿多厄恩尔法凡范菲费芬丰冯弗夫福富"
    "盖高戈格葛古哈海汉豪赫黑亨洪胡华怀霍基吉加贾简杰金卡凯坎康考科克肯孔库夸奎拉莱兰朗劳勒雷里理利连廉列"
    "林卢鲁伦罗洛马迈麦曼芒梅门蒙米明莫姆穆纳南内尼年宁纽努诺欧帕潘庞佩彭皮平珀普奇乔切琼让热日荣儒瑞若萨"
    "塞赛桑瑟森沙珊尚绍舍申什史施舒司斯丝苏孙索塔泰坦汤特滕提田廷通图托瓦万旺威韦维温文翁沃乌伍西希锡席夏"
    "肖谢辛欣兴休修逊雅亚延扬杨耶叶伊因英尤约泽曾扎詹张哲珍芝朱茨兹卓佐查"
)
"""Characters that Chinese writes foreign names with, the parts of a name joined by `·`."""
