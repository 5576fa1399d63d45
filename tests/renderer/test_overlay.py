"""Layers over the whole film: on the film's time, over transitions, in no key where they are not seen."""

from pathlib import Path

import pytest

from renderer import recipes
from renderer.errors import SpecError
from renderer.plan import plan
from renderer.preview.painter import Painter
from renderer.render import Made, Options, compile_spec, render
from renderer.segments import picture_at, segments
from renderer.spec import load
from renderer.store import Store
from renderer.timeline import Segment, Timeline

HEAD = """
version: 1
size: 320x180
voice: {engine: silent}
vars: {channel: Reelspec, empty: ""}
"""
SCENES = """
scenes:
  - {id: one, layers: [{text: First}], duration: 2s}
  - {id: two, layers: [{text: Second}], duration: 2s, transition: {kind: dissolve, over: 400ms}}
  - {id: three, layers: [{text: Third}], duration: 2s, transition: cut}
"""


def planned(folder: Path, overlay: str) -> Timeline:
    path = folder / "film.yaml"
    path.write_text(HEAD + overlay + SCENES, encoding="utf-8")
    spec = load(path)
    timeline, problems = plan(spec, [])
    assert [] == [problem.message for problem in problems]
    return timeline


def made(folder: Path, overlay: str) -> Made:
    path = folder / "film.yaml"
    path.write_text(HEAD + overlay + SCENES, encoding="utf-8")
    return render(path, folder / "film.mp4", Options())


def over(segment: Segment) -> list[str]:
    return [str(layer.params.get("text", layer.kind)) for layer in segment.over]


def test_an_overlay_lies_over_every_scene_and_transition(tmp_path: Path) -> None:
    timeline = planned(tmp_path, "overlay: [{text: '{{ channel }}', position: top-end}]")

    assert [["Reelspec"]] * 4 == [over(each) for each in segments(timeline)]


def test_its_times_are_those_of_the_film(tmp_path: Path) -> None:
    timeline = planned(tmp_path, "overlay: [{text: Live, at: 50%, until: end - 1s}]")

    found = [(each.name, each.frames, over(each)) for each in segments(timeline)]

    assert [
        ("one", 60, []),
        ("one → two", 12, []),
        ("two", 18, []),
        ("two", 30, ["Live"]),
        ("three", 30, ["Live"]),
        ("three", 30, []),
    ] == found


def test_it_is_in_no_key_where_it_is_not_seen(tmp_path: Path) -> None:
    without = planned(tmp_path, "")
    late = planned(tmp_path, "overlay: [{text: Live, at: 4s}]")

    one, other = (
        [recipes.segment(each).key for each in segments(film)] for film in (without, late)
    )

    assert one[:-1] == other[:-1]
    assert one[-1] != other[-1]


def test_a_layer_that_stands_on_another_keeps_it(tmp_path: Path) -> None:
    timeline = planned(
        tmp_path,
        "overlay:\n"
        "  - {text: early, until: 1s}\n"
        "  - {text: name, name: name, position: bottom, until: 1s}\n"
        "  - {text: role, below: name, for: 3s}\n",
    )

    last = picture_at(timeline, 75)[0]

    assert ["name", "role"] == over(last)
    assert 0 == last.over[1].stack.target  # type: ignore[union-attr]


def test_what_moves_in_an_overlay_goes_on_from_scene_to_scene(tmp_path: Path) -> None:
    timeline = planned(
        tmp_path, "overlay: [{counter: '{}', from: 0, to: 100, over: 3s, at: 500ms}]"
    )

    moving = [
        (each.name, each.first, each.over[0].moves) for each in segments(timeline) if not each.still
    ]

    assert [("one", 15, (15, 105)), ("one → two", 0, (-45, 45)), ("two", 12, (-45, 45))] == moving


def test_a_layer_whose_when_is_empty_is_left_out(tmp_path: Path) -> None:
    timeline = planned(tmp_path, "overlay: [{text: x, when: '{{ empty }}'}, {text: y}]")

    assert ["y"] == over(segments(timeline)[0])


def test_an_overlay_costs_one_still_a_scene_and_a_later_edit_nothing_before_it(
    tmp_path: Path,
) -> None:
    first = made(tmp_path, "overlay: [{text: Live, position: top, at: 4s}]")
    second = made(tmp_path, "overlay: [{text: Life, position: top, at: 4s}]")

    assert (4, 1) == (first.encoded, second.encoded)


@pytest.mark.parametrize(
    ("overlay", "code", "line"),
    [
        ("overlay: [{text: x, at: mark}]", "unknown-mark", 6),
        ("overlay: [{text: x, at: end - 1s, until: 1s}]", "never-shown", 6),
        ("overlay: [{text: x, below: nothing}]", "unknown-name", 6),
        ("overlay: [{tekst: x}]", "unknown-key", 6),
        ("overlay: [{text: '{{ nobody }}'}]", "unknown-name", 6),
        ("overlay: {text: x}", "wrong-type", 6),
    ],
)
def test_what_is_wrong_in_an_overlay_is_told_with_its_line(
    tmp_path: Path, overlay: str, code: str, line: int
) -> None:
    path = tmp_path / "film.yaml"
    path.write_text(HEAD + overlay + SCENES, encoding="utf-8")
    options = Options()

    with pytest.raises(SpecError) as caught:
        compile_spec(path, options, options.open_store(path))

    assert [(code, line)] == [(p.code, p.place and p.place.line) for p in caught.value.problems]


def test_the_preview_finds_its_layers_where_they_are_in_a_frame(tmp_path: Path) -> None:
    track = "{from: 100, to: 220, at: 0, over: 4s, ease: linear}"
    track = track.replace("100", "[100, 20]").replace("220", "[220, 20]")
    layer = f"{{shape: rect, name: dot, width: 20, height: 20, animate: {{position: {track}}}}}"
    timeline = planned(tmp_path, f"overlay: [{layer}]")
    painter = Painter(Store(tmp_path / "store"))

    try:
        found = [painter.spots(timeline, frame) for frame in (0, 60, 66)]
    finally:
        painter.close()

    assert [["fill", "text", "dot"], ["fill", "text", "fill", "text", "dot"]] == [
        [spot.layer.name or spot.layer.kind for spot in found[number]] for number in (0, 2)
    ]
    assert [90, 150] == [found[number][-1].box[0] for number in (0, 1)]
