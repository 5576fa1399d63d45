"""What the author does for others: look for sources, write a spec, change one by instruction."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reelspec.service.accepting import accept_prompt
from reelspec.service.authored import Author
from reelspec.service.checking import check, text_of
from reelspec.service.desk import Desk
from reelspec.service.files import SPEC
from reelspec.service.jobs import ENDED
from reelspec.service.passing import to_author
from reelspec.service.refusals import Refused
from reelspec.service.telling import told_problems
from renderer.errors import Stop
from renderer.source import parse

Arguments = Mapping[str, Any]
_PATIENCE = 50.0
_LOOK = 0.1


def write(desk: Desk, given: Arguments) -> dict[str, Any]:
    """Return a spec that was written of a prompt; the job alone where that takes long."""
    accept_prompt(desk.settings, given)
    told = _ended(desk, desk.order("write", given)["session_id"])
    spec = desk.files(told["session_id"]).spec
    return {**told, "spec": spec.read_text(encoding="utf-8")} if spec.is_file() else told


def research(desk: Desk, given: Arguments) -> dict[str, Any]:
    """Return the sources that a script on a topic rests on, and the job that has its spec."""
    told = write(desk, given)
    data = parse(told["spec"], SPEC).data if "spec" in told else {}
    sources = data.get("sources", {}) if isinstance(data, dict) else {}
    brief = {key: told[key] for key in ("session_id", "state", "problems")}
    return {**brief, "sources": sources}


def revise(desk: Desk, given: Arguments) -> dict[str, Any]:
    """Return a spec as an instruction changes it, and what is wrong with it now."""
    text = text_of(given["spec"])
    with tempfile.TemporaryDirectory(prefix="reelspec-") as folder, desk.reading():
        path = Path(folder) / SPEC
        path.write_text(text, encoding="utf-8", errors="replace")
        try:
            Author(desk.settings.author, to_author()).revise(path, given["instruction"])
        except Stop as stop:
            told = told_problems(stop.problems, path.parent)
            raise Refused(422, "not-revised", "the spec was not changed", told) from None
        new = path.read_text(encoding="utf-8")
        return {"spec": new, "changed": new != text, **check(new)}


def _ended(desk: Desk, name: str) -> dict[str, Any]:
    """Return how a job stands once it has ended, or when that has taken too long."""
    until = time.monotonic() + _PATIENCE
    while (job := desk.job(name)).state not in ENDED and time.monotonic() < until:
        if desk.closing.wait(_LOOK):
            break
    return desk.told(job)
