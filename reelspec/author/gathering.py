"""What was named on the command line → Research: the sources, read by the plug-ins of research."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from reelspec.author.notes import Research, Source
from renderer.errors import AssetError, Problem, UsageError
from renderer.inputs import NotRead, read_ordinary
from renderer.paths import digest

_LARGEST = 4 * 1024 * 1024


def gathered(topic: str, lang: str, named: Sequence[str], folder: Path = Path()) -> Research:
    """Return the sources that were named, in that order; paths are from `folder`.

    Raises UsageError for what is not there, AssetError for what cannot be read as text.
    """
    sources: list[Source] = []
    for name in named:
        source = _source(folder / name, {each.id for each in sources})
        sources.append(source)
    return Research(topic, lang, tuple(sources))


def _source(path: Path, taken: set[str]) -> Source:
    try:
        content = read_ordinary(path, _LARGEST)
        text = content.decode("utf-8-sig")
    except (NotRead, OSError) as error:
        reason = error.says if isinstance(error, NotRead) else error.strerror or str(error)
        says = f"cannot read the source '{path}': {reason}"
        raise UsageError(Problem("no-source", says)) from error
    except UnicodeDecodeError as error:
        problem = Problem("not-text", f"the source '{path}' is not UTF-8 text")
        raise AssetError(problem) from error
    heading = re.search(r"^#\s+(.+)$", text, re.MULTILINE)
    title = heading[1].strip() if heading else path.stem
    return Source(_id(path.stem, taken), title, text, revision=digest(content)[:12])


def _id(stem: str, taken: set[str]) -> str:
    base = re.sub(r"[^A-Za-z0-9]+", "-", stem).strip("-").lower() or "source"
    names = [base, *(f"{base}-{count}" for count in range(2, len(taken) + 3))]
    return next(name for name in names if name not in taken)
