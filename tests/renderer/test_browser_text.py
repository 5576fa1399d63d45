"""Our text beside Chromium's: width, place of each word, and ink, for a hundred strings."""

import io
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import accumulate
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import sync_playwright

from renderer import fonts, text
from renderer.nouns import is_rtl
from renderer.text.direction import levels, visual_order
from renderer.text.runs import paragraphs, stretches
from renderer.text.shaping import Run, advance

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
    pytest.mark.skipif(text.machine_shaper() != "raqm", reason="no Raqm"),
]
SIZE, ROW, LEFT, WIDTH = 40, 96, 20, 1160

STRINGS = {
    "en": (
        "How do solar cells work?",
        "The quick brown fox jumps over the lazy dog.",
        "AVATAR To Wa Yo “quoted” – dash — end…",
        "Price: $1,299.99 (incl. 20% VAT)",
        "fi fl ffi ffl office waffle",
        "Ångström, Čapek, Łódź, Ğöç, ñandú",
        "e\u0301 a\u0308 o\u0302 combined marks",
        "The word سلام means peace",
        "Hebrew שלום (shalom) in English",
        "C++ & Python 3.11 #1 @home 50/50",
    ),
    "ar": (
        "كيف تعمل الخلايا الشمسية؟",
        "في 2024 بلغت 24.5% (بحسب NREL)",
        "بِسْمِ اللَّهِ الرَّحْمٰنِ الرَّحِيمِ",
        "سعر الكيلوواط 0.05$ فقط",
        "لا إله إلا الله محمد",
        "قال: «Solar is cheap» ثم مضى.",
        "مـــرحـــبـــا بكم",
        "١٢٫٥٪ من ٣٤٬٠٠٠ في ٢٠٢٤/٣/١",
        "[مرحبا (Hello) بكم]",
        "من GW 3-5 إلى 1,200 GW",
    ),
    "fa": (
        "سلول‌های خورشیدی چگونه کار می‌کنند؟",
        "می‌خواهم کتاب‌ها را بخوانم",
        "قیمت ۱۲٬۵۰۰ تومان است",
        "۲۵٪ از انرژی جهان",
        "گچ پژ ژاله چگونه",
        "نرم‌افزار Python نسخهٔ ۳",
        "خانهٔ ما، خانهٔ شما",
        "در سال ۱۴۰۳ (2024 میلادی)",
        "«انرژی» یعنی توان؛ بله!",
        "ه‍ نشانهٔ هجری است",
    ),
    "ur": (
        "شمسی خلیے کیسے کام کرتے ہیں؟",
        "پاکستان میں ۲۴ گھنٹے بجلی",
        "ٹماٹر، ڈبہ، پہاڑ، بڑے",
        "یہ ۱۰۰٪ درست ہے۔",
        "گھر کے لیے (۵ کلوواٹ)",
        "وہ Solar Panel خریدے گا",
        "قیمت ۴۵٬۰۰۰ روپے",
        "میں نے کہا: “ٹھیک ہے”",
        "اُردُو زَبان",
        "جھیل، چھت، کھیت اور بھائی",
    ),
    "he": (
        "כיצד פועלים תאים סולאריים?",
        "שָׁלוֹם עוֹלָם",
        "בְּרֵאשִׁית בָּרָא אֱלֹהִים",
        "המחיר 12.50 ₪ בלבד",
        "שלום world 2024 עולם!",
        "(מרחק: 5-7 ק״מ)",
        "צה״ל, ארה״ב ועו״ד",
        "אתר https://iea.org/data כאן",
        "50% הנחה – היום!",
        "א1ב2ג3 abc דהו",
    ),
    "ru": (
        "Как работают солнечные батареи?",
        "Съешь ещё этих мягких французских булок",
        "Цена 1 250,50 ₽ (−15 %)",
        "Їжак, ґанок, єдність, об’єкт",
        "Љубав, Њива, Ђак, Џеп",
        "«Ёлки» — №5",
        "Энергия 3,5 кВт·ч",
        "Слово سلام значит мир",
        "Москва-река, XXI век",
        "ГДЕ ТУТ АВТОБУС",
    ),
    "el": (
        "Πώς λειτουργούν τα ηλιακά κύτταρα;",
        "Ξεσκεπάζω την ψυχοφθόρα βδελυγμία",
        "Τιμή 12,50 € (έκπτωση 10%)",
        "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ",
        "ΐ ΰ ή ώ ό ά έ ύ ί",
        "«Ενέργεια» – 100 kWh",
        "α+β=γ, Δx → 0",
        "ὁ ἄνθρωπος ἐν ἀρχῇ",
        "Η λέξη שלום είναι εβραϊκή",
        "Τέλος· αρχή.",
    ),
    "hi": (
        "सौर सेल कैसे काम करते हैं?",
        "नमस्ते दुनिया",
        "क्षत्रिय ज्ञान श्री स्त्री",
        "कीमत ₹१२,५०० केवल",
        "विद्युत् शक्ति और ऊर्जा",
        "हिन्दी में Solar लिखें",
        "र्क क्र ट्र द्ध द्य",
        "२५% (लगभग)",
        "मैं किताब पढ़ता हूँ।",
        "कृपया प्रतीक्षा कीजिए",
    ),
    "th": (
        "เซลล์แสงอาทิตย์ทำงานอย่างไร",
        "สวัสดีชาวโลก",
        "ราคา ๑๒,๕๐๐ บาท",
        "น้ำ ที่ ปู่ ผู้ ใหญ่",
        "พลังงาน 25% ต่อปี",
        "กรุงเทพฯ ๆ ฯลฯ",
        "ภาษาไทยกับ English",
        "ป่า ฝ้า ฟ้า ปิ่น ปี๊",
        "ญู ฐู ฎุ ฏู",
        "(ตัวอย่าง) 3.5 กิโลวัตต์",
    ),
    "mixed": (
        "a (ب) c [د] e",
        "1) واحد 2) اثنان",
        "العربية, עברית, English",
        "+962 6 555-0100 اتصل",
        "user@mail.com هو البريد",
        "A/B اختبار C/D",
        "10:30 صباحا – 12:45 ظهرا",
        "ﷲ ﻻ 100°",
        "\u202eover\u202c and \u202dسلام\u202c",
        "«A» “ב” ‘ج’ (д) {ε}",
    ),
}
# Chromium gives digits the script of the letters before them, in which FiraGO has no kerning;
# ours are kerned as digits are anywhere, by up to three pixels.
KERNED = {
    "في 2024 بلغت 24.5% (بحسب NREL)",
    "سعر الكيلوواط 0.05$ فقط",
    "המחיר 12.50 ₪ בלבד",
    "(מרחק: 5-7 ק״מ)",
    "50% הנחה – היום!",
}
# Chromium sets the middle dot as of no script, and does not kern it with the letters around it.
DOTTED = {"Энергия 3,5 кВт·ч"}
CASES = [(lang, written) for lang, listed in STRINGS.items() for written in listed]

