"""Windows that are not turned: two passes against one sampling of both axes at once."""

from fractions import Fraction
from pathlib import Path

import cv2
import numpy as np
import pytest

from renderer.media.planes import Planes
from renderer.media.video import encode
from renderer.paint.stretching import Turned, ready, stretched, turned
from renderer.paint.warping import CHROMA, LUMA
from renderer.paint.windows import sampled

AREA = (4, 2, 96, 60)


def soft(width: int, height: int) -> Planes:
    """Return a picture that is noise of a few pixels' size."""
    chance = np.random.default_rng(3)
    shapes = ((height, width), (height // 2, width // 2), (height // 2, width // 2))
    planes = (
        cv2.GaussianBlur(chance.integers(0, 256, shape, np.uint8), (0, 0), 2.5) for shape in shapes
    )
    return Planes(*(np.asarray(plane, np.uint8) for plane in planes))


def window(left: float, top: float, across: float, down: float) -> np.ndarray:
    return np.array([[across, 0, left], [0, down, top], [0, 0, 1]], np.float64)


@pytest.mark.parametrize(
    "back",
    [
        window(0, 0, 1, 1),
        window(7.3, 4.9, 1.37, 1.21),
        window(3.1, 2.2, 0.63, 0.71),
        window(-5.4, -3.2, 1.02, 1.02),
        window(60.2, 31.7, 1.3, 1.3),
    ],
)
def test_two_passes_give_what_one_sampling_of_both_axes_gives(back: np.ndarray) -> None:
    picture = soft(160, 100)
    sites = ((LUMA, (96, 60)), (CHROMA, (48, 30)), (CHROMA, (48, 30)))

    seen = stretched(turned(picture), back, AREA)

    for plane, whole, (sited, size) in zip(seen, picture, sites, strict=True):
        exact = sampled(whole, back, sited, size, AREA)
        assert int(np.abs(plane.astype(int) - exact.astype(int)).max()) <= 2


@pytest.mark.parametrize("left", [-6.0, 0.0, 11.83, 61.0])
def test_what_was_made_ready_is_the_same_to_the_byte(left: float) -> None:
    plain = turned(soft(160, 100))
    back = window(left, 5.31, 1.03, 0.92)

    seen, quick = stretched(plain, back, AREA), stretched(ready(plain), back, AREA)

    assert [plane.tobytes() for plane in seen] == [plane.tobytes() for plane in quick]


def test_a_high_picture_is_read_only_where_it_is_seen() -> None:
    high, back = soft(120, 400), window(2.5, 250.25, 1, 1)
    part = Planes(high.y[200:360], high.u[100:180], high.v[100:180])

    whole = stretched(turned(high), back, AREA)
    near = stretched(turned(part), window(2.5, 50.25, 1, 1), AREA)

    assert [plane.tobytes() for plane in whole] == [plane.tobytes() for plane in near]


def test_a_picture_too_large_for_it_is_not_made_ready() -> None:
    large = Turned(np.zeros((3840, 2160), np.uint8), np.zeros((1920, 2160), np.uint8), (3840, 2160))

    assert ready(large) is large


def test_what_is_sampled_lies_in_one_block() -> None:
    seen = stretched(turned(soft(160, 100)), window(1, 1, 1, 1), AREA)
    block = seen.block()

    assert block is not None
    assert b"".join(plane.tobytes() for plane in seen) == block.tobytes()


def test_a_picture_in_one_block_is_encoded_as_any_other(tmp_path: Path) -> None:
    back = [window(left, 1, 1.01, 1.01) for left in range(9)]
    blocks = [stretched(turned(soft(160, 100)), each, AREA) for each in back]
    apart = [Planes(each.y.copy(), each.u.copy(), each.v.copy()) for each in blocks]

    for name, pictures in (("block", blocks), ("apart", apart)):
        encode(iter(pictures), AREA[2:], Fraction(30), tmp_path / f"{name}.mp4")

    assert [None] * 9 == [each.block() for each in apart]
    assert (tmp_path / "block.mp4").read_bytes() == (tmp_path / "apart.mp4").read_bytes()


def test_planes_that_do_not_follow_one_another_are_no_block() -> None:
    y, u, v = soft(160, 100)
    both = np.concatenate([v.ravel(), u.ravel()])

    assert Planes(y, u, v).block() is None
    assert Planes(y, both[:4000].reshape(50, 80), both[4000:].reshape(50, 80)).block() is None
