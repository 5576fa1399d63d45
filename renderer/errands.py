"""Ask a program of ours, run as a child, for one thing: a request in JSON, a reply in JSON."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from renderer.child import run_module


def asked(module: str, request: Mapping[str, Any], what: str, seconds: float) -> dict[str, Any]:
    """Return the reply of a module's program, or how it ended as an `error`.

    It is also told where the reply goes, a path of its own for what is passing (`raw`), and how
    many seconds it has; `what` names in words what it does.
    """
    with tempfile.TemporaryDirectory(prefix="errand-") as name:
        folder = Path(name)
        reply, question = folder / "reply.json", folder / "request.json"
        whole = {"reply": str(reply), "raw": str(folder / "raw"), "seconds": seconds}
        question.write_text(json.dumps({**request, **whole}), encoding="utf-8")
        ended = run_module(module, [str(question)], folder=folder, seconds=seconds)
        try:
            return dict(json.loads(reply.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {"error": f"{what} failed: {ended.reason(seconds)}"}
