"""What sources support and what they do not, in four languages."""

from pathlib import Path

import pytest

from reelspec.author.grounding import check
from reelspec.author.grounding.figures import figures
from reelspec.author.grounding.folding import fold, plain
from reelspec.author.notes import Note, Source
from reelspec.author.reading import Document, Reading, read, type_of
from reelspec.author.segmentation import sentences

DOCUMENTS = Path(__file__).parent / "documents"


def source(name: str) -> Source:
    path = DOCUMENTS / name
    found = read([Document(name, path.read_bytes(), type_of(name))])[0]
    assert isinstance(found, Reading)
    return Source(name, found.title, found.text, lang=found.lang)


CITED = {
    "en": [source("en/solar.md"), source("en/bees.txt"), source("en/coffee.html")],
    "ar": [source("ar/solar.md"), source("ar/bees.html"), source("ar/coffee.txt")],
    "zh": [source("zh/solar.md"), source("zh/bees.html")],
    "es": [source("es/solar.md"), source("es/coffee.txt")],
}


def found(lang: str, narration: str) -> list[str]:
    return [f"{one.kind}: {one.what}" for one in check(narration, CITED[lang])]


SUPPORTED = {
    "en": [
        "In 1839 Edmond Becquerel noticed that light could produce a current.",
        "Becquerel was 19 years old when he noticed in 1839 that light produces a current.",
        "The modern cell was shown at Bell Laboratories on April 25, 1954.",
        "Silicon needs about 1.1 electronvolts.",
        "A queen needs only 16 days.",
        "A worker needs 21 days, a drone 24 and a queen 16.",
        "The queen lays up to 2000 eggs a day.",
        "Those born in autumn live for several months, in summer she lives for 6 weeks.",
        "Less than 20% of honey is water before the bees close the cell.",
        "Karl von Frisch shared the Nobel Prize in 1973 with Konrad Lorenz and Nikolaas Tinbergen.",
        "Luigi Bezzera improved the steam machine in 1901.",
        "Arabica makes up about sixty per cent of the harvest.",
        "Robusta contains about 2.2 percent caffeine.",
        "Brazil harvests a third of the coffee of the world.",
        "In the 15th century Sufis in Yemen drank it to stay awake.",
        "Bees fan honey with their wings.",
        "Langstroth got his patent on October 5, 1852.",
        "The satellite Vanguard 1 powered its transmitter in space until 1964.",
        "Modern panels on sale reach 20 to 23 percent.",
        "What does a solar cell do with light?",
        "The field between two layers gives the electron a direction.",
    ],
    "ar": [
        "في عام ١٨٣٩ لاحظ إدمون بيكريل أن الضوء يولد تيارا.",
        "وعُرِضت الخليّة الحديثة في مختبرات بل يوم ٢٥ أبريل ١٩٥٤.",
        "يحتاج السيليكون إلى نحو ١٫١ إلكترون فولت.",
        "تحتاج الملكة إلى 16 يوما فقط.",
        "تحتاج العاملة إلى ٢١ يوما والذكر إلى ٢٤ يوما.",
        "تضع الملكة ما يصل إلى 2000 بيضة في اليوم.",
        "تعيش العاملة في الصيف نحو 6 أسابيع.",
        "يصبح الماء في العسل أقل من عشرين بالمئة.",
        "تقاسم كارل فون فريش جائزة نوبل لعام 1973 مع كونراد لورنتس.",
        "حسّن لويجي بيزيرا الآلة عام ١٩٠١.",
        "يمثل أرابيكا نحو 60% من المحصول.",
        "في روبوستا من الكافيين نحو ٢٫٢٪ من وزنه.",
        "تنتج البرازيل ثلث البن في العالم.",
        "كان الصوفية في اليمن يشربونه في القرن ١٥.",
        "يدفع المجال الكهربائي الإلكترونات إلى جهة واحدة.",
        "هل تعلم كيف تعمل الخلية الشمسية؟",
    ],
    "zh": [
        "1839年，埃德蒙·贝克勒尔发现光可以产生电流。",
        "现代的太阳能电池于1954年4月25日在贝尔实验室展示。",
        "硅需要大约1.1电子伏特的能量。",
        "蜂王只需要16天。",
        "工蜂需要21天，雄蜂需要24天。",
        "蜂王一天最多产下2000粒卵。",
        "一个蜂群有20,000到60,000只蜜蜂。",
        "蜂群有两万到六万只蜜蜂。",
        "夏天的工蜂大约只活6个星期。",
        "蜂蜜的水分少于百分之二十。",
        "1973年，卡尔·冯·弗里希与康拉德·洛伦兹共同获得诺贝尔奖。",
        "电池的效率大约是６％。",
        "单结电池最多只能利用三分之一的光。",
        "电场把自由的电子推向一边。",
        "蜜蜂用翅膀扇风。",
        "蜜蜂怎样告诉同伴花在哪里？",
    ],
    "es": [
        "En 1839 Edmond Becquerel observó que la luz podía producir una corriente.",
        "La célula moderna se presentó en los Laboratorios Bell el 25 de abril de 1954.",
        "El silicio necesita alrededor de 1.1 electronvoltios.",
        "El silicio necesita unos 1,1 electronvoltios.",
        "Una célula da unos 0,6 voltios.",
        "La arábica representa el 60 % de la cosecha.",
        "La robusta contiene cerca del 2,2 por ciento de cafeína.",
        "Luigi Bezzera mejoró la máquina de vapor en 1901.",
        "Brasil recibió sus primeras plantas en 1727.",
        "En el siglo 15 los sufíes de Yemen la tomaban para velar.",
        "El satélite Vanguard 1 llevó células solares al espacio el 17 de marzo de 1958.",
        "En 1908 Melitta Bentz registró el filtro de papel.",
        "Un panel conserva el ochenta por ciento de su potencia después de veinticinco años.",
        "El campo eléctrico empuja los electrones hacia un lado.",
        "El café verde huele a hierba.",
        "Un panel pierde el 0,4 % de su potencia por cada grado por encima de 25.",
        "Friedlieb Ferdinand Runge aisló la cafeína en 1819.",
        "¿Cómo funciona una célula solar?",
    ],
}

