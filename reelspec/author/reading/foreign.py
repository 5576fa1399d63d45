"""The program that reads HTML and PDF, run as a child: `… FOLDER SECONDS`.

`asked.json` in the folder lists the documents, `N.in` holds the bytes of one, and what was found
goes to `N.out`: text, title, day and language, or `error`.
"""

from __future__ import annotations

import codecs
import io
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from renderer.child import limit_self

_MEMORY, _FILE_SIZE = 2 << 30, 64 << 20
_PAGES = 1000
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_PDF_DAY = re.compile(r"D:(\d{4})(\d\d)(\d\d)")

Found = dict[str, str]


class Unreadable(Exception):
    """A document that cannot be read; the text says why."""


def main(arguments: list[str]) -> int:
    """Read the documents in a folder, each in its turn; return 0."""
    folder = Path(arguments[0])
    limit_self(seconds=float(arguments[1]), memory=_MEMORY, file_size=_FILE_SIZE)
    for asked in json.loads((folder / "asked.json").read_text(encoding="utf-8")):
        reply = folder / f"{asked['number']}.out"
        half = reply.with_suffix(".half")
        half.write_text(json.dumps(_answer(asked, folder)), encoding="utf-8")
        half.replace(reply)
    return 0


def _answer(asked: dict[str, Any], folder: Path) -> Found:
    data = (folder / f"{asked['number']}.in").read_bytes()
    try:
        return _READERS[asked["type"]](data, asked["charset"])
    except Unreadable as error:
        return {"error": str(error)}
    except Exception as error:  # a parser of foreign bytes may raise anything
        return {"error": f"{type(error).__name__}: {error}"[:300]}


def _html(data: bytes, charset: str) -> Found:
    """Return the article of a page, without what stands around it on every page."""
    import trafilatura

    page: str | bytes = data.decode(charset, "replace") if _known(charset) else data
    text = trafilatura.extract(page, output_format="markdown", include_comments=False)
    about = trafilatura.extract_metadata(page)
    if not text:
        raise Unreadable("there is no article in it")
    day = str(getattr(about, "date", None) or "")
    title = str(getattr(about, "title", None) or "")
    lang = re.search(rb"<html[^>]{0,500}?\blang=[\"']?([A-Za-z-]{2,20})", data[:5000])
    licence = " ".join(str(getattr(about, "license", None) or "").split())[:80]
    found = _found(text, title, day, lang[1].decode() if lang else "")
    return {**found, "licence": licence}


def _known(charset: str) -> bool:
    try:
        codecs.lookup(charset)
    except LookupError:
        return False
    return True


def _pdf(data: bytes, charset: str) -> Found:
    """Return the text of a PDF's pages, lines joined to paragraphs."""
    from pypdf import PdfReader

    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted:
        raise Unreadable("it is encrypted")
    if len(reader.pages) > _PAGES:
        raise Unreadable(f"it has {len(reader.pages):,} pages; at most {_PAGES:,} are read")
    text = "\n\n".join(page.extract_text() for page in reader.pages)
    about = reader.metadata
    written = str(about.get("/CreationDate", "")) if about else ""
    day = _PDF_DAY.match(written)
    title = str(about.title or "") if about else ""
    return _found(_unhyphenated(text), title, "-".join(day.groups()) if day else "", "")


def _unhyphenated(text: str) -> str:
    """Return a text whose words are not cut at the ends of lines any more."""
    return re.sub(r"(?<=[^\W\d_])[-\u00ad]\n(?=[a-zà-ÿ])", "", text)


def _found(text: str, title: str, day: str, lang: str) -> Found:
    published = day if _DAY.fullmatch(day) else ""
    clean = {"title": " ".join(title.split()), "published": published, "lang": lang}
    return {"text": text, "licence": "", **clean}


_READERS: dict[str, Callable[[bytes, str], Found]] = {
    "text/html": _html,
    "application/xhtml+xml": _html,
    "application/pdf": _pdf,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
