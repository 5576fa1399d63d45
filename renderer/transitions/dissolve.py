"""One scene fades into the other."""

from __future__ import annotations

PARAMS: dict[str, object] = {}
EXAMPLE = {"kind": "dissolve", "over": "400ms"}
