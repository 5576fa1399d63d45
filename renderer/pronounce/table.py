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
    signs in numbers as the voices of the language read them; `scales` are words that may
    stand between a number and its currency. `to` joins the ends of a range; `arabic`
    says that nouns have four forms.
    """

    units: Mapping[str, Forms]
    currencies: Mapping[str, Forms]
    months: tuple[str, ...]
    date: str
    to: str
    decimal: str = "."
    group: str = ","
    scales: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)
    arabic: bool = False
