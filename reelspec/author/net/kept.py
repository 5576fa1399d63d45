"""Pages that were fetched, kept in the store with the day on which they were seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from reelspec.author.net.address import shown
from reelspec.author.net.fetcher import Fetcher
from reelspec.author.net.page import Page, Request
from renderer.errors import Problem
from renderer.store import Recipe, Store


@dataclass(frozen=True)
class Pages:
    """Pages by address: what was seen today is not asked for again, `offline` nothing is.

    Without a store nothing is kept. `today` is an ISO 8601 day.
    """

    fetcher: Fetcher = field(default_factory=Fetcher)
    store: Store | None = None
    offline: bool = False
    today: str = field(default_factory=lambda: datetime.now(UTC).date().isoformat())

    def get(
        self, request: Request, keep: Callable[[Page], bool] = lambda page: True
    ) -> Page | Problem:
        """Return a page, kept or fetched, or why there is none; `keep` says what is worth it."""
        kept = self._find(request)
        if kept is not None and (self.offline or kept.seen == self.today):
            return kept
        if self.offline:
            hint = "fetch it once without `--offline`"
            return Problem("offline", f"'{shown(request.url)}' was never fetched", hint=hint)
        page = self.fetcher.fetch(request)
        if isinstance(page, Page) and keep(page):
            self._keep(request, page)
        return page

    def _find(self, request: Request) -> Page | None:
        entry = self.store.find(_recipe(request)) if self.store else None
        if entry is None:
            return None
        facts = entry.facts
        data = entry.path.read_bytes()
        return Page(facts["url"], facts["type"], data, facts["charset"], facts["seen"])

    def _keep(self, request: Request, page: Page) -> None:
        """Keep a page in place of the one that was seen before; what was asked in secret is not."""
        if self.store is None or request.headers or request.body or page.retry_after:
            return
        facts = {"url": page.url, "type": page.type, "charset": page.charset, "seen": page.seen}

        def write(path: Path) -> dict[str, str]:
            path.write_bytes(page.data)
            return facts

        self.store.put(_recipe(request), write)


def _recipe(request: Request) -> Recipe:
    return Recipe("page", {"url": request.url, "types": list(request.types)})
