"""Documents of several types → prose in simple Markdown."""

import io
import time
from pathlib import Path

import pytest

from reelspec.author.grounding import check
from reelspec.author.notes import Source
from reelspec.author.noting import notes
from reelspec.author.reading import Document, Reading, guess, read, type_of
from renderer.child import Ended, run_module
from renderer.errors import Problem

DOCUMENTS = Path(__file__).parent / "documents"


def read_text(text: str, kind: str = "text/markdown") -> Reading:
    found = read([Document("a.md", text.encode(), kind)])[0]
    assert isinstance(found, Reading), found
    return found


def code(found: Reading | Problem) -> str:
    return found.code if isinstance(found, Problem) else ""


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("One line\nand another.", "One line and another."),
        ("光变成\n电。", "光变成电。"),
        ("# A #\ntext", "# A\n\ntext"),
        ("A\n===\nB\n---\nc", "# A\n\n## B\n\nc"),
        ("- a\n- b\n  goes on\n\ntext", "- a\n- b goes on\n\ntext"),
        ("1. a\n2) b", "1. a\n2. b"),
        ("> said\n> so", "> said so"),
        ("```py\nx = '*a*'\n```\nend", "```py\nx = '*a*'\n```\n\nend"),
        ("a **b** *c* `d` [e](http://f) ![g](h)i", "a b c d e i"),
        ("| a | b |\n|---|---|\n\ntext", "text"),
        ("text[^1] and[2] <b>so</b><!-- no\n -->", "text and so"),
        ("2 * 3 * 4 = 24, snake_case_name", "2 * 3 * 4 = 24, snake_case_name"),
        ("a\u202eb\u2066c\x07d\u200ce", "abcd\u200ce"),
        ("---\ntitle: T\n---\nx", "x"),
    ],
)
def test_a_block_becomes_a_line_and_loses_its_marks(written: str, expected: str) -> None:
    assert expected == read_text(written).text


@pytest.mark.parametrize(
    ("written", "title", "day"),
    [
        ("---\ntitle: 'The T'\ndate: 2024-05-06\n---\n# Other", "The T", "2024-05-06"),
        ("# Heading\n\ntext.", "Heading", ""),
        ("A title\n\nA sentence.", "A title", ""),
        ("A sentence.\n\n## Later\n\nMore.", "Later", ""),
        ("كيف؟\n\nنص طويل.", "كيف؟", ""),
    ],
)
def test_a_title_and_a_day_are_found(written: str, title: str, day: str) -> None:
    found = read_text(written)

    assert (title, day) == (found.title, found.published)


@pytest.mark.parametrize(
    ("data", "kind", "expected"),
    [
        (b"\xff\xfe\x00", "text/plain", "not-utf8"),
        (b"a\x00b", "text/plain", "not-text"),
        (b" \n--\n", "text/plain", "no-text"),
        (b"a" * 1_000_001, "text/plain", "too-large"),
        (b"", "text/html", "unreadable"),
        (b"<html><p>" + b"<div>" * 100_000, "text/html", "unreadable"),
        (b"%PDF-1.4\nnonsense", "application/pdf", "unreadable"),
    ],
    ids=["binary", "nul", "empty", "long", "empty-html", "deep-html", "false-pdf"],
)
def test_what_cannot_be_read_is_a_problem(data: bytes, kind: str, expected: str) -> None:
    assert expected == code(read([Document("x", data, kind)])[0])


def test_the_article_of_a_page_is_read_without_what_is_around_it() -> None:
    pages = [DOCUMENTS / "en" / "coffee.html", DOCUMENTS / "ar" / "bees.html"]
    found = read([Document(page.name, page.read_bytes(), type_of(page.name)) for page in pages])

    english, arabic = found
    assert isinstance(english, Reading) and isinstance(arabic, Reading)
    about = ("Coffee, from the cherry to the cup", "2024-03-18", "en")
    assert about == (english.title, english.published, english.lang)
    assert ("حياة خلية النحل", "2023-05-20", "ar") == (arabic.title, arabic.published, arabic.lang)
    assert "pressure of 9 bar." in english.text and "## Two species\n" in english.text
    assert not any(word in english.text for word in ("Cookie", "Sign in", "<"))


