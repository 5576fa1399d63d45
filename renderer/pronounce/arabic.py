"""Arabic: after a number a noun stands in the singular, the dual, the plural or the accusative."""

from __future__ import annotations

from renderer.pronounce.table import Forms, Table


def _regular(one: str, per: str = "") -> Forms:
    """Return the forms of a borrowed noun: its dual in -ān, its plural in -āt."""
    return tuple(f"{form}{per}" for form in (one, f"{one}ان", f"{one}ات", f"{one}ا"))


_PER_HOUR = " في الساعة"
_PREFIXES = {"": "", "k": "كيلو", "M": "ميغا", "G": "غيغا", "T": "تيرا"}
_METERS = {"mm": "مليمتر", "cm": "سنتيمتر", "m": "متر", "km": "كيلومتر"}
_ARABIC = {"ملم": "مليمتر", "سم": "سنتيمتر", "متر": "متر", "كم": "كيلومتر"}
_POWERS = {"²": ("مربع", "مربعة"), "³": ("مكعب", "مكعبة")}


_METER = ("متر", "متران", "أمتار", "مترا")


def _powers(sign: str, one: str) -> dict[str, Forms]:
    """Return square and cubic metres, whose adjective follows the number of the noun."""
    nouns = _METER if one == "متر" else _regular(one)
    return {
        sign + power: (
            f"{nouns[0]} {he}",
            f"{nouns[1]} {he}ان",
            f"{nouns[2]} {she}",
            f"{nouns[3]} {he}ا",
        )
        for power, (he, she) in _POWERS.items()
    }


_DEGREE = ("درجة", "درجتان", "درجات", "درجة")
_PERCENT = ("بالمئة",) * 4

TABLE = Table(
    units={
        **{f"{sign}W": _regular(f"{name}واط") for sign, name in _PREFIXES.items()},
        **{f"{sign}Wh": _regular(f"{name}واط", " ساعة") for sign, name in _PREFIXES.items()},
        **{f"{sign}Hz": _regular(f"{name}هرتز") for sign, name in _PREFIXES.items()},
        **{sign: _regular(name) for sign, name in (*_METERS.items(), *_ARABIC.items())},
        **dict.fromkeys(("m", "متر"), _METER),
        **{
            key: forms
            for sign, name in (*_METERS.items(), *_ARABIC.items(), ("م", "متر"))
            for key, forms in _powers(sign, name).items()
        },
        **{sign: _regular("كيلومتر", _PER_HOUR) for sign in ("km/h", "كم/س", "كم/ساعة")},
        **{sign: tuple(f"{one} في الثانية" for one in _METER) for sign in ("m/s", "م/ث")},
        **{
            sign: tuple(f"{one} في الثانية" for one in _regular("كيلومتر"))
            for sign in ("km/s", "كم/ث")
        },
        **{sign: tuple(f"{one} في الثانية تربيع" for one in _METER) for sign in ("m/s²", "م/ث²")},
        **{sign: _regular("كيلوغرام") for sign in ("kg", "كغ", "كجم", "كغم")},
        **{sign: _regular("غرام") for sign in ("g", "جم")},
        **dict.fromkeys(("t", "طن"), ("طن", "طنان", "أطنان", "طنا")),
        **dict.fromkeys(("l", "L", "لتر"), ("لتر", "لتران", "لترات", "لترا")),
        "kB": _regular("كيلوبايت"),
        "MB": _regular("ميغابايت"),
        "GB": _regular("غيغابايت"),
        "TB": _regular("تيرابايت"),
        **dict.fromkeys(("%", "٪"), _PERCENT),
        **{sign: tuple(f"{one} مئوية" for one in _DEGREE) for sign in ("°C", "°م", "°س")},
        "°F": tuple(f"{one} فهرنهايت" for one in _DEGREE),
        "°": _DEGREE,
    },
    currencies={
        "$": ("دولار", "دولاران", "دولارات", "دولارا"),
        "€": ("يورو", "يورو", "يورو", "يورو"),
        "£": ("جنيه", "جنيهان", "جنيهات", "جنيها"),
        "ر.س": ("ريال", "ريالان", "ريالات", "ريالا"),
        "د.إ": ("درهم", "درهمان", "دراهم", "درهما"),
        "ج.م": ("جنيه", "جنيهان", "جنيهات", "جنيها"),
    },
    months=(
        *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو"),
        *("أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
    ),
    date="{day} {month} {year}",
    to="إلى",
    between=("و?بين", "و"),
    ratio="إلى",
    per="لكل",
    minus="سالب",
    power="أس",
    number="رقم",
    number_signs="#|№",
    powers={"2": "تربيع", "3": "تكعيب"},
    cents=" و",
    scales=("ألف", "مليون", "مليار", "تريليون"),
    words={"CO2": "ثاني أكسيد الكربون", "CO₂": "ثاني أكسيد الكربون"},
    arabic=True,
)
