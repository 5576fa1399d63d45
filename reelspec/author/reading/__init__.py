"""Foreign documents → plain prose in simple Markdown, one block a line, with title and date.

Text and Markdown are read here; HTML and PDF in a child with limits, because their parsers are
foreign code that reads foreign bytes.
"""

from reelspec.author.reading.documents import TYPES, Document, Reading, read, type_of
from reelspec.author.reading.language import guess
from reelspec.author.reading.markdown import prose
from reelspec.author.reading.tables import rows_of

__all__ = ["TYPES", "Document", "Reading", "guess", "prose", "read", "rows_of", "type_of"]
