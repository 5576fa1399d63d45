"""No transition: the new scene is there at once."""

from __future__ import annotations

PARAMS: dict[str, object] = {}
EXAMPLE = {"kind": "cut"}