UNSUPPORTED = {
    "en": [
        ("In 1840 Edmond Becquerel noticed that light could produce a current.", ["date: 1840"]),
        ("The cell was shown at Bell Laboratories on 26 April 1954.", ["date: 26 April"]),
        ("The cell was shown at Bell Laboratories on 25 May 1954.", ["date: 25 May"]),
        ("Silicon needs about 1.2 electronvolts.", ["number: 1.2"]),
        ("Silicon needs about 1.1 volts.", ["number: 1.1"]),
        ("A queen needs 21 days.", ["number: 21"]),
        ("A drone needs 16 days.", ["number: 16"]),
        ("A worker needs 24 days, a drone 21.", ["number: 24"]),
        ("Birds lay up to 2,000 eggs in a single day.", ["claim: Birds"]),
        ("The wings of a flying bird beat about 230 times in a second.", ["claim: bird"]),
        ("Robusta makes up about 60 percent of the harvest.", ["name: Robusta"]),
        ("Robusta contains about 1.2 percent caffeine.", ["number: 1.2 percent"]),
        ("Luigi Bezzera patented a steam machine for coffee in Turin in 1884.", ["date: 1884"]),
        ("Albert Einstein received the Nobel Prize in 1905.", ["date: 1905"]),
        ("Isaac Newton explained in 1905 how light sets electrons free.", ["name: Isaac Newton"]),
        ("Charles Fritts noticed in 1839 that light produces a current.", ["name: Charles Fritts"]),
        ("Honey is less than 20 grams of water.", ["number: 20"]),
        ("NASA built the first cell from silicon.", ["name: NASA"]),
        (
            "Chocolate cures every illness of children.",
            ["claim: Chocolate cures every illness of children."],
        ),
    ],
    "ar": [
        ("في عام ١٨٤٠ لاحظ إدمون بيكريل أن الضوء يولد تيارا.", ["date: ١٨٤٠"]),
        ("عرضت الخلية الحديثة في مختبرات بل يوم ٢٦ أبريل ١٩٥٤.", ["date: ٢٦ أبريل"]),
        ("عرضت الخلية الحديثة في مختبرات بل يوم ٢٥ مايو ١٩٥٤.", ["date: ٢٥ مايو"]),
        ("يحتاج السيليكون إلى نحو ١٫٢ إلكترون فولت.", ["number: ١٫٢"]),
        ("تحتاج الملكة إلى ٢١ يوما.", ["number: ٢١"]),
        ("يحتاج الذكر إلى ١٦ يوما.", ["number: ١٦"]),
        ("تضع الطيور ما يصل إلى ٢٠٠٠ بيضة في اليوم.", ["claim: الطيور"]),
        ("تضع العاملة ما يصل إلى ٢٠٠٠ بيضة في اليوم.", ["claim: العاملة"]),
        ("تعيش العاملة في الصيف نحو ثمانية أسابيع.", ["number: ثمانية"]),
        ("الماء في العسل أقل من ٣٠ في المئة.", ["number: ٣٠ في المئة"]),
        ("تنتج البرازيل ربع البن في العالم.", ["number: ربع"]),
        ("وفي عام 1883 غطى إدمون بيكريل السيلينيوم بطبقة رقيقة من الذهب.", ["name: إدمون بيكريل"]),
        ("بنت NASA الخلية من السيليكون.", ["name: NASA"]),
        ("وصلت الشتلات الأولى إلى البرازيل في عام 1827.", ["date: 1827"]),
        (
            "الشوكولاتة تشفي أمراض الأطفال كلها.",
            ["claim: الشوكولاتة تشفي أمراض الأطفال كلها."],
        ),
    ],
    "zh": [
        ("1840年，埃德蒙·贝克勒尔发现光可以产生电流。", ["date: 1840"]),
        ("太阳能电池于1954年4月26日在贝尔实验室展示。", ["date: 4月26日"]),
        ("太阳能电池于1954年5月25日在贝尔实验室展示。", ["date: 5月25日"]),
        ("硅需要大约1.2电子伏特的能量。", ["number: 1.2"]),
        ("玻璃需要大约1.1电子伏特的能量。", ["claim: 玻璃"]),
        ("蜂王需要21天。", ["number: 21"]),
        ("雄蜂需要16天。", ["number: 16"]),
        ("鸟类每秒钟扇动翅膀大约230次。", ["claim: 鸟类"]),
        ("工蜂一天最多可以产下2,000粒卵。", ["claim: 工蜂"]),
        ("一个蜂群有三万到六万只蜜蜂。", ["number: 三万"]),
        ("夏天的工蜂大约只活八个星期。", ["number: 八"]),
        ("蜂蜜的水分少于百分之三十。", ["number: 百分之三十"]),
        ("1839年，查尔斯·弗里茨发现光可以产生电流。", ["name: 查尔斯·弗里茨"]),
        ("NASA用硅制成了太阳能电池。", ["name: NASA"]),
        ("单结电池最多只能利用四分之一的光。", ["number: 四分之一"]),
        ("巧克力治好孩子们所有疾病。", ["claim: 巧克力治好孩子们所有疾病。"]),
    ],
    "es": [
        ("En 1840 Edmond Becquerel observó que la luz producía una corriente.", ["date: 1840"]),
        ("Se presentó en los Laboratorios Bell el 26 de abril de 1954.", ["date: 26 de abril"]),
        ("Se presentó en los Laboratorios Bell el 25 de mayo de 1954.", ["date: 25 de mayo"]),
        ("El silicio necesita alrededor de 1,2 electronvoltios.", ["number: 1,2"]),
        ("El vidrio necesita alrededor de 1,1 electronvoltios.", ["claim: vidrio"]),
        ("Una célula da unos 0,6 vatios.", ["number: 0,6"]),
        ("La robusta representa alrededor del 60 por ciento de la cosecha.", ["claim: robusta"]),
        ("La robusta contiene cerca del 1,2 por ciento de cafeína.", ["number: 1,2 por ciento"]),
        ("Luigi Bezzera patentó en Turín, en 1884, una máquina de vapor.", ["date: 1884"]),
        ("Albert Einstein recibió el Premio Nobel de 1905.", ["date: 1905"]),
        ("Isaac Newton explicó en 1905 cómo la luz libera electrones.", ["name: Isaac Newton"]),
        ("Hoy cosecha la mitad del café del mundo.", ["number: mitad"]),
        ("En el siglo XVI los sufíes de Yemen la tomaban para velar.", ["number: XVI"]),
        ("Un espresso sale en 25 a 30 segundos a una presión de 12 bares.", ["number: 12"]),
        ("En 1908 Pasqua Rosée registró el filtro de papel.", ["name: Pasqua Rosée"]),
        (
            "El chocolate cura todas las enfermedades infantiles.",
            ["claim: El chocolate cura todas las enfermedades infantiles."],
        ),
    ],
}


