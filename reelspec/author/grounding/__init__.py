"""Does a narration say only what its sources say? Numbers, dates, names, and what they are said of.

The check compares words, not meanings: it finds what no sentence of a source supports, and may
doubt a free paraphrase. Where narration and sources are written in different scripts, it compares
numbers and dates alone.
"""

from reelspec.author.grounding.analysis import families, is_month, script_of
from reelspec.author.grounding.checking import check

__all__ = ["check", "families", "is_month", "script_of"]
