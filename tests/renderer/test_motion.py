"""Eases: fixed ends, held range, known points."""

from itertools import pairwise

import pytest

from renderer.motion import EASES, eased


@pytest.mark.parametrize("name", EASES)
def test_every_ease_begins_at_0_and_ends_at_1(name):
    assert (pytest.approx(0, abs=1e-12), pytest.approx(1)) == (EASES[name](0), EASES[name](1))
    assert (eased(name, -0.5), eased(name, 1.5)) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("linear", 0.5),
        ("in", 0.125),
        ("out", 0.875),
        ("in-out", 0.5),
        ("in-back", -0.0876975),
        ("out-back", 1.0876975),
        ("out-bounce", 0.765625),
    ],
)
def test_ease_at_half_time(name, value):
    assert pytest.approx(value) == eased(name, 0.5)


def test_bounce_is_continuous():
    steps = [eased("out-bounce", n / 1000) for n in range(1001)]
    assert max(abs(after - before) for before, after in pairwise(steps)) < 0.02