PAGE = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: F; src: url(font.otf); }}
body {{ margin: 0; background: #fff; color: #000; }}
div {{ position: absolute; left: {left}px; width: {width}px; text-align: left; white-space: pre;
  font: {size}px/{row}px F; text-rendering: geometricPrecision; }}
</style>{rows}<script>
function measured() {{
  return [...document.querySelectorAll("div")].map(line => {{
    const node = line.firstChild, range = document.createRange();
    range.selectNodeContents(line);
    const starts = [...node.data.matchAll(/[^\\s]+/gu)].map(match => match.index);
    const graphemes = [...new Intl.Segmenter("en").segment(node.data)];
    const edges = starts.map(start => {{
      const first = graphemes.findLast(grapheme => grapheme.index <= start);
      range.setStart(node, first.index);
      range.setEnd(node, first.index + first.segment.length);
      const box = range.getBoundingClientRect();
      return [box.left, box.right];
    }});
    range.selectNodeContents(line);
    return {{width: range.getBoundingClientRect().width, edges}};
  }});
}}
</script>"""


def right_to_left(lang: str, written: str) -> bool:
    return is_rtl(lang) or (lang == "mixed" and any("\u0590" <= c <= "\u08ff" for c in written[:5]))


def page() -> str:
    rows = "".join(
        f'<div lang="{lang}" dir="{"rtl" if right_to_left(lang, written) else "ltr"}"'
        f' style="top:{index * ROW}px">{written.replace("&", "&amp;")}</div>'
        for index, (lang, written) in enumerate(CASES)
    )
    return PAGE.format(left=LEFT, width=WIDTH, size=SIZE, row=ROW, rows=rows)


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[list[Any], np.ndarray]]:
    """Return what the browser measured of each string, and how much ink each pixel has."""
    folder = tmp_path_factory.mktemp("text")
    (folder / "font.otf").write_bytes(fonts.faces(["FiraGO"])[0].data)
    (folder / "index.html").write_text(page(), encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    switches = ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=switches)
        shown = browser.new_page(viewport={"width": WIDTH + 2 * LEFT, "height": ROW * len(CASES)})
        shown.goto(f"http://127.0.0.1:{server.server_port}/index.html")
        shown.evaluate("document.fonts.ready.then(() => document.fonts.size)")
        seen = Image.open(io.BytesIO(shown.screenshot())).convert("L")
        yield shown.evaluate("measured()"), 255 - np.asarray(seen).astype(int)
        browser.close()
    server.shutdown()


@cache
def asked(lang: str, written: str) -> dict[str, Any]:
    rtl = right_to_left(lang, written)
    return {
        "text": written.replace("*", "\\*"),
        "size": float(SIZE),
        "fit": "none",
        "lang": "en" if lang == "mixed" else lang,
        "direction": "rtl" if rtl else "ltr",
        "align": "end" if rtl else "start",
        "color": "#ffffffff",
    }


def words(written: str) -> list[int]:
    """Return the index at which each word begins."""
    return [
        index
        for index, (before, letter) in enumerate(zip(" " + written, written, strict=False))
        if before.isspace() and not letter.isspace()
    ]


def our_edges(lang: str, written: str) -> list[float]:
    """Return where the first letter of each word begins: its left end, or right if it is rtl."""
    (row,) = text.layout(asked(lang, written), (4000, 400)).rows
    (paragraph,) = paragraphs(written, ("FiraGO",), "regular", False, right_to_left(lang, written))
    parts = stretches(paragraph, 0, len(written))
    order = visual_order([part.level for part in parts])
    starts = list(accumulate((len(part.text.strip("\u200d")) for part in parts), initial=0))
    found = []
    for word in words(written):
        index = max(at for at, start in enumerate(starts[:-1]) if start <= word)
        placed = row.runs[order.index(index)]
        passed = width(placed.run, word - starts[index])
        found.append(placed.x + (advance(placed.run) - passed if placed.run.rtl else passed))
    return found


def width(run: Run, count: int) -> float:
    """Return the width of a run's first characters."""
    return advance(replace(run, text=run.text[:count])) if count else 0.0


def their_edges(lang: str, written: str, edges: list[list[float]]) -> list[float]:
    found = levels(written, right_to_left(lang, written))
    odd = [found[word] % 2 for word in words(written)]
    return [edge[side] - LEFT for edge, side in zip(edges, odd, strict=True)]


def our_columns(lang: str, written: str) -> np.ndarray:
    """Return how much ink each column has, drawn as the browser draws it."""
    pixels, (dx, _) = text.draw(asked(lang, written), (WIDTH, ROW))
    done = np.zeros(WIDTH + 2 * LEFT)
    done[LEFT + dx : LEFT + dx + pixels.shape[1]] = pixels[..., 3].sum(axis=0)
    return done


def their_columns(ink: np.ndarray, lang: str, written: str) -> np.ndarray:
    top = CASES.index((lang, written)) * ROW
    return ink[top : top + ROW].sum(axis=0)


def alike(one: np.ndarray, other: np.ndarray) -> float:
    """Return the correlation of two pictures' ink by column, over three columns each."""
    return float(np.corrcoef(*(np.convolve(c, np.ones(3), "same") for c in (one, other)))[0, 1])


def test_font_has_every_letter_of_the_strings() -> None:
    face = fonts.faces(["FiraGO"])[0]
    lacking = {written: fonts.missing(written, [face]) for _, written in CASES}
    assert {} == {written: found for written, found in lacking.items() if found}
    assert 100 == len(set(CASES))


@pytest.mark.parametrize("lang", STRINGS)
def test_widths_are_chromiums(lang: str, chromium: Any) -> None:
    far = {}
    for (tag, written), seen in zip(CASES, chromium[0], strict=True):
        (row,) = text.layout(asked(tag, written), (4000, 400)).rows
        most = 0.015 if written in KERNED else 0.01 if written in DOTTED else 0.002
        if tag == lang and abs(row.width / seen["width"] - 1) > most:
            far[written] = (row.width, seen["width"])
    assert {} == far


@pytest.mark.parametrize("lang", STRINGS)
def test_words_stand_where_chromium_has_them(lang: str, chromium: Any) -> None:
    far = {}
    for (tag, written), seen in zip(CASES, chromium[0], strict=True):
        if tag == lang and "\u202c" not in written:
            ours, theirs = our_edges(tag, written), their_edges(tag, written, seen["edges"])
            most = max(abs(a - b) for a, b in zip(ours, theirs, strict=True))
            if most > (4 if written in KERNED else 1):
                far[written] = (ours, theirs)
    assert {} == far


@pytest.mark.parametrize("lang", STRINGS)
def test_ink_is_chromiums(lang: str, chromium: Any) -> None:
    likeness = {
        written: alike(our_columns(tag, written), their_columns(chromium[1], tag, written))
        for tag, written in CASES
        if tag == lang and written not in KERNED
    }
    assert {} == {written: found for written, found in likeness.items() if found < 0.96}


def test_likeness_sees_letters_that_do_not_join(chromium: Any) -> None:
    theirs = their_columns(chromium[1], "ar", "كيف تعمل الخلايا الشمسية؟")
    apart = "\u200c".join("كيف تعمل الخلايا الشمسية؟")
    assert alike(our_columns("ar", apart), theirs) < 0.7
