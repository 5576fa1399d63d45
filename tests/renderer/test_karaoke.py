"""Painted captions: the word in the accent is the one that is heard, and nothing else moves."""

import random
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from renderer import text
from renderer.film import film
from renderer.paint import layout, paint, rgb
from renderer.paint.looks import luminance
from renderer.paths import templates
from renderer.render import Options, compile_spec, render
from renderer.segments import picture_at, segments
from renderer.source import read
from renderer.store import Store
from renderer.text.shaping import ink
from renderer.timeline import Layer, Timeline

HEAD = "version: 1\nsize: 640x360\ncaptions: karaoke\n"
ENGLISH = "lang: en\nscenes:\n  - say: In one hour, more sunlight reaches the Earth than the world uses in a year. That is all of it.\n"
ARABIC = "lang: ar\nscenes:\n  - say: في ساعة واحدة يصل إلى الأرض من ضوء الشمس، كما تقول NASA و ESA معا، ما يقارب حاجة العالم.\n"
THEMES = sorted(path.stem for path in templates("themes").glob("*.yaml"))


def planned(folder: Path, spec: str) -> Timeline:
    path = folder / "film.yaml"
    path.write_text(spec, encoding="utf-8")
    options = Options()
    return compile_spec(path, options, options.open_store(path)).timeline


def heard(timeline: Timeline, frame: int) -> str:
    """Return the word that is spoken at a frame's beginning, by the voice's own times."""
    at = Fraction(frame) / timeline.canvas.fps
    for said in timeline.cues:
        begin = Fraction(said.start, 48_000)
        end = begin + Fraction(said.cue.samples, 48_000)
        spoken = [w for w in said.cue.words if begin + Fraction(w.start, 1000) <= at < end]
        if spoken:
            return said.cue.text[spoken[-1].first : spoken[-1].last]
    return ""


