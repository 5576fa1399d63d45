"""Whole pictures held against golden ones; `REELSPEC_GOLDEN=update` draws them anew."""

import hashlib
import os
import tempfile
from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from renderer import text as texts
from renderer.paint import paint, rgb
from renderer.timeline import Canvas, Layer, Segment, Stack

GOLDEN = Path(__file__).parent.parent / "golden"
LATIN = Canvas(320, 180, Fraction(30), "en", False)
ARABIC = Canvas(320, 180, Fraction(30), "ar", True)
NIGHT = Layer("fill", {"fill": "#0b1d3aff"})
DUSK = Layer("fill", {"fill": {"gradient": ["#0b1d3aff", "#05070dff"], "angle": 90}})

pytestmark = pytest.mark.skipif(texts.machine_shaper() != "raqm", reason="drawn with Raqm")

MIXED = (
    "سعر الكيلوواط 0.05$ فقط",
    "في 2024 بلغت 24.5% (بحسب NREL)",
    "من GW 3-5 إلى 1,200 GW",
    "قال: «Solar is cheap» ثم مضى.",
    "الموقع https://iea.org/data هنا",
    "البريد a.b@c.org؛ الهاتف +962 6 555",
    "١٢٫٥٪ من ٣٤٬٠٠٠ في ٢٠٢٤/٣/١",
    "C++ و Python 3.11 معا!",
    "[مرحبا (Hello) بكم]",
    "English (عربي) English, عربي.",
    "שלום world 2024 עולם!",
    "a *مهم* b **جدا** `x = 1` ثم",
)


# Kashida and tatweel, joiners and non-joiners, digits, marks, signs beside numbers, brackets.
TELLING = {
    "telling-ar": (
        "مـــرحـــبـــا كـتـاب",
        "خصم ٥٠٪ و 50% و −3.5°",
        "$5 و ٥$ و 12 € و (₪ 9)",
        "[أ (ب {ج} «د»)] <هـ>",
        "كُتُبٌ مُفِيدَةٌ لِلْأَطْفَالِ",
        "ﷺ لا لأ لإ لآ الله",
    ),
    "telling-fa-ur": (
        "می‌خواهم کتاب‌هایم ه‍",
        "۲۵٪ از ۱۲٬۵۰۰ (۱۴۰۳)",
        "نسخهٔ Python 3.11 گچ پژ",
        "ٹماٹر، ڈبہ ۴۵۶ روپے",
        "اُردُو: “ٹھیک ہے” ۔",
        "یہ (Solar Panel) ہے",
    ),
    "telling-he": (
        "בְּרֵאשִׁית בָּרָא אֱלֹהִים",
        "50% הנחה (₪12.50)",
        "צה״ל 5-7 ק״מ, [א]",
        "a (ב) [ג] {d} «ה»",
        "א1ב2ג3 abc 1,000",
        "C++ ו־Python (3.11)",
    ),
}
SCRIPTS = (
    "नमस्ते क्षत्रिय ज्ञान श्री",
    "สวัสดี น้ำ ที่ ปู่ ผู้ใหญ่",
    "Ελληνικά ἀρχῇ ΐ Ω",
    "Кирилиця Їжак Љубав",
    "Tiếng Việt Ǻ Ẩ ģ",
    "العربية שלום αβγ",
)


def text(written: str, size: float, at: tuple[float, float], **more: object) -> Layer:
    keys = {key: more.pop(key) for key in ("anchor", "stack", "width") if key in more}
    asked = {"text": written, "size": size, "color": "#ffffffff", **more}
    return Layer("text", asked, position=at, **keys)


def title(head: str, under: str) -> tuple[Layer, ...]:
    middle = {"anchor": (0.5, 0.5), "align": "center"}
    rule = {"shape": "rect", "color": "#f5a623ff", "radius": 1.0, "thickness": 1.0}
    return (
        DUSK,
        text(head, 22, (160, 76), weight="bold", **middle),
        text(under, 11, (160, 0), anchor=(0.5, 0), align="center", stack=Stack("below", 1, 5)),
        Layer("shape", rule, (160, 0), (0.5, 0), 50, 2, stack=Stack("below", 2, 8)),
    )


def listed(lines: tuple[str, ...], right: bool) -> tuple[Layer, ...]:
    x, anchor = (306, (1, 0)) if right else (14, (0, 0))
    rows = [text(line, 14, (x, 6 + 28 * index), anchor=anchor) for index, line in enumerate(lines)]
    return NIGHT, *rows


def shapes() -> tuple[Layer, ...]:
    paint_ = {"gradient": ["#f5a623ff", "#d0021bff"], "angle": 0}
    asked = [
        ({"shape": "rect", "radius": 0.0}, (20, 20, 80, 40)),
        ({"shape": "rect", "radius": 12.0}, (120, 20, 80, 40)),
        ({"shape": "ellipse"}, (220, 20, 80, 40)),
        ({"shape": "line"}, (20, 90, 120, 5)),
        ({"shape": "arrow"}, (160, 80, 120, 24)),
        ({"shape": "arrow", "points": "up"}, (20, 110, 24, 60)),
        ({"shape": "arrow", "points": "start"}, (160, 130, 120, 24)),
    ]
    return NIGHT, *(
        Layer("shape", {"color": paint_, "thickness": 5.0, **one}, at[:2], (0, 0), at[2], at[3])
        for one, at in asked
    )


