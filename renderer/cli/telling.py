"""What is said of a film that was made, and said again where nothing had to be done for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import click

from renderer.cli.edge import as_json, show_problems
from renderer.errors import Place, Problem


def tell(said: Mapping[str, Any], took: float) -> None:
    """Tell of a film that took so many seconds, in the way that was asked for.

    `said` are values of JSON: `way` (`json`, `quiet`, `verbose`), `film`, `captions`, `frames`,
    `seconds`, `segments`, `encoded`, `warnings`.
    """
    way, warnings = said["way"], [_problem(one) for one in said["warnings"]]
    if not way["quiet"]:
        show_problems(warnings)
    if way["verbose"]:
        click.echo(_summary(said, took), err=True)
    click.echo(_object(said, took, warnings) if way["json"] else said["film"])


def _problem(said: Mapping[str, Any]) -> Problem:
    place = Place(**said["place"]) if said["place"] else None
    return Problem(**{**said, "place": place})


def _object(said: Mapping[str, Any], took: float, warnings: list[Problem]) -> str:
    """Return what was made as one line of JSON."""
    found = {key: value for key, value in said.items() if key not in ("way", "warnings")}
    found |= {"took": round(took, 3), "warnings": [json.loads(as_json(one)) for one in warnings]}
    return json.dumps(found, ensure_ascii=False)


def _summary(said: Mapping[str, Any], took: float) -> str:
    frames, encoded = said["frames"], said["encoded"]
    there = said["segments"] - encoded
    return f"{frames} frames: {encoded} segments encoded, {there} from the cache, {took:.1f} s"
