"""Articles of Wikipedia in the language of the film, each as the revision that was read.

The API is MediaWiki's action API (https://www.mediawiki.org/wiki/API:Main_page): a search, then
the plain text of each article. Asked one at a time and with `maxlag`, as its operators wish.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from reelspec.author.desk import Desk, Found
from reelspec.author.net import Page
from reelspec.author.notes import Source
from reelspec.author.reading import prose
from renderer.errors import Problem

PARAMS = {
    "articles": {
        "title": "Articles",
        "description": "How many articles are read.",
        "type": "integer",
        "minimum": 1,
        "maximum": 10,
        "default": 2,
    },
    "titles": {
        "title": "Titles",
        "description": "Articles by title; without any, a search for the topic names them.",
        "type": "array",
        "items": {"type": "string"},
        "default": [],
        "examples": [["Solar cell"]],
    },
    "site": {
        "title": "Site",
        "description": "The wiki; `{lang}` stands for the film's language.",
        "type": "string",
        "default": "https://{lang}.wikipedia.org",
        "examples": ["https://simple.wikipedia.org"],
    },
    "licence": {
        "title": "Licence",
        "description": "The licence of the wiki's texts.",
        "type": "string",
        "default": "CC BY-SA 4.0",
    },
}

EXAMPLE = {"articles": 1}

_ALWAYS = {"action": "query", "format": "json", "formatversion": "2", "maxlag": "5"}
_ARTICLE = {
    "prop": "extracts|info|pageprops|revisions",
    "explaintext": "1",
    "exsectionformat": "wiki",
    "inprop": "url",
    "ppprop": "disambiguation",
    "rvprop": "ids|timestamp",
    "redirects": "1",
    "converttitles": "1",
}
_HEADING = re.compile(r"^(={2,6}) *(\S.{0,200}?) *\1 *$", re.MULTILINE)
_APPENDIX = {
    *("references", "notes", "see also", "external links", "further reading", "bibliography"),
    *("sources", "citations", "مراجع", "المراجع", "المصادر", "مصادر", "انظر أيضا", "انظر أيضًا"),
    *("وصلات خارجية", "هوامش", "ملاحظات", "referencias", "véase también", "enlaces externos"),
    *("bibliografía", "notas", "参考文献", "参考资料", "参见", "參見", "參考文獻", "參考資料"),
    *("外部链接", "外部連結", "注释", "註釋", "références", "voir aussi", "liens externes"),
    *("notes et références", "einzelnachweise", "weblinks", "siehe auch", "literatur"),
}
"""Headings after which an article only lists where more is to be found."""

_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class _Wiki:
    """One wiki, and how it is asked."""

    site: str
    licence: str
    lang: str
    desk: Desk

    def ask(self, **asked: str) -> dict[str, Any] | Problem:
        """Return the answer to a question, with the day on which it was `seen`, or a problem.

        While the wiki's copies lag behind it is waited for.
        """
        for _ in range(_ATTEMPTS):
            answer = self.desk.ask(f"{self.site}/w/api.php?{urlencode(_ALWAYS | asked)}")
            if isinstance(answer, Problem):
                return answer
            said = self._said(answer)
            if not (isinstance(said, Problem) and said.code == "busy"):
                return said
            self.desk.pages.fetcher.wait(min(answer.retry_after or 5.0, 30.0))
        return said

    def _said(self, answer: Page) -> dict[str, Any] | Problem:
        try:
            said = json.loads(answer.data)
        except (ValueError, RecursionError):
            said = None
        if not isinstance(said, dict):
            return Problem("bad-answer", f"{self.site} gives no answer that can be read")
        error = said.get("error")
        if isinstance(error, dict):
            code = "busy" if error.get("code") == "maxlag" else "refused"
            return Problem(code, f"{self.site} refuses: {str(error.get('info'))[:200]}")
        query = said.get("query")
        return {**(query if isinstance(query, dict) else {}), "seen": answer.seen}


def find(topic: str, params: Mapping[str, Any], desk: Desk) -> Found:
    """Return articles as sources: those named, else those that a search finds first."""
    lang = desk.lang.split("-")[0].lower()
    site = params["site"].replace("{lang}", lang).rstrip("/")
    wiki = _Wiki(site, params["licence"], lang, desk)
    if params["titles"]:
        return _articles(wiki, params["titles"], len(params["titles"]), named=True)
    wanted = params["articles"]
    said = wiki.ask(list="search", srsearch=topic, srlimit=str(2 * wanted + 3), srprop="")
    if isinstance(said, Problem):
        return Found(problems=(said,))
    titles = [str(hit["title"]) for hit in _maps(said.get("search")) if "title" in hit]
    if not titles:
        says = f"{site} has nothing about '{topic}'"
        return Found(problems=(Problem("nothing-found", says, level="warning"),))
    return _articles(wiki, titles, wanted, named=False)


def _articles(wiki: _Wiki, titles: list[str], wanted: int, *, named: bool) -> Found:
    """Return the first articles; a page that only lists meanings is passed over, or told of."""
    sources: list[Source] = []
    problems: list[Problem] = []
    for title in titles:
        if len(sources) == wanted:
            break
        found = _article(wiki, title)
        if isinstance(found, Source):
            sources += [] if found.url in {source.url for source in sources} else [found]
        elif named or found.code not in ("ambiguous", "no-such-page"):
            problems.append(found)
        if isinstance(found, Problem) and found.code not in ("ambiguous", "no-such-page"):
            break
    if not sources and not problems:
        problems.append(_ambiguous(wiki, titles[0]))
    return Found(tuple(sources), tuple(problems))


def _article(wiki: _Wiki, title: str) -> Source | Problem:
    said = wiki.ask(titles=title, **_ARTICLE)
    if isinstance(said, Problem):
        return said
    page = next(iter(_maps(said.get("pages"))), {})
    if "disambiguation" in (page.get("pageprops") or {}):
        return _ambiguous(wiki, title)
    revision = next(iter(_maps(page.get("revisions"))), {})
    text = page.get("extract")
    if page.get("missing") or not isinstance(text, str) or not text.strip() or not revision:
        return Problem("no-such-page", f"{wiki.site} has no article '{title}'")
    found = _source(wiki, str(page.get("title", title)), text, revision)
    return replace(found, seen=said["seen"])


def _source(wiki: _Wiki, title: str, text: str, revision: Mapping[str, Any]) -> Source:
    number = int(revision.get("revid", 0))
    return Source(
        "wikipedia" if "wikipedia" in wiki.site else "wiki",
        title,
        prose(f"# {title}\n\n{_without_appendix(text)}").text,
        url=f"{wiki.site}/w/index.php?{urlencode({'title': title, 'oldid': number})}",
        published=str(revision.get("timestamp", ""))[:10],
        revision=str(number),
        licence=wiki.licence,
        lang=wiki.lang,
    )


def _without_appendix(text: str) -> str:
    """Return an article with headings as in Markdown, up to its lists of references and links."""
    for heading in _HEADING.finditer(text):
        if len(heading[1]) == 2 and heading[2].lower() in _APPENDIX:
            text = text[: heading.start()]
            break
    return _HEADING.sub(lambda found: f"{'#' * len(found[1])} {found[2]}", text)


def _ambiguous(wiki: _Wiki, title: str) -> Problem:
    """Return the problem of a title that means several things, with what it may mean."""
    said = wiki.ask(titles=title, prop="links", plnamespace="0", pllimit="20")
    pages = [] if isinstance(said, Problem) else _maps(said.get("pages"))
    links = [str(link["title"]) for page in pages for link in _maps(page.get("links"))]
    hint = f"name one of them: {', '.join(links[:8])}" if links else "name an article"
    return Problem("ambiguous", f"'{title}' means several things", hint=hint)


def _maps(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
