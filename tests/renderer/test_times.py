"""Times are exact fractions; instants round half up, lengths up."""

from fractions import Fraction

import pytest

from renderer.times import Instant, clock, frame_at, frames_for, instant, rate, sample_at, seconds


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (2, Fraction(2)),
        (2.5, Fraction(5, 2)),
        ("2", Fraction(2)),
        ("2s", Fraction(2)),
        ("300ms", Fraction(3, 10)),
        ("1:30", Fraction(90)),
        ("1:02.5", Fraction(125, 2)),
        ("90f", Fraction(3)),
        (0.1, Fraction(1, 10)),
        ("-1s", None),
        (-1, None),
        (True, None),
        ("1:60", None),
        ("soon", None),
        (None, None),
    ],
)
def test_a_length_is_read_exactly(written: object, expected: Fraction | None) -> None:
    assert expected == seconds(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("chart", Instant("mark", mark="chart")),
        ("chart + 500ms", Instant("mark", Fraction(1, 2), mark="chart")),
        ("end - 1s", Instant("end", Fraction(-1))),
        ("50%", Instant("share", share=Fraction(1, 2))),
        ("50% + 1s", Instant("share", Fraction(1), share=Fraction(1, 2))),
        ("1.5s", Instant("start", Fraction(3, 2))),
        ("علامة + 1s", Instant("mark", Fraction(1), mark="علامة")),
        ("two words", None),
        ("", None),
    ],
)
def test_a_moment_is_a_base_and_an_offset(written: str, expected: Instant | None) -> None:
    assert expected == instant(written)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (30, Fraction(30)),
        ("30000/1001", Fraction(30000, 1001)),
        ("0/1", None),
        (0, None),
        (True, None),
    ],
)
def test_a_rate_is_a_whole_number_or_a_fraction(written: object, expected: Fraction | None) -> None:
    assert expected == rate(written)


def test_instants_round_half_up_and_lengths_up() -> None:
    assert [1, 2, 1] == [
        frame_at(Fraction(1, 60), Fraction(30)),
        frame_at(Fraction(3, 60), Fraction(30)),
        frames_for(Fraction(1, 3000), Fraction(30)),
    ]


def test_an_hour_at_29_97_drifts_by_no_sample() -> None:
    fps = Fraction(30000, 1001)
    frames = frame_at(Fraction(3600), fps)

    assert 0 == abs(sample_at(frames, fps) - round(frames * 48_000 / fps))


def test_a_clock_shows_minutes_and_milliseconds() -> None:
    assert "1:02.500" == clock(Fraction(125, 2))
