"""The contract of every transition: its ends, its inputs, its sizes."""

import ast
from pathlib import Path

import numpy as np
import pytest

from renderer import paths
from renderer.media.planes import Planes
from renderer.paint.plugins import plugin

NAMES = sorted(paths.own_plugins("transitions"))


def flat(y: int, u: int, v: int) -> Planes:
    chroma = (9, 16)
    return Planes(
        np.full((18, 32), y, np.uint8), np.full(chroma, u, np.uint8), np.full(chroma, v, np.uint8)
    ).locked()


def literal(file: Path, name: str) -> dict[str, object]:
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        target = (
            node.target if isinstance(node, ast.AnnAssign) else getattr(node, "targets", [None])[0]
        )
        if isinstance(target, ast.Name) and target.id == name:
            return dict(ast.literal_eval(node.value))
    raise AssertionError(f"{file.name} has no {name}")


def defaults(name: str) -> dict[str, object]:
    params = literal(paths.own_plugins("transitions")[name], "PARAMS")
    return {key: schema["default"] for key, schema in params.items() if "default" in schema}


@pytest.mark.parametrize("name", NAMES)
def test_at_0_it_is_the_first_and_at_1_the_second_picture(name):
    a, b = flat(40, 100, 150), flat(200, 160, 90)
    blend = plugin("transitions", name).blend
    for share, expected in ((0.0, a), (1.0, b)):
        for plane, wanted in zip(blend(a, b, share, defaults(name)), expected, strict=True):
            assert np.array_equal(wanted, plane)


@pytest.mark.parametrize("name", NAMES)
def test_between_the_ends_it_keeps_sizes_and_kinds(name):
    a, b = flat(40, 100, 150), flat(200, 160, 90)
    for share in (0.001, 0.5, 0.999):
        for plane, like in zip(
            plugin("transitions", name).blend(a, b, share, defaults(name)), a, strict=True
        ):
            assert (like.shape, np.uint8) == (plane.shape, plane.dtype)


@pytest.mark.parametrize("name", NAMES)
def test_example_names_the_transition(name):
    assert name == literal(paths.own_plugins("transitions")[name], "EXAMPLE")["kind"]


def test_dissolve_mixes_evenly():
    half = plugin("transitions", "dissolve").blend(flat(40, 100, 150), flat(200, 160, 90), 0.25, {})
    assert [int(plane[0, 0]) for plane in half] == [80, 115, 135]
