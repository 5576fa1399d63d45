"""Spec and measured cues → timeline: every time a whole frame or sample. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from renderer.captions import captioned, cautions
from renderer.effects import effects, sounding, staying
from renderer.errors import Problem
from renderer.memory import recalled
from renderer.nouns import Cue, Scene, Spec
from renderer.place import overlaid, placed, shifted
from renderer.playback import heard, longest
from renderer.profile import profile
from renderer.timeline import Canvas, Layer, Shot, Spoken, Timeline, Transition
from renderer.times import SAMPLE_RATE, clock, frame_at, frames_for, half_up, sample_at
from renderer.voice import marks

GAP = Fraction(3, 10)
"""Seconds between two sentences of a scene."""

_SHORTEST = Fraction(3)
_NOTICE = Fraction(3, 2)


@dataclass(frozen=True, slots=True)
class Speech:
    """What is said in a scene: each cue with its start in seconds of the scene, and the marks."""

    cues: tuple[tuple[Cue, Fraction], ...]
    marks: dict[str, Fraction]
    end: Fraction


def plan(spec: Spec, cues: Sequence[Cue]) -> tuple[Timeline, tuple[Problem, ...]]:
    """Return the film's timeline and what is wrong with it; `cues` are those of `spec.lines`."""
    problems: list[Problem] = []
    canvas = Canvas(*spec.size, spec.fps, spec.lang, spec.rtl)
    speeches = list(_speeches(spec, cues))
    bodies = [_body(spec, scene, said) for scene, said in zip(spec.scenes, speeches, strict=True)]
    for scene, said, body in zip(spec.scenes, speeches, bodies, strict=True):
        problems += _too_short(spec, scene, said, body)
    holds = _holds(spec, bodies)
    problems += _missed(spec, bodies, holds)
    shots: list[Shot] = []
    guessed: list[Scene] = []
    shared: list[Scene] = []
    start = 0
    for scene, said, body, hold in zip(spec.scenes, speeches, bodies, holds, strict=True):
        layers, wrong = placed(scene, canvas, body, hold, said.marks)
        enter = _enter(spec, scene) if shots else None
        spoken = _spoken(said, sample_at(start, spec.fps))
        first = sample_at(start, spec.fps)
        sounds, late = effects(scene, body / spec.fps, first, said.marks)
        sounds += heard(scene.layers, layers, first, spec.fps)
        start += body + hold
        read = captioned(scene.captions, said.cues, canvas, body + hold)
        own = scene.id, scene.title, layers, body, hold, enter, spoken
        kinds = scene.captions.export
        shots.append(Shot(*own, read.layers, read.captions, export=kinds, sounds=sounds))
        guessed += [scene] if read.estimated else []
        shared += [scene] if read.shared else []
        problems += wrong + late
    problems += _too_long(spec, start)
    over, wrong = overlaid(spec.overlay, canvas, start)
    named = spec.title, spec.description, spec.author
    sounds = heard(spec.overlay, over, 0, spec.fps)
    whole = staying(sounding(shots, canvas), sounds, canvas)
    film = Timeline(*named, canvas, whole, spec.loudness, spec.music)
    return _under(film, over), (*problems, *wrong, *cautions(guessed, shared))


def _under(film: Timeline, over: Sequence[Layer]) -> Timeline:
    """Return the film with layers over all of its shots; their times are the film's."""
    if not over:
        return film
    pairs = zip(film.shots, film.starts, strict=True)
    return replace(
        film, shots=tuple(replace(s, over=shifted(over, start) + s.over) for s, start in pairs)
    )


def _speeches(spec: Spec, cues: Sequence[Cue]) -> Iterator[Speech]:
    rest = iter(cues)
    for scene in spec.scenes:
        yield _speech(scene, [next(rest) for _ in scene.lines])


def _speech(scene: Scene, cues: Sequence[Cue]) -> Speech:
    """Return the scene's cues one after the other, from its lead on."""
    time, begun, named = scene.lead, [], {}
    for index, (line, cue) in enumerate(zip(scene.lines, cues, strict=True)):
        time += line.pause + (GAP if index else 0)
        begun.append((cue, time))
        for name, milliseconds in marks(cue, line).items():
            named[name] = time + Fraction(milliseconds, 1000)
        time += Fraction(cue.samples, SAMPLE_RATE)
    return Speech(tuple(begun), named, time + scene.closing_pause if cues else Fraction(0))


def _body(spec: Spec, scene: Scene, said: Speech) -> int:
    """Return a scene's length in frames, without its hold; `auto` lengths are rounded up, once."""
    if scene.duration is not None:
        return max(1, frame_at(scene.duration, spec.fps))
    length = said.end + scene.tail if said.cues else _seen(spec, scene)
    return max(1, frames_for(length, spec.fps))


def _seen(spec: Spec, scene: Scene) -> Fraction:
    """Return how long a silent scene lasts: as its longest video, else as it takes to read."""
    reading = _reading(spec, scene)
    return longest(scene.layers, reading) or reading


