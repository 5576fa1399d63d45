"""Settings and scenes → the text of a spec, in block style, with comments that say why."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import LiteralScalarString

from reelspec.author.staging import Scene
from renderer.errors import Problem, RenderError
from renderer.paths import digest
from renderer.plain import canonical
from renderer.source import parse

GENERATED = "generated"
_WIDE = 1_000_000
_DIGITS = 12


def composed(film: Mapping[str, Any], scenes: Sequence[Scene], header: Sequence[str]) -> str:
    """Return the text of a spec: comment lines, the film's keys, the scenes as they were made.

    A scene's `#` entry is the comment lines that stand in it; they are no part of its data. Raises
    RenderError rather than return a text that would be read otherwise.
    """
    whole = CommentedMap(film)
    for key, value in film.items():
        whole[key] = _block(value)
    whole["scenes"] = CommentedSeq(map(_scene, scenes))
    head = "".join(f"# {line}\n" if line else "#\n" for line in header)
    text = head + _spaced(dumped(whole))
    data = {**film, "scenes": [stripped(scene) for scene in scenes]}
    if parse(text.encode(), "spec").data != data:
        raise RenderError(Problem("internal", "the spec cannot be written as YAML"))
    return text


def stripped(scene: Scene) -> Scene:
    """Return a scene without its comments."""
    return {key: value for key, value in scene.items() if key != "#"}


def fingerprint(scene: Mapping[str, Any]) -> str:
    """Return 12 hexadecimal digits that change with a scene's data, not with its layout."""
    data = {key: value for key, value in scene.items() if key != "#"}
    return digest(canonical(data).encode())[:_DIGITS]


def dumped(data: Any) -> str:
    """Return data as YAML in block style, two spaces of indentation."""
    yaml = YAML(typ="rt")
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    yaml.dump(data, out)
    return out.getvalue()


def _scene(scene: Scene) -> CommentedMap:
    made = CommentedMap((key, _block(value)) for key, value in stripped(scene).items())
    made.yaml_add_eol_comment(f"{GENERATED} {fingerprint(scene)}", "id", column=0)
    second = list(made)[1]
    if scene.get("#"):
        made.yaml_set_comment_before_after_key(second, "\n".join(scene["#"]), indent=4)
    return made


def _block(value: Any) -> Any:
    """Return a value as ruamel writes it in block style; texts of several lines stay lines."""
    if isinstance(value, Mapping):
        return CommentedMap((key, _block(inner)) for key, inner in value.items())
    if isinstance(value, list) and value and all(isinstance(each, Mapping) for each in value):
        return CommentedSeq(map(_row, value))
    if isinstance(value, str) and "\n" in value:
        return LiteralScalarString(value)
    if isinstance(value, list | tuple):
        made = CommentedSeq(map(_block, value))
        if all(isinstance(each, str) and each.isascii() and len(each) < 24 for each in value):
            made.fa.set_flow_style() if _short(value) else None
        return made
    return value


def _row(row: Mapping[str, Any]) -> CommentedMap:
    """Return a row of a chart as it is written: on one line."""
    made = CommentedMap(row)
    made.fa.set_flow_style()
    return made


def _short(value: Sequence[str]) -> bool:
    return all(each.replace("-", "").isalnum() for each in value) and len(value) <= 4


def _spaced(text: str) -> str:
    """Return the text with an empty line before each scene but the first."""
    lines = text.split("\n")
    begin = lines.index("scenes:")
    spaced = [f"\n{line}" if line.startswith("  - ") else line for line in lines[begin + 2 :]]
    return "\n".join([*lines[: begin + 2], *spaced])
