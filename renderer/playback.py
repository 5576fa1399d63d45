"""Videos in time: when a layer's pictures move, and when its sound is heard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from renderer.nouns import Item
from renderer.soundtrack import Played
from renderer.timeline import Layer
from renderer.times import SAMPLE_RATE, frames_for, half_up


def played(layer: Layer, item: Item, fps: Fraction, stands: int | None) -> Layer:
    """Return a layer that plays the clip of its item from its first frame on; others as they are.

    It plays on while its scene stands; what drifts ends in the frame `stands`, if there is one.
    """
    clip = item.clip
    if clip is None:
        return layer
    begin = 0 if item.drifts else layer.first
    end = None if clip.loop or item.drifts else layer.first + frames_for(clip.length, fps)
    told = {
        "clip": clip.to_json(),
        "size": list(clip.found.size),
        "loop": clip.loop,
        "rate": str(fps),
        "begins": layer.first - begin,
    }
    told |= {"drifts": stands} if item.drifts and stands is not None else {}
    return replace(layer, params={**layer.params, **told}, moves=(begin, end))


def heard(
    items: Sequence[Item], layers: Sequence[Layer], first: int, fps: Fraction
) -> tuple[Played, ...]:
    """Return the sounds of the clips of a scene's layers.

    `first` is the sample of the film at which the scene begins.
    """
    pairs = zip(items, layers, strict=True)
    return tuple(sound for item, layer in pairs for sound in _heard(item, layer, first, fps))


def _heard(item: Item, layer: Layer, first: int, fps: Fraction) -> Iterator[Played]:
    clip = item.clip
    if clip is None or clip.gain is None:
        return
    start = first + half_up(layer.first * SAMPLE_RATE / fps)
    until = None
    if layer.last is not None:
        until = half_up((layer.last - layer.first) * SAMPLE_RATE / fps)
    if not clip.loop:
        whole = half_up(clip.length * SAMPLE_RATE)
        until = whole if until is None else min(until, whole)
    yield Played(
        file=clip.file,
        sha256=clip.sha256,
        start=start,
        most=0,
        fade=0,
        gain=clip.gain,
        place=item.place,
        clip={key: value for key, value in clip.to_json().items() if key != "size"},
        loop=clip.loop,
        until=until,
    )


def longest(items: Sequence[Item], body: Fraction) -> Fraction:
    """Return how long a scene lasts in which every clip plays once, in seconds; 0 without any.

    A clip may begin at a moment; of one that is named by what depends on the scene's length, which
    would be `body`, it is the moment of such a scene.
    """
    ends = (_starts(item, body) + item.clip.length for item in items if item.clip)
    return max(ends, default=Fraction(0))


def _starts(item: Item, body: Fraction) -> Fraction:
    at = item.keys.get("at")
    if at is None or at.base not in ("start", "share"):
        return Fraction(0)
    return max(Fraction(0), Fraction(at.offset + at.share * body))