def accented(picture: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Return where a picture of the theme midnight has its accent, an orange."""
    red, blue = picture[..., 0].astype(int), picture[..., 2].astype(int)
    return np.asarray(red - blue > 45)


def caption(timeline: Timeline, frame: int) -> Layer:
    segment, _ = picture_at(timeline, frame)
    (layer,) = [one for one in segment.over if one.last != 0]
    return layer


def extent(layer: Layer, timeline: Timeline, word: int) -> tuple[str, float, float]:
    """Return a word's letters as they are laid out, and the left and right of their ink."""
    (box,) = layout([layer], timeline.canvas)
    rows = text.layout(layer.params, (box.width, box.height)).rows
    room, found = (layer.params["background"]["padding"], [])
    for row in rows:
        left = box.x + room + (box.width - 2 * room - row.width) / 2
        for placed in row.runs:
            if placed.run.word == word:
                edges = ink(placed.run)
                at = left + placed.x
                found.append((at + edges[0], at + edges[2], placed.run.text))
    return "".join(part[2] for part in found), min(f[0] for f in found), max(f[1] for f in found)


def decoded(path: Path) -> list[NDArray[np.uint8]]:
    """Return every picture of a film as RGB."""
    with av.open(str(path)) as film:
        return [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]


def where(layer: Layer, timeline: Timeline) -> dict[tuple[int, int], str]:
    """Return the line and the middle of each word of a caption → the word as it is written."""
    words = layer.params["caption"]["words"]
    (box,) = layout([layer], timeline.canvas)
    rows = text.layout(layer.params, (box.width, box.height)).rows
    found = {}
    for number, (first, last) in enumerate(words):
        line = next(i for i, row in enumerate(rows) if any(p.run.word == number for p in row.runs))
        _, left, right = extent(layer, timeline, number)
        found[line, round((left + right) / 2)] = layer.params["text"][first:last]
    return found


def marked(picture: NDArray[np.uint8], layer: Layer, timeline: Timeline) -> str:
    """Return the word of a caption that a picture shows in the accent, found by its pixels."""
    rows, columns = np.nonzero(accented(picture))
    if not len(rows):
        return ""
    (box,) = layout([layer], timeline.canvas)
    lines = len(layer.params["caption"]["lines"])
    line = int((rows.mean() - box.y) / box.height * lines)
    middle = (int(columns.min()) + int(columns.max()) + 1) / 2
    near = {
        abs(at - middle): word for (on, at), word in where(layer, timeline).items() if on == line
    }
    assert min(near) < 4
    return near[min(near)]


@pytest.mark.parametrize("scene", [ENGLISH, ARABIC], ids=["en", "ar"])
def test_the_finished_film_marks_the_word_that_is_heard(tmp_path: Path, scene: str) -> None:
    spec = tmp_path / "film.yaml"
    spec.write_text(HEAD + scene, encoding="utf-8")
    made = render(spec, tmp_path / "film.mp4", Options())
    timeline, pictures = made.compiled.timeline, decoded(made.path)
    chance = random.Random(7)
    first, last = timeline.shots[0].captions[0].first, timeline.shots[0].captions[-1].last

    for frame in (chance.randrange(first + 1, last) for _ in range(20)):
        # A frame shows what is heard nearest to its beginning, half a frame to each side.
        near = {heard(timeline, frame - 1), heard(timeline, frame), heard(timeline, frame + 1)}
        assert marked(pictures[frame], caption(timeline, frame), timeline) in near


def test_words_of_mixed_directions_are_marked_where_they_stand(tmp_path: Path) -> None:
    timeline = planned(tmp_path, HEAD + ARABIC)
    layers = [one for one in timeline.shots[0].over if "NASA" in one.params["text"]]
    where = {}
    for layer in layers:
        number = layer.params["caption"]["marked"]
        if number is not None:
            a, b = layer.params["caption"]["words"][number]
            where[layer.params["text"][a:b]] = extent(layer, timeline, number)

    assert where["تقول"][1] > where["NASA"][2] > where["NASA"][1] > where["و"][2]
    assert where["و"][1] > where["ESA"][2] > where["ESA"][1] > where["معا،"][2]


@pytest.mark.parametrize("scene", [ENGLISH, ARABIC], ids=["en", "ar"])
def test_nothing_moves_while_words_are_marked(tmp_path: Path, scene: str) -> None:
    timeline = planned(tmp_path, HEAD + scene)
    pages: dict[str, list[Layer]] = {}
    for layer in timeline.shots[0].over:
        pages.setdefault(layer.params["text"], []).append(layer)

    for layers in pages.values():
        (box,) = layout(layers[:1], timeline.canvas)
        drawn = [text.draw(layer.params, (box.width, box.height)) for layer in layers]
        assert [drawn[0][1]] * len(drawn) == [offset for _, offset in drawn]
        assert [] == [
            at for at, (p, _) in enumerate(drawn) if (p[..., 3] != drawn[0][0][..., 3]).any()
        ]
        assert 1 < len({pixels.tobytes() for pixels, _ in drawn})


def test_letters_of_words_that_may_be_marked_join_as_ever(tmp_path: Path) -> None:
    timeline = planned(tmp_path, HEAD + ARABIC)
    layer = timeline.shots[0].over[0]
    whole = {**layer.params, "caption": {**layer.params["caption"], "words": [], "marked": None}}
    (box,) = layout([layer], timeline.canvas)

    apart, together = (
        text.draw(params, (box.width, box.height))[0][..., :3].astype(float).sum()
        for params in (
            {**layer.params, "caption": {**layer.params["caption"], "marked": None}},
            whole,
        )
    )

    assert abs(apart / together - 1) < 0.01


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("scene", [ENGLISH, ARABIC], ids=["en", "ar"])
def test_two_lines_stand_in_the_lower_fifth_within_the_safe_area(
    tmp_path: Path, theme: str, scene: str
) -> None:
    for size in ("1920x1080", "1080x1080", "1080x1920"):
        spec = (
            f"theme: {theme}\nvoice: {{engine: silent}}\n" + HEAD.replace("640x360", size) + scene
        )
        timeline = planned(tmp_path, spec)
        canvas = timeline.canvas
        for layer, box in zip(
            timeline.shots[0].over, layout(timeline.shots[0].over, canvas), strict=True
        ):
            room = layer.params["background"]["padding"]
            assert box.x + room >= 0.05 * canvas.width - 1
            assert box.x + box.width - room <= 0.95 * canvas.width + 1
            assert box.y + box.height - room <= 0.95 * canvas.height + 1
            assert box.y + room >= 0.8 * canvas.height - 1


def over(colour: str, below: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return a colour as `#rrggbbaa` over another."""
    red, green, blue, alpha = bytes.fromhex(colour[1:])
    share = alpha / 255
    return np.array([red, green, blue]) * share + below * (1 - share)


def ratio(one: NDArray[np.float64], two: NDArray[np.float64]) -> float:
    light, dark = sorted(float(luminance(c[None].astype(np.float32))[0]) for c in (one, two))[::-1]
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_captions_can_be_read_over_any_picture(tmp_path: Path, theme: str) -> None:
    spec = f"theme: {theme}\nvoice: {{engine: silent}}\n" + HEAD
    karaoke = planned(tmp_path, spec + ENGLISH).shots[0].over[0].params
    lines = planned(tmp_path, (spec + ENGLISH).replace("karaoke", "lines")).shots[0].over[0].params

    for grey in (0, 64, 128, 192, 255):
        box = over(lines["background"]["color"], np.full(3, float(grey)))
        assert 7 <= ratio(over(lines["color"], box), box)
        assert 4.5 <= ratio(over(karaoke["color"], box), box)
        assert 4.5 <= ratio(over(karaoke["accent"], box), box)
        assert lines["color"] != karaoke["accent"] or karaoke["color"] != karaoke["accent"]


def test_every_theme_says_how_captions_look() -> None:
    styles = [read(templates("themes") / f"{name}.yaml").data["styles"] for name in THEMES]

    assert [True] * 6 == ["background" in each["caption"] for each in styles]


SCENES = """voice: {engine: silent}
scenes:
  - {id: one, say: One two three., tail: 0s}
  - {id: two, say: Four five six., lead: 0s, transition: {kind: dissolve, over: 1s}}
"""


def test_over_a_transition_only_the_scene_that_enters_has_captions(tmp_path: Path) -> None:
    timeline = planned(tmp_path, HEAD + SCENES)
    (overlap,) = [part for part in segments(timeline) if part.transition]

    shown = [one.params["text"] for one in overlap.over]
    begin, end = (rgb(paint(*picture_at(timeline, 45 + at))) for at in (0, 11))

    assert {"Four five six."} == set(shown)
    assert (begin[300:, 250:390] == end[300:, 250:390]).all()


def test_moviepy_shows_the_same_captions(tmp_path: Path) -> None:
    timeline = planned(tmp_path, HEAD + SCENES)

    clip = film(timeline, Store(tmp_path / "store"))
    shown = clip.get_frame(20 / 30)
    clip.close()

    assert np.abs(shown.astype(int) - rgb(paint(*picture_at(timeline, 20))).astype(int)).max() <= 1
    assert accented(shown).any()