def fits(folder: Path) -> tuple[Layer, ...]:
    y, x = np.mgrid[0:60, 0:120]
    disc = ((x - 60) ** 2 + (y - 30) ** 2 < 24**2) * 255
    pixels = np.stack([x * 2, y * 4, disc, np.full_like(x, 255)], axis=2).astype(np.uint8)
    file = folder / "disc.png"
    Image.fromarray(pixels).save(file)
    told = {"file": str(file), "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
    asked = [{"fit": fit} for fit in ("cover", "contain", "fill", "none")]
    asked += [{"fit": "cover", "crop": [50, 0, 50, 100]}, {"fit": "cover", "radius": 20.0}]
    return NIGHT, *(
        Layer(
            "image",
            {"radius": 0.0, **told, **one},
            (10 + index % 3 * 105, 10 + index // 3 * 85),
            (0, 0),
            90,
            75,
        )
        for index, one in enumerate(asked)
    )


WORDS = (
    "Light frees electrons in silicon; a field drives them round the circuit, and that is current."
)
KALAM = "يحرر الضوء الإلكترونات في السيليكون، ويدفعها المجال الكهربائي في الدارة، وذلك هو التيار."
BOXED = {
    "background": {"color": "#000000b0", "padding": 6.0, "radius": 5.0},
    "stroke": {"color": "#d0021bff", "width": 1.0},
    "shadow": {"color": "#000000ff", "blur": 2.0, "offset": 2.0},
}

CASES = {
    "title-en": (LATIN, title("How do solar cells work?", "Energy that *never* runs out")),
    "title-ar": (ARABIC, title("كيف تعمل الخلايا الشمسية؟", "طاقة لا تنضب *أبدا*")),
    "mixed-1": (ARABIC, listed(MIXED[:6], True)),
    "mixed-2": (ARABIC, listed(MIXED[6:], True)),
    "mixed-in-english": (LATIN, listed(MIXED[6:], False)),
    "vowel-marks": (
        ARABIC,
        (
            NIGHT,
            text(
                "بِسْمِ اللَّهِ الرَّحْمٰنِ الرَّحِيمِ\nوَقُل رَّبِّ زِدْنِي عِلْمًا",
                26,
                (160, 90),
                anchor=(0.5, 0.5),
                align="center",
            ),
        ),
    ),
    "paragraph-en": (LATIN, (NIGHT, text(WORDS, 15, (14, 90), anchor=(0, 0.5), line_height=1.4))),
    "paragraph-ar": (ARABIC, (NIGHT, text(KALAM, 15, (306, 90), anchor=(1, 0.5)))),
    "boxed": (ARABIC, (NIGHT, text("مرحبا gjpqy ÅÉ", 30, (160, 90), anchor=(0.5, 0.5), **BOXED))),
    "shrunk": (
        LATIN,
        (
            NIGHT,
            text(
                "A title too long for the line it was given",
                40,
                (160, 90),
                anchor=(0.5, 0.5),
                align="center",
                max_lines=1,
            ),
        ),
    ),
    **{name: (ARABIC, listed(lines, True)) for name, lines in TELLING.items()},
    "scripts": (LATIN, listed(SCRIPTS, False)),
    "shapes": (LATIN, shapes()),
    "shapes-rtl": (ARABIC, shapes()),
}


def differences(found: np.ndarray, wanted: np.ndarray) -> tuple[float, float]:
    """Return the mean difference, and the greatest once both are blurred over three pixels."""
    soft = [cv2.blur(picture.astype(np.float32), (3, 3)) for picture in (found, wanted)]
    mean = np.abs(found.astype(int) - wanted.astype(int)).mean()
    return float(mean), float(np.abs(soft[0] - soft[1]).max())


def held(name: str, canvas: Canvas, layers: tuple[Layer, ...]) -> None:
    alike(name, rgb(paint(Segment(name, canvas, layers, 0, 1, True), 0)))


def alike(name: str, found: np.ndarray) -> None:
    """Hold a picture against its golden one; what differs is left in a folder that is named."""
    file = GOLDEN / f"{name}.png"
    if os.environ.get("REELSPEC_GOLDEN") == "update":
        Image.fromarray(found).save(file, optimize=True)
    with Image.open(file) as golden:
        wanted = np.asarray(golden.convert("RGB"))
    mean, most = differences(found, wanted)
    if mean >= 1.5 or most >= 48:
        folder = told_apart(name, found, wanted)
        pytest.fail(f"{name}: mean {mean:.2f}, most {most:.1f}; see {folder}")


def told_apart(name: str, found: np.ndarray, wanted: np.ndarray) -> Path:
    """Write what was found, what was wanted and four times their difference; return the folder."""
    folder = Path(tempfile.mkdtemp(prefix=f"golden-{name}-"))
    apart = np.abs(found.astype(int) - wanted.astype(int)) * 4
    shown = {"found": found, "wanted": wanted, "difference": np.clip(apart, 0, 255)}
    for word, picture in shown.items():
        Image.fromarray(picture.astype(np.uint8)).save(folder / f"{word}.png")
    return folder


@pytest.mark.parametrize("name", CASES)
def test_picture_is_as_its_golden(name):
    held(name, *CASES[name])


def test_fits_are_as_their_golden(tmp_path):
    held("fits", LATIN, fits(tmp_path))


def test_tolerance_sees_a_word_that_moved():
    moved = (
        NIGHT,
        *(
            Layer(one.kind, one.params, (one.position[0] + 2, one.position[1]), one.anchor)
            for one in listed(MIXED[:6], True)[1:]
        ),
    )
    first, second = (
        rgb(paint(Segment("s", ARABIC, layers, 0, 1, True), 0))
        for layers in (listed(MIXED[:6], True), moved)
    )
    assert differences(first, second)[1] > 48
