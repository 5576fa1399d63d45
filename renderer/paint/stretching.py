"""Pictures sampled through a window that is not turned: along their rows, then down the columns.

Two passes that each mix two samples give what a bilinear sampling of the plane gives, in less than
half the time: each takes whole rows of memory, the first one of a picture that lies on its side,
and rows that are mixed alike are mixed in one go. Of a picture that is sampled often the mixtures
of the first pass are kept ready.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from renderer.media.planes import Plane, Planes, room
from renderer.paint.poses import Matrix
from renderer.paint.warping import CHROMA, LUMA

_PARTS = 16
"""Into how many parts a pixel of luma is divided: a place is 0.02 of one off, rms.

Weights of so few digits times bytes are exact, so that every machine rounds alike.
"""
_MOST = 0.8
"""Share of a picture's height from which on all of it is taken through the first pass."""
_ROOM = 96 * 1024 * 1024
"""Bytes of mixtures that may be kept ready of a picture."""

_Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True, eq=False)
class Turned:
    """A picture on its side, columns first; blue chroma stands beside red.

    Of one that is `ready` there are the mixtures of each column with the next too: all columns by
    no part of the next one, then all by one part, and so on.
    """

    luma: Plane
    chroma: Plane
    size: tuple[int, int]
    ready: bool = False

    @property
    def nbytes(self) -> int:
        """Return how many bytes the arrays hold."""
        return self.luma.nbytes + self.chroma.nbytes


@dataclass(frozen=True, slots=True, eq=False)
class _Cut:
    """What is sampled along an axis: two samples for each place, and how they are mixed.

    The second sample gets `part` of `parts`. Where all that counts lies `inside` the picture it is
    the one after the first.
    """

    near: _Places
    far: _Places
    part: NDArray[np.uint8]
    parts: int
    inside: bool

    @property
    def reach(self) -> tuple[int, int]:
        """Return the first sample that is read and the one after the last."""
        first = min(int(self.near.min()), int(self.far.min()))
        return first, max(int(self.near.max()), int(self.far.max())) + 1


def turned(picture: Planes) -> Turned:
    """Return a picture that can be sampled."""
    chroma = cv2.transpose(np.vstack([picture.u, picture.v]))
    high, wide = picture.y.shape
    return Turned(cv2.transpose(picture.y), np.asarray(chroma), (wide, high))  # type: ignore[arg-type]


def bytes_ready(picture: Turned) -> int:
    """Return how many bytes a picture holds once it is ready."""
    return picture.luma.nbytes * _PARTS + picture.chroma.nbytes * _PARTS // 2


def ready(picture: Turned) -> Turned:
    """Return a picture with what makes sampling faster; as it is where that takes too much room."""
    if bytes_ready(picture) > _ROOM:
        return picture
    luma, chroma = _spread(picture.luma, _PARTS), _spread(picture.chroma, _PARTS // 2)
    return Turned(luma, chroma, picture.size, ready=True)


def _spread(plane: Plane, parts: int) -> Plane:
    """Return all mixtures of each row with the next one; of the last the row itself."""
    done = np.empty((parts, *plane.shape), np.uint8)
    done[0], done[:, -1] = plane, plane[-1]
    for part in range(1, parts):
        share = part / parts
        cv2.addWeighted(plane[:-1], 1 - share, plane[1:], share, 0, dst=done[part, :-1])
    return done.reshape(-1, plane.shape[1])


def stretched(picture: Turned, back: Matrix, area: Sequence[int]) -> Planes:
    """Return what a picture shows in an area of the canvas: left, top, width and height, even.

    `back` takes places of the canvas to those of the picture, and does not turn it. Beyond its edge
    the picture is mirrored. Equal arguments give equal bytes, whether the picture is ready or not.
    """
    done = room(area[2], area[3])
    for plane, sited, into in (
        (picture.luma, LUMA, [done.y]),
        (picture.chroma, CHROMA, [done.u, done.v]),
    ):
        across, down = (_cut(back, area, sited, picture.size, axis) for axis in (0, 1))
        upright = _upright(plane, across, down.reach, len(into), picture.ready)
        for each, target in zip(np.split(upright.parts, len(into)), into, strict=True):
            _mixed(each, down, upright.top, target)
    return done


def _cut(
    back: Matrix, area: Sequence[int], sited: Matrix, size: tuple[int, int], axis: int
) -> _Cut:
    """Return what is sampled of a plane along an axis, in the order of the area's samples."""
    step, shift, spacing, site = back[axis, axis], back[axis, 2], sited[axis, axis], sited[axis, 2]
    start = (step * (site + area[axis]) + shift - site) / spacing
    parts, length = _PARTS // int(spacing), size[axis] // int(spacing)
    places = start + step * np.arange(area[2 + axis] // int(spacing))
    near, part = np.divmod(np.rint(places * parts).astype(np.intp), parts)
    inside = bool(near[0] >= 0 and near[-1] + (part[-1] > 0) < length)
    near, far = _mirrored(near, length), _mirrored(near + 1, length)
    return _Cut(near, far, part.astype(np.uint8), parts, inside)


def _mirrored(places: _Places, length: int) -> _Places:
    """Return places within a length; those beyond its edge are mirrored at the outmost sample."""
    if places[0] >= 0 and places[-1] < length:
        return places
    period = max(1, 2 * (length - 1))
    folded = np.abs(places) % period
    return np.asarray(np.minimum(folded, period - folded) % length, np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class _Upright:
    """Rows that have been sampled across, of which the first is number `top` of the picture."""

    parts: Plane
    top: int


def _upright(
    plane: Plane, across: _Cut, reach: tuple[int, int], pair: int, is_ready: bool
) -> _Upright:
    """Return rows sampled across, of so many planes that stand side by side, one under another."""
    high, count = plane.shape[1] // pair, across.near.size
    top, bottom = reach
    if is_ready and across.inside:
        columns = plane.shape[0] // across.parts
        done = plane.take(across.part.astype(np.intp) * columns + across.near, axis=0, mode="clip")
        wide = done.reshape(count, pair, high)[:, :, top:bottom].reshape(count, -1)
        return _Upright(np.asarray(cv2.transpose(wide), np.uint8), top)
    columns = plane.shape[0] // (across.parts if is_ready else 1)
    left, right = across.reach
    top, bottom = (top, bottom) if bottom - top <= _MOST * high else (0, high)
    part = plane[:columns][left:right].reshape(right - left, pair, high)[:, :, top:bottom]
    wide = np.ascontiguousarray(part).reshape(right - left, -1)
    return _Upright(np.asarray(cv2.transpose(_mixed(wide, across, left)), np.uint8), top)


def _mixed(rows: Plane, cut: _Cut, first: int, into: Plane | None = None) -> Plane:
    """Return mixtures of rows, of which the first one is number `first`; they may be put somewhere.

    What is mixed alike is brought together, mixed, and brought back.
    """
    order = np.argsort(cut.part, kind="stable")
    ends = np.cumsum(np.bincount(cut.part, minlength=cut.parts)).tolist()
    done = rows.take(cut.near[order] - first, axis=0, mode="clip")
    other = rows.take(cut.far[order] - first, axis=0, mode="clip")
    for part in range(1, cut.parts):
        begin, end = ends[part - 1], ends[part]
        if begin < end:
            share, mixed = part / cut.parts, done[begin:end]
            cv2.addWeighted(mixed, 1 - share, other[begin:end], share, 0, dst=mixed)
    back = np.empty_like(order)
    back[order] = np.arange(order.size)
    return done.take(back, axis=0, mode="clip", out=into)
