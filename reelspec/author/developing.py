"""Bytes from outside → a picture that can be shown: decoded once, in a child of limited means."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from renderer.child import run_module
from renderer.errors import Problem
from renderer.paths import digest

LARGEST = 32 << 20
"""Bytes that the file of a picture may have."""

_SECONDS = 60.0
_PROGRAM = "renderer.pictures"
_KINDS = ((b"\x89PNG\r\n\x1a\n", ".png"), (b"\xff\xd8\xff", ".jpg"))
_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Developed:
    """A picture that was decoded whole: a file name made of its content, its size in pixels."""

    file: str
    width: int
    height: int


def developed(data: bytes) -> Developed | Problem:
    """Return what a picture's file is called and how large it is, or why it cannot be shown.

    Shown are PNG, JPEG and WEBP; all of it is decoded, so half a picture is a problem.
    """
    suffix = _suffix(data)
    if not suffix:
        return Problem("bad-image", "what came is no PNG, JPEG or WEBP")
    if len(data) > LARGEST:
        return Problem("bad-image", f"what came is larger than {LARGEST >> 20} MiB")
    reply = _decoded(data, suffix)
    if "error" in reply:
        return Problem("bad-image", f"what came cannot be shown: {reply['error']}")
    width, height = reply["size"]
    return Developed(f"{digest(data)[:_DIGITS]}{suffix}", width, height)


def _suffix(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return ".webp"
    return next((suffix for sign, suffix in _KINDS if data.startswith(sign)), "")


def _decoded(data: bytes, suffix: str) -> dict[str, Any]:
    """Return the reply of a child that decodes, or how it ended as an `error`."""
    with tempfile.TemporaryDirectory(prefix="picture-") as name:
        folder = Path(name)
        file, reply, question = folder / f"picture{suffix}", folder / "reply", folder / "request"
        file.write_bytes(data)
        asked = {"file": str(file), "sha256": digest(data), "whole": True, "reply": str(reply)}
        question.write_text(json.dumps({**asked, "seconds": _SECONDS}), encoding="utf-8")
        ended = run_module(_PROGRAM, [str(question)], folder=folder, seconds=_SECONDS)
        try:
            return dict(json.loads(reply.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return {"error": f"decoding it failed: {ended.reason(_SECONDS)}"}
