"""German, French and Spanish."""

from __future__ import annotations

from renderer.pronounce.table import Forms, Table


def _same(names: dict[str, str]) -> dict[str, Forms]:
    return {sign: (name, name) for sign, name in names.items()}


def _plural(names: dict[str, str]) -> dict[str, Forms]:
    return {sign: (name, f"{name}s") for sign, name in names.items()}


GERMAN = Table(
    units={
        **_same({"W": "Watt", "kW": "Kilowatt", "MW": "Megawatt", "GW": "Gigawatt"}),
        **_same({"TW": "Terawatt", "kWh": "Kilowattstunden", "MWh": "Megawattstunden"}),
        **_same({"GWh": "Gigawattstunden", "TWh": "Terawattstunden"}),
        **_same({"mm": "Millimeter", "cm": "Zentimeter", "m": "Meter", "km": "Kilometer"}),
        **_same({"m²": "Quadratmeter", "km²": "Quadratkilometer", "m³": "Kubikmeter"}),
        **_same({"g": "Gramm", "kg": "Kilogramm", "l": "Liter", "ml": "Milliliter"}),
        **_same(
            {
                "km/h": "Kilometer pro Stunde",
                "m/s": "Meter pro Sekunde",
                "m/s²": "Meter pro Quadratsekunde",
                "ha": "Hektar",
            }
        ),
        **_same({"Hz": "Hertz", "kHz": "Kilohertz", "MHz": "Megahertz", "GHz": "Gigahertz"}),
        **_same({"MB": "Megabyte", "GB": "Gigabyte", "TB": "Terabyte", "V": "Volt"}),
        **_same({"%": "Prozent", "‰": "Promille", "°C": "Grad Celsius", "°": "Grad"}),
        "t": ("Tonne", "Tonnen"),
        "h": ("Stunde", "Stunden"),
        "min": ("Minute", "Minuten"),
        "s": ("Sekunde", "Sekunden"),
    },
    currencies=_same({"€": "Euro", "$": "Dollar", "£": "Pfund"}),
    months=(
        *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
        *("August", "September", "Oktober", "November", "Dezember"),
    ),
    date="{day} {month} {year}",
    to="bis",
    between=("zwischen", "und"),
    ratio="zu",
    per="pro",
    minus="minus",
    power="hoch",
    number="Nummer",
    number_signs=r"#|Nr\.",
    powers={"2": "Quadrat"},
    decimal=",",
    group=".",
    scales=("Tausend", "Millionen", "Million", "Milliarden", "Milliarde", "Mio.", "Mrd."),
    words={"CO2": "C O 2", "CO₂": "C O 2", "z. B.": "zum Beispiel", "z.B.": "zum Beispiel"},
)

FRENCH = Table(
    units={
        **_plural({"W": "watt", "kW": "kilowatt", "MW": "mégawatt", "GW": "gigawatt"}),
        **_plural({"TW": "térawatt", "mm": "millimètre", "cm": "centimètre", "m": "mètre"}),
        **_plural({"km": "kilomètre", "g": "gramme", "kg": "kilogramme", "t": "tonne"}),
        **_plural({"l": "litre", "L": "litre", "ml": "millilitre", "ha": "hectare", "V": "volt"}),
        **_plural({"h": "heure", "min": "minute", "s": "seconde"}),
        **_plural({"Mo": "mégaoctet", "Go": "gigaoctet", "To": "téraoctet"}),
        **_same({"Hz": "hertz", "kHz": "kilohertz", "MHz": "mégahertz", "GHz": "gigahertz"}),
        **_same({"%": "pour cent", "‰": "pour mille"}),
        "kWh": ("kilowattheure", "kilowattheures"),
        "MWh": ("mégawattheure", "mégawattheures"),
        "GWh": ("gigawattheure", "gigawattheures"),
        "TWh": ("térawattheure", "térawattheures"),
        "m²": ("mètre carré", "mètres carrés"),
        "km²": ("kilomètre carré", "kilomètres carrés"),
        "m³": ("mètre cube", "mètres cubes"),
        "km/h": ("kilomètre par heure", "kilomètres par heure"),
        "m/s": ("mètre par seconde", "mètres par seconde"),
        "m/s²": ("mètre par seconde carrée", "mètres par seconde carrée"),
        "°C": ("degré Celsius", "degrés Celsius"),
        "°": ("degré", "degrés"),
    },
    currencies=_plural({"€": "euro", "$": "dollar", "£": "livre"}),
    months=(
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
        *("août", "septembre", "octobre", "novembre", "décembre"),
    ),
    date="{day} {month} {year}",
    to="à",
    between=("entre", "et"),
    ratio="pour",
    per="par",
    minus="moins",
    power="puissance",
    number="numéro",
    number_signs="#|[Nn][°º]",
    powers={"2": "au carré", "3": "au cube"},
    decimal=",",
    group=" ",
    scales=("mille", "million", "millions", "milliard", "milliards"),
    words={"CO2": "C O 2", "CO₂": "C O 2"},
)

SPANISH = Table(
    units={
        **_plural({"W": "vatio", "kW": "kilovatio", "MW": "megavatio", "GW": "gigavatio"}),
        **_plural({"TW": "teravatio", "mm": "milímetro", "cm": "centímetro", "m": "metro"}),
        **_plural({"km": "kilómetro", "g": "gramo", "kg": "kilogramo", "t": "tonelada"}),
        **_plural({"l": "litro", "L": "litro", "ml": "mililitro", "ha": "hectárea", "V": "voltio"}),
        **_plural({"h": "hora", "min": "minuto", "s": "segundo"}),
        **_plural({"MB": "megabyte", "GB": "gigabyte", "TB": "terabyte"}),
        **_same(
            {"Hz": "hercios", "kHz": "kilohercios", "MHz": "megahercios", "GHz": "gigahercios"}
        ),
        **_same({"%": "por ciento", "‰": "por mil"}),
        "kWh": ("kilovatio hora", "kilovatios hora"),
        "MWh": ("megavatio hora", "megavatios hora"),
        "GWh": ("gigavatio hora", "gigavatios hora"),
        "TWh": ("teravatio hora", "teravatios hora"),
        "m²": ("metro cuadrado", "metros cuadrados"),
        "km²": ("kilómetro cuadrado", "kilómetros cuadrados"),
        "m³": ("metro cúbico", "metros cúbicos"),
        "km/h": ("kilómetro por hora", "kilómetros por hora"),
        "m/s": ("metro por segundo", "metros por segundo"),
        "m/s²": ("metro por segundo al cuadrado", "metros por segundo al cuadrado"),
        "°C": ("grado Celsius", "grados Celsius"),
        "°": ("grado", "grados"),
    },
    currencies={"€": ("euro", "euros"), "$": ("dólar", "dólares"), "£": ("libra", "libras")},
    months=(
        *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio"),
        *("agosto", "septiembre", "octubre", "noviembre", "diciembre"),
    ),
    date="{day} de {month} de {year}",
    to="a",
    between=("entre", "y"),
    ratio="a",
    per="por",
    minus="menos",
    power="elevado a",
    number="número",
    number_signs=r"#|[Nn]\.?[°º]",
    powers={"2": "al cuadrado", "3": "al cubo"},
    decimal=",",
    group=".",
    scales=("mil", "millón", "millones"),
    words={"CO2": "C O 2", "CO₂": "C O 2"},
)
