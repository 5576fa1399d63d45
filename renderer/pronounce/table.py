"""What a language needs for its numbers to be read: units, months, currencies, small words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Forms = tuple[str, ...]
"""The forms of a noun after a number: (one, more); Arabic (one, two, three to ten, eleven on)."""


@dataclass(frozen=True, slots=True)
class Table:
    """How one language says what is written in signs.

    `units` are written after a number, `currencies` before or after one; `words` are abbreviations
    that stand alone. `date` puts together `day`, `month` and `year`. `decimal` and `group` are the
    signs in numbers as the voices of the language read them; `scales` are words that may stand
    between a number and its currency, `short_scales` letters that follow it at once. `to` joins the
    ends of a range, after the first word of `between` its second; `ratio` what stands around a
    colon, `per` two units, `cents` whole money and the rest. `minus`, `power` and what is in
    `powers` are said for signs, `number` for `number_signs`, a pattern. `arabic` says that nouns
    have four forms.
    """

    units: Mapping[str, Forms]
    currencies: Mapping[str, Forms]
    months: tuple[str, ...]
    date: str
    to: str
    between: tuple[str, str]
    ratio: str
    per: str
    minus: str
    power: str
    number: str
    number_signs: str
    decimal: str = "."
    group: str = ","
    scales: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    short_scales: Mapping[str, str] = field(default_factory=dict)
    powers: Mapping[str, str] = field(default_factory=dict)
    cents: str = " "
    arabic: bool = False
