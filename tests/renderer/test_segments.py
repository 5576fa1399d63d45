"""How a film is cut into files: whole, at fixed local frames, stills told apart by what they show."""

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import get_args

from renderer import recipes
from renderer.media.standing import Way
from renderer.motion import Key, Motion
from renderer.segments import CHUNK, picture_at, runs, segments
from renderer.timeline import Canvas, Layer, Segment, Shot, Stack, Timeline, Transition

CANVAS = Canvas(320, 180, Fraction(30), "en", rtl=False)
BACK = Layer("fill", {"fill": "#000000ff"})


def text(words: str, first: int = 0, last: int | None = None) -> Layer:
    return Layer("text", {"text": words}, first=first, last=last)


def film(*shots: Shot) -> Timeline:
    return Timeline("t", "", "", CANVAS, shots, -16.0)


def shape(found: tuple[Segment, ...]) -> list[tuple[str, int, bool]]:
    return [(one.name, one.frames, one.still) for one in found]


def test_a_standing_shot_is_one_still_with_its_hold() -> None:
    shot = Shot("a", "A", (BACK, text("x")), body=90, hold=45)

    assert [("a", 135, True)] == shape(segments(film(shot)))


def test_a_layer_that_comes_and_goes_cuts_the_shot() -> None:
    shot = Shot("a", "A", (BACK, text("x", first=30, last=60)), body=100)

    assert [("a", 30, True), ("a", 30, True), ("a", 40, True)] == shape(segments(film(shot)))


def test_a_transition_plays_over_the_first_frames_of_the_shot_that_enters() -> None:
    first = Shot("a", "A", (BACK,), body=50)
    second = Shot("b", "B", (BACK, text("x")), body=60, enter=Transition("dissolve", 12))

    found = segments(film(first, second))

    assert [("a", 50, True), ("a → b", 12, False), ("b", 48, True)] == shape(found)
    assert 110 == sum(one.frames for one in found)


def test_a_long_transition_is_cut_at_fixed_frames() -> None:
    first = Shot("a", "A", (BACK,), body=50)
    second = Shot("b", "B", (BACK,), body=300, enter=Transition("dissolve", 200))

    moving = [one for one in segments(film(first, second)) if not one.still]

    assert [(0, CHUNK), (CHUNK, CHUNK), (2 * CHUNK, 20)] == [(m.first, m.frames) for m in moving]


def test_beyond_its_end_a_shot_stands_as_it_was_in_its_last_frame() -> None:
    leaving = Shot("a", "A", (BACK, text("early", last=10), text("late", first=20)), body=40)
    entering = Shot("b", "B", (BACK,), body=40, enter=Transition("dissolve", 10))

    overlap = segments(film(leaving, entering))[-2]

    assert ["fill", "late"] == [one.params.get("text", one.kind) for one in overlap.behind]


def test_a_layer_that_another_hangs_on_is_kept_though_it_is_not_seen() -> None:
    below = Layer("text", {"text": "b"}, stack=Stack("below", 1, 4.0))
    shot = Shot("a", "A", (text("gone", last=0), text("later", first=50), below), body=100)

    first = segments(film(shot))[0]

    assert [("later", 0, 0), ("b", 0, None)] == [
        (one.params["text"], one.first, one.last) for one in first.layers
    ]
    assert 0 == first.layers[1].stack.target  # type: ignore[union-attr]


def test_a_stills_key_does_not_depend_on_its_length_or_scene() -> None:
    short = segments(film(Shot("a", "A", (BACK,), body=600)))[0]
    longer = segments(film(Shot("b", "B", (BACK,), body=6000)))[0]

    assert recipes.segment(short).key == recipes.segment(longer).key


def test_moving_a_mark_leaves_the_key_of_what_stays_seen() -> None:
    def last(first: int) -> Segment:
        return segments(film(Shot("a", "A", (BACK, text("x", first=first)), body=300)))[-1]

    assert recipes.segment(last(60)).key == recipes.segment(last(90)).key


def test_each_frame_of_the_film_has_its_segment() -> None:
    first = Shot("a", "A", (BACK,), body=50)
    second = Shot("b", "B", (BACK,), body=60, enter=Transition("dissolve", 12))
    whole = film(first, second)

    found = [
        (picture_at(whole, at)[0].name, picture_at(whole, at)[1]) for at in (0, 49, 50, 61, 62)
    ]

    assert [("a", 0), ("a", 49), ("a → b", 0), ("a → b", 11), ("b", 0)] == found
    assert ("b", 47) == (picture_at(whole, 999)[0].name, picture_at(whole, 999)[1])


def counter(moves: tuple[int, int], first: int = 0, last: int | None = None) -> Layer:
    return Layer("counter", {"counter": "{}"}, first=first, last=last, moves=moves)