def _reading(spec: Spec, scene: Scene) -> Fraction:
    """Return how long a silent scene takes to read: 1.5 s and 0.3 s a word (Arabic 0.35 s)."""
    read = {"text", "counter"}
    texts = [str(item.params[item.kind]) for item in scene.layers if item.kind in read]
    words = sum(len(text.split()) for text in texts)
    each = Fraction(35, 100) if spec.rtl else Fraction(3, 10)
    return max(_SHORTEST, _NOTICE + each * words)


def _spoken(said: Speech, start: int) -> tuple[Spoken, ...]:
    return tuple(Spoken(cue, start + half_up(time * SAMPLE_RATE)) for cue, time in said.cues)


def _enter(spec: Spec, scene: Scene) -> Transition | None:
    enter, over = scene.enter, frame_at(scene.enter.over, spec.fps)
    if enter.kind == "cut" or over == 0:
        return None
    made = (enter.kind, over, enter.ease, enter.params)
    return recalled(("enter", over), (scene,), lambda: Transition(*made))


def _too_short(spec: Spec, scene: Scene, said: Speech, body: int) -> Iterator[Problem]:
    length = body / spec.fps
    if said.end > length:
        says = f"scene '{scene.id}' lasts {clock(length)} but its speech ends at {clock(said.end)}"
        yield Problem("too-short", says, scene.place, "lengthen it or write `duration: auto`")
    enter = _enter(spec, scene) if scene is not spec.scenes[0] else None
    if enter and enter.over > body:
        says = f"the transition into '{scene.id}' takes {clock(enter.over / spec.fps)}, longer than"
        yield Problem("too-short", f"{says} the scene, {clock(length)}", scene.place)


def _too_long(spec: Spec, frames: int) -> Iterator[Problem]:
    """Yield the problem of a film that is longer than the profile lets it be."""
    length = frames / spec.fps
    if length > profile().length:
        says = f"the film lasts {clock(length)}; at most {profile().longest} are allowed"
        yield Problem("out-of-range", says, spec.scenes[0].place)


def _holds(spec: Spec, bodies: Sequence[int]) -> list[int]:
    """Return how many frames each scene stands after its body to reach the film's target length.

    What is missing is shared in steps of half a second among the `auto` scenes in proportion to
    their length, by the largest remainder; what is left over goes to the last of them.
    """
    holds = [0] * len(bodies)
    stretch = [index for index, scene in enumerate(spec.scenes) if scene.duration is None]
    missing = frame_at(spec.duration or Fraction(0), spec.fps) - sum(bodies)
    if missing <= 0 or not stretch:
        return holds
    step = max(1, half_up(spec.fps / 2))
    shares = _shared(missing // step, [bodies[index] for index in stretch])
    for index, share in zip(stretch, shares, strict=True):
        holds[index] = share * step
    holds[stretch[-1]] += missing % step
    return holds


def _shared(steps: int, weights: Sequence[int]) -> list[int]:
    """Return whole shares of `steps` in proportion to `weights`, by the largest remainder."""
    exact = [Fraction(steps * weight, sum(weights)) for weight in weights]
    shares = [int(share) for share in exact]
    order = sorted(range(len(exact)), key=lambda index: (shares[index] - exact[index], index))
    for index in order[: steps - sum(shares)]:
        shares[index] += 1
    return shares


def _missed(spec: Spec, bodies: Sequence[int], holds: Sequence[int]) -> Iterator[Problem]:
    if spec.duration is None:
        return
    target, length = frame_at(spec.duration, spec.fps), sum(bodies) + sum(holds)
    says = f"the film lasts {clock(length / spec.fps)}, its target is {clock(spec.duration)}"
    if length > target:
        each = ", ".join(
            f"{scene.id} {float(body / spec.fps):.1f} s"
            for scene, body in zip(spec.scenes, bodies, strict=True)
        )
        yield Problem(
            "too-long", f"{says}: {each}", level="warning", hint="say less, or speak faster"
        )
    elif length < target:
        yield Problem("target-missed", f"{says}, and no scene is `auto`", level="warning")


def only(timeline: Timeline, scenes: Sequence[str]) -> Timeline:
    """Return the part of a film that consists of the named scenes, the first entering by a cut."""
    start = 0
    kept: list[Shot] = []
    for shot, began in zip(timeline.shots, timeline.starts, strict=True):
        if shot.id not in scenes:
            continue
        shift = sample_at(start, timeline.canvas.fps) - sample_at(began, timeline.canvas.fps)
        cues = tuple(replace(spoken, start=spoken.start + shift) for spoken in shot.cues)
        sounds = tuple(replace(one, start=one.start + shift) for one in shot.sounds)
        enter = shot.enter if kept else None
        kept.append(replace(shot, cues=cues, sounds=sounds, enter=enter))
        start += shot.frames
    return replace(timeline, shots=sounding(kept, timeline.canvas))
