"""Eases: fixed ends, held range, known points."""

from itertools import pairwise

import pytest

from renderer.motion import EASES, Key, Motion, eased, value_at


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


def test_a_motion_is_never_at_rest_within_its_frames():
    motion = Motion("fade", 10, 13, "linear")
    assert [0.25, 0.5, 0.75] == [motion.share(frame) for frame in (10, 11, 12)]


def test_a_track_stands_before_its_first_key_and_after_its_last():
    track = (Key(10, (1.0, 0.0)), Key(20, (3.0, 5.0)), Key(30, (0.0, 5.0), "in"))
    expected = [(1.0, 0.0), (2.0, 2.5), (3.0, 5.0), (2.625, 5.0), (0.0, 5.0)]
    assert expected == [value_at(track, frame) for frame in (0, 15, 20, 25, 99)]


def test_keys_in_one_frame_are_a_jump():
    assert [(1.0,), (2.0,)] == [value_at((Key(5, (1.0,)), Key(5, (2.0,))), at) for at in (4, 5)]