def test_a_layer_that_moves_is_cut_out_of_the_stills_around_it() -> None:
    shot = Shot("a", "A", (BACK, counter((30, 70), first=30)), body=100)

    found = segments(film(shot))

    assert [("a", 30, True), ("a", 40, False), ("a", 30, True)] == shape(found)
    assert (30, (30, 70)) == (found[1].first, found[1].layers[1].moves)
    assert (0, (-40, 0)) == (found[2].first, found[2].layers[1].moves)


def test_motion_that_is_hidden_is_still() -> None:
    shot = Shot("a", "A", (BACK, counter((0, 50), last=20)), body=100)

    assert [(20, False), (30, True), (50, True)] == [
        (one.frames, one.still) for one in segments(film(shot))
    ]


def test_long_motion_is_cut_at_fixed_frames_of_the_shot() -> None:
    shot = Shot("a", "A", (BACK, counter((20, 250), first=20)), body=300)

    moving = [one for one in segments(film(shot)) if not one.still]

    assert [(20, 70), (90, 90), (180, 70)] == [(one.first, one.frames) for one in moving]


def test_what_stands_after_its_motion_has_one_key_wherever_it_stands() -> None:
    def last(begin: int) -> Segment:
        layer = counter((begin, begin + 30), first=begin)
        return segments(film(Shot("a", "A", (BACK, layer), body=300)))[-1]

    assert recipes.segment(last(20)).key == recipes.segment(last(110)).key


def coming(over: int, first: int = 0) -> Layer:
    return replace(text("x", first=first), enter=Motion("rise", first, first + over, "out"))


def test_what_comes_and_goes_moves_then_and_stands_between() -> None:
    going = replace(coming(10), exit=Motion("fade", 50, 60, "in"), last=60)
    shot = Shot("a", "A", (BACK, going), body=80)

    assert [("a", 10, False), ("a", 40, True), ("a", 10, False), ("a", 20, True)] == shape(
        segments(film(shot))
    )


def test_another_way_to_come_leaves_the_stills_after_it() -> None:
    one, two = (
        [recipes.segment(part).key for part in segments(film(Shot("a", "A", (BACK, layer), 90)))]
        for layer in (coming(12), replace(coming(12), enter=Motion("drop", 0, 12, "out-back")))
    )

    assert (True, False) == (one[1:] == two[1:], one[0] == two[0])


def test_each_part_of_a_motion_is_in_the_key_of_its_frames_alone() -> None:
    first = Motion("slide", 20, 40, "out", (-1.0, 0.0))
    changes = {"kind": "wipe", "ease": "in", "origin": (1.0, 0.0)}

    def keys(motion: Motion) -> list[str]:
        layer = replace(text("x", first=20), enter=motion)
        return [
            recipes.segment(one).key for one in segments(film(Shot("a", "A", (BACK, layer), 90)))
        ]

    changed = {
        name: [
            a == b for a, b in zip(keys(first), keys(replace(first, **{name: value})), strict=True)
        ]
        for name, value in changes.items()
    }
    assert {key: [True, False, True] for key in changes} == changed


def animated(**tracks: tuple[Key, ...]) -> Layer:
    return replace(text("x"), animate=tracks)


def test_between_its_keys_a_value_moves_and_else_it_is_simply_the_layers_own() -> None:
    layer = animated(opacity=(Key(20, (0.5,)), Key(40, (1.0,)), Key(60, (1.0,)), Key(70, (0.0,))))

    found = segments(film(Shot("a", "A", (BACK, layer), body=90)))

    assert [(20, True), (20, False), (20, True), (10, False), (20, True)] == [
        (one.frames, one.still) for one in found
    ]
    assert [0.5, 1.0, 0.0] == [one.layers[1].opacity for one in found if one.still]
    assert [{}] * 3 == [one.layers[1].animate for one in found if one.still]


def test_a_key_far_from_the_frames_of_a_segment_is_not_in_its_recipe() -> None:
    def second(last: float) -> str:
        layer = animated(
            rotate=(Key(0, (0.0,)), Key(30, (9.0,)), Key(60, (9.0,)), Key(80, (last,)))
        )
        return recipes.segment(segments(film(Shot("a", "A", (BACK, layer), body=90)))[0]).key

    assert second(1.0) == second(2.0)


def test_what_hangs_on_a_layer_that_travels_moves_though_that_is_not_seen() -> None:
    track = (Key(10, (0.0, 0.0, 0.0, 0.0)), Key(30, (9.0, 0.0, 0.0, 0.0)))
    below = Layer("text", {"text": "b"}, stack=Stack("below", 0, 4.0))
    shot = Shot("a", "A", (replace(animated(position=track), last=0), below), body=60)

    assert [(10, True), (20, False), (30, True)] == [
        (one.frames, one.still) for one in segments(film(shot))
    ]


def drifting(hold: int) -> Shot:
    back = replace(BACK, moves=(0, 50 if hold else None), pace=50)
    return Shot("a", "A", (back,), body=50, hold=hold)


