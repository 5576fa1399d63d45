"""Timeline → segments: the stretches of frames that are painted, encoded and cached as one file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby, pairwise

from renderer.media.standing import WAY, Way
from renderer.memory import recalled
from renderer.seen import at, during, leaving, moving, spans
from renderer.timeline import Canvas, Layer, Segment, Shot, Timeline

GOPS = (15, 30, 60, 90)
"""Frames of the closed group of pictures that a still is made of: the first that covers it."""

CHUNK = 90
"""Frames of a moving segment; chunks begin at multiples of it in the frames of the shot."""


def segments(timeline: Timeline) -> tuple[Segment, ...]:
    """Return the segments of what is made, in order; together they have exactly its frames.

    Cuts between segments depend on frames of the shot alone, so an edit of one scene leaves the
    segments of the others as they are.
    """
    found: list[Segment] = []
    for index, shot in enumerate(timeline.shots):
        before = timeline.shots[index - 1] if index else None
        found += _of_shot(timeline.canvas, before, shot)
    return tuple(_within(found, *timeline.made)) if timeline.window else tuple(found)


def _of_shot(canvas: Canvas, before: Shot | None, shot: Shot) -> tuple[Segment, ...]:
    """Return the segments of a shot, the overlap with the one before it first.

    They are recalled by all that is read of the shots, so that moving them costs nothing.
    """

    def work() -> tuple[Segment, ...]:
        return (*_overlap(canvas, before, shot), *_body(canvas, shot))

    read = (canvas, shot.id, shot.frames, before and (before.id, before.frames))
    left = before.layers if before else None
    return recalled(("segments", *read), (shot.layers, shot.over, shot.enter, left), work)


def _within(found: Sequence[Segment], begin: int, end: int) -> Iterator[Segment]:
    """Yield what of each segment lies in a stretch of the film."""
    start = 0
    for segment in found:
        first, last = max(0, begin - start), min(segment.frames, end - start)
        if first < last:
            moved = segment.first if segment.still else segment.first + first
            yield replace(segment, first=moved, frames=last - first)
        start += segment.frames


def _overlap(canvas: Canvas, before: Shot | None, shot: Shot) -> Iterator[Segment]:
    if before is None or shot.enter is None:
        return
    name = f"{before.id} → {shot.id}"
    for first, last in pairwise([*range(0, shot.enter.over, CHUNK), shot.enter.over]):
        yield Segment(
            name,
            canvas,
            during(shot.layers, first, last),
            first,
            last - first,
            still=False,
            transition=shot.enter,
            behind=leaving(before.layers, before.frames),
            over=during(shot.over, first, last),
        )


def _body(canvas: Canvas, shot: Shot) -> Iterator[Segment]:
    """Yield the stills of a shot, and what moves between them in one stretch each."""
    begin = shot.enter.over if shot.enter else 0
    cuts = pairwise(sorted({begin, shot.frames, *_changes(shot, begin)}))
    for moves, group in groupby(cuts, lambda span: _moves(shot, span[0])):
        stretches = list(group)
        if moves:
            yield from _moving(canvas, shot, stretches[0][0], stretches[-1][1])
            continue
        layers: tuple[Layer, ...] = ()
        for first, last in stretches:
            layers = _same(layers, at(shot.layers, first))
            over = at(shot.over, first)
            yield Segment(shot.id, canvas, layers, 0, last - first, still=True, over=over)


def _same(before: tuple[Layer, ...], now: tuple[Layer, ...]) -> tuple[Layer, ...]:
    """Return equal layers as the very ones that stood before: they are laid out once."""
    return before if before == now else now


def _moves(shot: Shot, frame: int) -> bool:
    return moving(shot.layers, frame) or moving(shot.over, frame)


def _moving(canvas: Canvas, shot: Shot, first: int, last: int) -> Iterator[Segment]:
    cuts = [first, *range(first // CHUNK * CHUNK + CHUNK, last, CHUNK), last]
    for begin, end in pairwise(cuts):
        layers, over = during(shot.layers, begin, end), during(shot.over, begin, end)
        yield Segment(shot.id, canvas, layers, begin, end - begin, still=False, over=over)


def _changes(shot: Shot, begin: int) -> Iterator[int]:
    """Yield the frames after `begin` at which a layer comes or goes, begins to move or stands."""
    for layer in (*shot.layers, *shot.over):
        for frame in chain((layer.first, layer.last), *spans(layer)):
            if frame is not None and begin < frame < shot.frames:
                yield frame


def runs(parts: Sequence[Segment]) -> Iterator[Segment]:
    """Yield what is encoded as one file each: segments, and runs of short stills of one shot.

    In a run each picture is coded as what changes in it. It has no more frames than a still's
    group of pictures, so that a film has an IDR as often with captions as without.
    """
    run: list[Segment] = []
    for part in parts:
        if run and not _follows(run, part):
            yield _run(run)
            run = []
        run.append(part)
    if run:
        yield _run(run)


def files(timeline: Timeline, still: Way = WAY) -> tuple[Segment, ...]:
    """Return what a film is joined of, each encoded as one file, runs in the way that is named."""
    return _coded(runs(segments(timeline)), still)


def files_around(timeline: Timeline, ids: Collection[str], still: Way = WAY) -> Iterator[Segment]:
    """Yield those of `files` that an edit of some shots can change, their own and the next one's.

    None where a part of the film is made.
    """
    for index, shot in enumerate(timeline.shots if not timeline.window else ()):
        before = timeline.shots[index - 1] if index else None
        if shot.id in ids or (before and before.id in ids):
            yield from _coded(runs(_of_shot(timeline.canvas, before, shot)), still)


def _coded(parts: Iterator[Segment], still: Way) -> tuple[Segment, ...]:
    return tuple(map(_by_gop, parts) if still == "gop" else parts)


def _by_gop(part: Segment) -> Segment:
    if not part.states:
        return part
    return recalled("gop", (part,), lambda: replace(part, gop=True))


def _follows(run: Sequence[Segment], part: Segment) -> bool:
    together = sum(one.frames for one in run) + part.frames
    return run[0].still and part.still and run[0].name == part.name and together <= GOPS[-1]


def _run(parts: Sequence[Segment]) -> Segment:
    if len(parts) == 1:
        return parts[0]
    first, frames = parts[0], sum(part.frames for part in parts)

    def made() -> Segment:
        return Segment(first.name, first.canvas, (), 0, frames, still=False, states=tuple(parts))

    return recalled(("run", first.name, frames), tuple(parts), made)


def coded_frames(segment: Segment) -> int:
    """Return how many frames a segment's file has: of a still no more than one GOP."""
    if not segment.still:
        return segment.frames
    return next((size for size in GOPS if segment.frames <= size), GOPS[-1])


def painted_frames(segment: Segment) -> int:
    """Return how many pictures are painted and encoded for a segment: of a still one."""
    return 1 if segment.still else len(segment.states) or segment.frames


def picture_at(timeline: Timeline, frame: int) -> tuple[Segment, int]:
    """Return the segment that shows a frame of the film, and the frame's number within it.

    A frame beyond the film's end is its last. Of a whole film only the shot is cut that it is in.
    """
    rest = min(frame, timeline.frames - 1)
    if timeline.window:
        return _reached(segments(timeline), rest)
    before = None
    for shot in timeline.shots:
        if rest < shot.frames:
            break
        rest, before = rest - shot.frames, shot
    return _reached(_of_shot(timeline.canvas, before, shot), rest)


def _reached(found: Sequence[Segment], frame: int) -> tuple[Segment, int]:
    for segment in found:
        if frame < segment.frames:
            return segment, frame
        frame -= segment.frames
    raise ValueError("a timeline has at least one frame")
