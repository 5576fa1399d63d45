"""Sounds of scenes at exact samples of the film."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from renderer.errors import Problem
from renderer.nouns import Scene
from renderer.settle import moment
from renderer.soundtrack import Played
from renderer.timeline import Canvas, Shot
from renderer.times import SAMPLE_RATE, half_up, sample_at

EDGE = SAMPLE_RATE // 100
"""Samples over which a sound comes and goes that is cut."""

SHORTEST_FADE = 3 * SAMPLE_RATE // 10
"""Samples over which a sound goes that outlasts its scene, if no transition gives it longer."""


def effects(
    scene: Scene, length: Fraction, first: int, marks: Mapping[str, Fraction]
) -> tuple[tuple[Played, ...], tuple[Problem, ...]]:
    """Return the scene's sounds and what is wrong with their times.

    `length` is that of the scene's body in seconds, `first` the sample of the film at which it
    begins. How long a sound lasts at the most is for `sounding` to say.
    """
    played, problems = [], []
    for effect in scene.sounds:
        at = max(Fraction(0), moment(effect.at, length, marks))
        start = first + half_up(at * SAMPLE_RATE)
        played.append(Played(effect.file, effect.sha256, start, 0, 0, effect.gain, effect.place))
        if at >= length:
            says = f"this sound of '{scene.id}' would begin after the scene's end"
            hint = "use an earlier `at`"
            problems.append(Problem("never-heard", says, effect.place, hint, "warning"))
    return tuple(played), tuple(problems)


def sounding(shots: Sequence[Shot], canvas: Canvas) -> tuple[Shot, ...]:
    """Return the shots with sounds that end with them: each goes while the next shot enters."""
    found, end = [], 0
    for shot, after in zip(shots, [*shots[1:], None], strict=True):
        end += shot.frames
        if not shot.sounds:
            found.append(shot)
            continue
        over = after.enter.over if after and after.enter else 0
        fade = max(SHORTEST_FADE, sample_at(over, canvas.fps))
        last = sample_at(end, canvas.fps) + fade
        sounds = tuple(one if one.stays else _within(one, last, fade) for one in shot.sounds)
        found.append(replace(shot, sounds=sounds))
    return tuple(found)


def staying(shots: Sequence[Shot], sounds: Sequence[Played], canvas: Canvas) -> tuple[Shot, ...]:
    """Return the shots with sounds of the whole film, each in the shot in which it begins."""
    if not sounds:
        return tuple(shots)
    whole = sample_at(sum(shot.frames for shot in shots), canvas.fps)
    held = [replace(_within(one, whole, EDGE), stays=True) for one in sounds if one.start < whole]
    found, end = [], 0
    for shot in shots:
        begin, end = end, end + shot.frames
        first, last = sample_at(begin, canvas.fps), sample_at(end, canvas.fps)
        own = tuple(one for one in held if first <= one.start < last)
        found.append(replace(shot, sounds=shot.sounds + own))
    return tuple(found)


def _within(one: Played, last: int, fade: int) -> Played:
    """Return a sound that ends with its shot, or before; what ends by itself has no long fade."""
    most = last - one.start
    if one.until is None or one.until >= most:
        return replace(one, most=most, fade=fade)
    return replace(one, most=one.until, fade=EDGE)