def pdf(lines: list[str]) -> bytes:
    """Return a PDF of one page with these lines, and a title and a day."""
    shown = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 700 Td {shown}ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Title (Bees) /CreationDate (D:20240203040506Z) >>",
    ]
    out, places = io.BytesIO(b"%PDF-1.4\n"), []
    out.seek(0, io.SEEK_END)
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{content}\nendobj\n".encode())
    begin = out.tell()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(f"xref\n0 7\n0000000000 65535 f \n{table}".encode())
    out.write(f"trailer << /Size 7 /Root 1 0 R /Info 6 0 R >>\nstartxref\n{begin}\n%%EOF".encode())
    return out.getvalue()


def test_the_text_of_a_pdf_is_read_with_its_lines_joined() -> None:
    data = pdf(["A worker needs 21 days and a queen", "only 16; their nur-", "sery is warm."])

    found = read([Document("bees.pdf", data, "application/pdf")])[0]

    text = "A worker needs 21 days and a queen only 16; their nursery is warm."
    assert Reading(text, "Bees", "2024-02-03", "en") == found


def test_one_document_that_breaks_the_child_spoils_no_other() -> None:
    good = (DOCUMENTS / "zh" / "bees.html").read_bytes()
    bad = b"%PDF-1.4\nnonsense"
    documents = [
        Document("a.html", good, "text/html"),
        Document("b.pdf", bad, "application/pdf"),
        Document("c.html", good, "text/html"),
    ]

    first, broken, last = read(documents)

    assert ("unreadable", True) == (code(broken), first == last)
    assert isinstance(first, Reading) and "蜜蜂的一生" == first.title


def test_a_child_that_dies_costs_the_document_it_died_at(monkeypatch: pytest.MonkeyPatch) -> None:
    page = (DOCUMENTS / "zh" / "bees.html").read_bytes()
    named = [Document(name, page, "text/html") for name in ("a", "b", "c")]
    runs: list[int] = []

    def dying(module: str, arguments: list[str], *, folder: Path, seconds: float) -> Ended:
        """Run the real child; of the first one only the first reply is left."""
        ended = run_module(module, arguments, folder=folder, seconds=seconds)
        runs.append(len(list(folder.glob("*.out"))))
        for reply in [folder / "1.out", folder / "2.out"] if len(runs) == 1 else []:
            reply.unlink()
        return Ended(-9, "") if len(runs) == 1 else ended

    monkeypatch.setattr("reelspec.author.reading.documents.run_module", dying)
    first, lost, last = read(named)

    assert ([3, 1], first) == (runs, last)
    assert "'b' cannot be read: it was ended by signal 9 (SIGKILL)" == getattr(lost, "message", "")


@pytest.mark.parametrize(
    "piece",
    [
        *("# ", " ", "-|", "|", "[", "[](", "](", "**a", "<b", "`", "- ", "> ", "!", "!a ", ".\"'"),
        *("<!--", "\n", "a", "1. ", "1.1", "١", "。", "A. ", "=", "```\n", "_a_ ", "![", "[^"),
    ],
)
def test_no_text_takes_long_to_read_and_to_check(piece: str) -> None:
    text = (piece * 100_000)[:100_000] + "x end."
    begin = time.process_time()
    found = read([Document("x", text.encode(), "text/markdown")])[0]
    if isinstance(found, Reading):
        source = Source("x", "X", found.text, lang="en")
        assert notes("end", [source]) is not None
        check("The end came in 1999.", [source])

    assert time.process_time() - begin < 20


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("تعيش النحلة في الخلية مع أخواتها", "ar"),
        ("سلام، این یک متن فارسی است که می‌خوانید", "fa"),
        ("太阳能电池把光变成电", "zh"),
        ("太陽電池は光を電気に変える", "ja"),
        ("Una célula solar convierte la luz en electricidad", "es"),
        ("A solar cell turns light into electricity", "en"),
        ("42", ""),
    ],
)
def test_a_language_is_known_by_its_writing(text: str, lang: str) -> None:
    assert lang == guess(text)
