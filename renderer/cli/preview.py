"""The page that `render watch --open` shows; its extra is there where this is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from renderer.preview import preview, show
from renderer.render import Options
from renderer.rounds import Event


@contextmanager
def showing(spec: Path, chosen: Options) -> Iterator[Callable[[Event], None]]:
    """Serve the page of a spec, open it in the browser, and give what takes the watch's events."""
    with preview(chosen.open_store(spec)) as page:
        click.echo(f"preview: {page.url}", err=True)
        show(page.url)
        yield page.tell