@pytest.mark.parametrize(
    ("lang", "narration"), [(lang, text) for lang, texts in SUPPORTED.items() for text in texts]
)
def test_what_a_source_says_is_supported(lang: str, narration: str) -> None:
    assert [] == found(lang, narration)


@pytest.mark.parametrize(
    ("lang", "narration", "expected"),
    [(lang, text, said) for lang, texts in UNSUPPORTED.items() for text, said in texts],
)
def test_what_no_source_says_is_named(lang: str, narration: str, expected: list[str]) -> None:
    assert expected == found(lang, narration)


@pytest.mark.parametrize("lang", CITED)
def test_a_source_supports_each_of_its_own_sentences(lang: str) -> None:
    prose = [
        sentence
        for one in CITED[lang]
        for line in one.text.split("\n")
        for sentence in sentences(line.lstrip("-> "))
        if not line.startswith("#")
    ]

    assert [] == [fault.what for text in prose for fault in check([text], CITED[lang])]


def test_two_facts_of_two_sentences_are_not_one_fact() -> None:
    notes = [
        Note("a", "x", "The tower is 30 metres high."),
        Note("b", "x", "The bridge opened in 1901."),
    ]

    faults = check("The tower, 30 metres high, opened in 1901.", notes)

    assert [("date", "1901")] == [(one.kind, one.what) for one in faults]
    assert "The tower is 30 metres high." == faults[0].nearest


