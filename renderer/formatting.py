"""Specs in one form: indentation, quotes kept, comments kept, nothing changed in meaning."""

from __future__ import annotations

import io

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from renderer.errors import Problem, RenderError, SpecError, in_order
from renderer.source import parse

_WIDE = 1_000_000


def formatted(content: bytes, file: str) -> str:
    """Return a spec's text with two spaces of indentation, lists indented, one newline at its end.

    Raises SpecError where it cannot be read as YAML, and RenderError rather than return a text
    that would be read otherwise.
    """
    before = parse(content, file)
    errors = [problem for problem in before.problems if problem.level == "error"]
    if errors:
        raise SpecError(*in_order(errors))
    text = _written(content.decode("utf-8-sig"))
    if parse(text.encode(), file).data != before.data:
        raise RenderError(Problem("internal", f"{file} cannot be formatted without changing it"))
    return text


def _written(text: str) -> str:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = _WIDE
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = io.StringIO()
    try:
        yaml.dump(yaml.load(text), out)
    except (YAMLError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise SpecError(Problem("bad-yaml", f"cannot be formatted: {reason}")) from error
    lines = [line.rstrip() for line in out.getvalue().split("\n")]
    return "\n".join(lines).rstrip("\n") + "\n"