def test_what_drifts_goes_on_while_its_scene_leaves() -> None:
    after = Shot("b", "B", (BACK,), body=60, enter=Transition("dissolve", 12))

    overlap = segments(film(drifting(hold=0), after))[1]

    assert ((-50, None), 50) == (overlap.behind[0].moves, overlap.behind[0].pace)


def test_what_drifts_stands_where_the_hold_begins() -> None:
    found = segments(film(drifting(hold=20)))

    assert [(50, False), (20, True)] == [(one.frames, one.still) for one in found]
    assert (-50, 0) == found[1].layers[0].moves


def test_what_went_by_a_motion_is_gone_beyond_the_end() -> None:
    gone = replace(text("x"), last=40, exit=Motion("fade", 30, 40, "in"))
    after = Shot("b", "B", (BACK,), body=60, enter=Transition("dissolve", 12))

    overlap = segments(film(Shot("a", "A", (BACK, gone), body=40), after))[2]

    assert ["fill"] == [one.kind for one in overlap.behind]


def test_an_animation_stands_at_its_last_value_beyond_the_end() -> None:
    layer = animated(scale=(Key(0, (1.0,)), Key(40, (2.0,))))
    after = Shot("b", "B", (BACK,), body=60, enter=Transition("dissolve", 12))

    overlap = segments(film(Shot("a", "A", (BACK, layer), body=40), after))[1]

    assert (2.0, {}) == (overlap.behind[1].scale, overlap.behind[1].animate)


def test_a_picture_is_shaded_alike_before_its_text_comes_and_while_it_is_there() -> None:
    shaded = Layer("image", {"scrim": True})
    shot = Shot("a", "A", (BACK, shaded, text("x", first=30, last=60)), body=90)

    found = segments(film(shot))

    assert [3, 3, 3] == [len(one.layers) for one in found]
    assert [0, None, 0] == [one.layers[2].last for one in found]


def marks(name: str, lengths: list[int], first: int = 0) -> Shot:
    """Return a shot whose text changes after so many frames each."""
    ends = [first + sum(lengths[: index + 1]) for index in range(len(lengths))]
    spans = pairwise([first, *ends])
    layers = [text(f"{name}{n}", first=a, last=b) for n, (a, b) in enumerate(spans)]
    return Shot(name, name, (BACK, *layers), body=ends[-1])


def lengths(parts: Iterable[Segment]) -> list[list[int]]:
    return [[state.frames for state in part.states or (part,)] for part in parts]


def test_short_stills_that_follow_one_another_are_a_run() -> None:
    shots = marks("a", [20, 30, 40, 10, 95, 5]), marks("b", [30, 10])

    found = list(runs(segments(film(*shots))))

    assert [[20, 30, 40], [10], [95], [5], [30, 10]] == lengths(found)
    assert [(90, False), (10, True)] == [(one.frames, one.still) for one in found[:2]]


def test_a_run_keeps_its_key_wherever_it_lies() -> None:
    plain = list(runs(segments(film(marks("a", [20, 30])))))
    later = list(runs(segments(film(marks("a", [20, 30], first=100)))))
    other = list(runs(segments(film(marks("a", [20, 31])))))

    assert recipes.segment(plain[0]).key == recipes.segment(later[1]).key
    assert recipes.segment(plain[0]).key != recipes.segment(other[0]).key


def test_how_runs_are_coded_is_in_the_keys_of_runs_alone() -> None:
    still, run = Shot("a", "A", (BACK,), body=100), marks("b", [20, 30])
    entering = Shot("c", "C", (BACK, text("x")), body=40, enter=Transition("dissolve", 40))

    skip, gop = (recipes.whole(film(still, run, entering), way) for way in get_args(Way))
    shared = [
        one.key == other.key for (_, one), (_, other) in zip(skip.parts, gop.parts, strict=True)
    ]

    assert [True, False, True] == shared
    assert skip.sound.key == gop.sound.key
    assert skip.film.key != gop.film.key
    assert recipes.whole(film(still, run, entering)).film.key in (skip.film.key, gop.film.key)


def test_a_film_without_runs_is_the_same_in_both_ways() -> None:
    moved = Layer("text", {"text": "x"}, enter=Motion("fade", 0, 30, "linear"))
    shot = Shot("a", "A", (BACK, moved), body=60)

    assert [False, True] == [part.still for part in segments(film(shot))]
    assert 1 == len({recipes.whole(film(shot), way).film.key for way in get_args(Way)})


def test_a_run_is_told_apart_by_every_kind_of_layer_in_it() -> None:
    square = Layer("shape", {"shape": "rect"}, first=20, last=40)
    shot = Shot("a", "A", (BACK, text("x"), square), body=40)

    (run,) = runs(segments(film(shot)))

    assert {"layers.fill", "layers.text", "layers.shape"} <= set(recipes.segment(run).code)
