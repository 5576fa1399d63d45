"""English."""

from __future__ import annotations

from renderer.pronounce.table import Forms, Table


def _counted(names: dict[str, str]) -> dict[str, Forms]:
    return {sign: (name, f"{name}s") for sign, name in names.items()}


_POWERS = {"W": "watt", "kW": "kilowatt", "MW": "megawatt", "GW": "gigawatt", "TW": "terawatt"}
_RATES = {"Hz": "hertz", "kHz": "kilohertz", "MHz": "megahertz", "GHz": "gigahertz"}
_LENGTHS = {"mm": "millimeter", "cm": "centimeter", "m": "meter", "km": "kilometer"}
_BITS = {"kbit/s": "kilobits", "Mbit/s": "megabits", "Gbit/s": "gigabits"}

TABLE = Table(
    units={
        **_counted(_POWERS),
        **{f"{sign}h": (f"{name} hour", f"{name} hours") for sign, name in _POWERS.items()},
        **_counted(_LENGTHS),
        **{
            f"{sign}{power}": (f"{word} {name}", f"{word} {name}s")
            for sign, name in _LENGTHS.items()
            for power, word in (("²", "square"), ("³", "cubic"), ("2", "square"), ("3", "cubic"))
        },
        **_counted({"mg": "milligram", "g": "gram", "kg": "kilogram", "t": "ton", "lb": "pound"}),
        **_counted({"ml": "milliliter", "l": "liter", "L": "liter", "ha": "hectare"}),
        **{sign: (name, name) for sign, name in _RATES.items()},
        **_counted({"V": "volt", "kV": "kilovolt", "J": "joule", "kJ": "kilojoule"}),
        **_counted({"kB": "kilobyte", "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte"}),
        **_counted({"ms": "millisecond", "s": "second", "min": "minute", "h": "hour"}),
        "km/h": ("kilometer per hour", "kilometers per hour"),
        "m/s": ("meter per second", "meters per second"),
        "m/s²": ("meter per second squared", "meters per second squared"),
        **{sign: (f"{name} per second",) * 2 for sign, name in _BITS.items()},
        "fps": ("frame per second", "frames per second"),
        "mph": ("mile per hour", "miles per hour"),
        "ft": ("foot", "feet"),
        "%": ("percent", "percent"),
        "‰": ("per mille", "per mille"),
        "°C": ("degree Celsius", "degrees Celsius"),
        "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
        "°": ("degree", "degrees"),
    },
    currencies={
        "$": ("dollar", "dollars"),
        "€": ("euro", "euros"),
        "£": ("pound", "pounds"),
        "¥": ("yen", "yen"),
        "₹": ("rupee", "rupees"),
    },
    months=(
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    date="{month} {day}, {year}",
    to="to",
    between=("between", "and"),
    ratio="to",
    per="per",
    minus="minus",
    power="to the power of",
    number="number",
    number_signs=r"#|[Nn]o\.",
    powers={"2": "squared", "3": "cubed"},
    short_scales={
        "k": "thousand",
        "K": "thousand",
        "m": "million",
        "M": "million",
        "bn": "billion",
        "B": "billion",
        "tn": "trillion",
        "T": "trillion",
    },
    scales=("thousand", "million", "billion", "trillion"),
    words={"CO2": "C O 2", "CO₂": "C O 2", "H2O": "H 2 O", "H₂O": "H 2 O"},
)