def test_without_sources_nothing_is_supported() -> None:
    faults = check(["Karl von Frisch won in 1973.", "Bees dance."], [])

    assert ["1973", "Karl von Frisch", "Bees dance."] == [one.what for one in faults]


def test_another_script_is_held_to_numbers_alone() -> None:
    english = [Note("a", "x", "A worker needs 21 days and lays 2,000 eggs.")]

    assert [] == check("تحتاج العاملة إلى ٢١ يوما.", english)
    assert ["٢٢"] == [one.what for one in check("تحتاج العاملة إلى ٢٢ يوما.", english)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1,234.5 and 1.234,5", ["2469/2", "2469/2"]),
        ("1,234 or 0,234", ["1234", "117/500"]),
        ("1 000 000 and 12.345.678", ["1000000", "12345678"]),
        ("१२३ और ۱۲۳ और ١٢٣ و１２３", ["123", "123", "123", "123"]),
        ("1.5 million, 2万, ٣ آلاف, 4 mil millones", ["1500000", "20000", "3000", "4000000000"]),
        ("twenty-one, three hundred and five thousand", ["21", "305000"]),
        ("ثلاث مئة وخمسة وعشرون", ["325"]),
        ("treinta y cinco", ["35"]),
        ("三百二十五个", ["325"]),
        ("in the twentieth century, a quarter, two thirds", ["20", "1/4", "2", "2/3"]),
        ("CO2, H2O, B12", []),
    ],
)
def test_numbers_are_read_by_value(text: str, values: list[str]) -> None:
    read_as = [
        "|".join(map(str, sorted(one.values, reverse=True))) for one in figures(fold(plain(text)))
    ]

    assert values == read_as


TOWER = {
    "en": "The bridge was opened on 3 May 1931 by Maria Keller. Anna Schmidt drew its plans. "
    "The tower does not burn coal. Water boils at 100 degrees. The price fell to 1,420 euros. "
    "Panels lose 0.4 percent of power. The plant made 16 gigawatt hours in 2010.",
    "ar": "لا يحرق البرج الفحم. تفقد الألواح ٠٫٤ في المئة من قدرتها. افتتح الجسر في ٣ مايو ١٩٣١.",
    "es": "La torre no quema carbón. El precio cayó a 1.420 euros. El cable mide 12 kilómetros.",
    "zh": "这座塔不烧煤。电缆长12公里。面板损失0.4%的功率。",
}


@pytest.mark.parametrize(
    ("lang", "narration", "doubts"),
    [
        ("en", "The plant made 0.4 gigawatt hours in 2010.", ["number: 0.4"]),
        ("en", "Panels lose 4 percent of power.", ["number: 4 percent"]),
        ("en", "Panels lose ٤ percent of power.", ["number: ٤ percent"]),
        ("en", "Panels lose ٠٫٤ percent of power.", []),
        ("en", "The price fell to 1.42 euros.", ["number: 1.42"]),
        ("en", "The price fell to 1420 euros.", []),
        ("en", "The price fell to 1,420 dollars.", ["number: 1,420"]),
        ("en", "The plant made 16 megawatt hours in 2010.", ["number: 16"]),
        ("en", "The bridge was opened on 3 March 1931.", ["date: 3 March"]),
        ("en", "The bridge was opened on 3 May 1913.", ["date: 1913"]),
        ("en", "Maria Schmidt drew its plans.", ["name: Maria Schmidt"]),
        ("en", "Anna Schmidt drew its plans.", []),
        ("en", "The tower burns coal.", ["claim: The tower burns coal."]),
        ("en", "The tower doesn't burn coal.", []),
        ("en", "Does the tower burn coal?", []),
        (
            "en",
            "Water does not boil at 100 degrees.",
            ["claim: Water does not boil at 100 degrees."],
        ),
        ("ar", "يحرق البرج الفحم.", ["claim: يحرق البرج الفحم."]),
        ("ar", "لا يحرق البرج الفحم.", []),
        ("ar", "تفقد الألواح 0.4 في المئة من قدرتها.", []),
        ("ar", "تفقد الألواح ٤ في المئة من قدرتها.", ["number: ٤ في المئة"]),
        ("ar", "افتتح الجسر في 5 مايو 1931.", ["date: 5 مايو"]),
        ("es", "La torre quema carbón.", ["claim: La torre quema carbón."]),
        ("es", "El precio cayó a 1,42 euros.", ["number: 1,42"]),
        ("es", "El cable mide 12 metros.", ["number: 12"]),
        ("zh", "这座塔烧煤。", ["claim: 这座塔烧煤。"]),
        ("zh", "电缆长12米。", ["number: 12"]),
        ("zh", "面板损失4%的功率。", ["number: 4%"]),
    ],
)
def test_a_source_does_not_support_what_is_turned_around(
    lang: str, narration: str, doubts: list[str]
) -> None:
    cited = [Source("tower", "Tower", TOWER[lang], lang=lang)]

    assert doubts == [f"{one.kind}: {one.what}" for one in check(narration, cited)]
