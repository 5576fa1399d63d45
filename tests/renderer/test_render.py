"""The whole pipeline on small films: exact lengths, nothing made twice, an edit costs what it touches."""

from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import get_args

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from renderer import history, touched
from renderer.errors import SpecError, UsageError
from renderer.media.standing import Way
from renderer.render import Made, Options, compile_spec, render
from renderer.work import Crew

SIX = """
version: 1
size: 320x180
voice: {engine: silent}
defaults: {scene: {transition: {kind: dissolve, over: 400ms}}}
scenes:
  - {id: one, text: First, say: One two three.}
  - {id: two, text: Second, say: Four five six.}
  - {id: three, text: Third, say: Seven eight nine.}
  - {id: four, text: Fourth, say: Ten eleven twelve.}
  - {id: five, text: Fifth, say: Thirteen fourteen.}
  - {id: six, text: Sixth, say: Fifteen sixteen.}
"""


def made(folder: Path, spec: str = SIX, **options: object) -> Made:
    path = folder / "film.yaml"
    path.write_text(spec, encoding="utf-8")
    return render(path, folder / "film.mp4", Options(**options))  # type: ignore[arg-type]


def decoded(path: Path) -> tuple[int, int]:
    """Return how many frames and samples a film gives when all of it is decoded."""
    with av.open(str(path)) as container:
        frames = sum(1 for _ in container.decode(video=0))
    with av.open(str(path)) as container:
        samples = sum(frame.samples for frame in container.decode(audio=0))
    return frames, samples


def lumas(path: Path) -> list[NDArray[np.uint8]]:
    with av.open(str(path)) as film:
        height = film.streams.video[0].height
        return [frame.to_ndarray()[:height] for frame in film.decode(video=0)]


def test_a_film_has_the_frames_and_the_sound_of_its_scenes(tmp_path: Path) -> None:
    film = made(tmp_path)

    frames, samples = decoded(film.path)

    # A scene of three words: 0.3 s lead, 1.2 s of silence for them, 0.5 s tail; two words 0.4 s less.
    assert 4 * 60 + 2 * 48 == frames == film.compiled.timeline.frames
    assert 0 <= samples - frames * 1600 < 1024


def test_the_second_render_makes_nothing_and_gives_the_same_bytes(tmp_path: Path) -> None:
    first = made(tmp_path)
    before = first.path.read_bytes()

    second = made(tmp_path)

    assert (12, 12, 0) == (first.segments, first.encoded, second.encoded)
    assert before == second.path.read_bytes()


def test_a_new_store_gives_the_same_bytes(tmp_path: Path) -> None:
    first = made(tmp_path).path.read_bytes()

    again = made(tmp_path, cache=False, processes=1)

    assert (12, first) == (again.encoded, again.path.read_bytes())


def test_one_word_changed_encodes_the_scene_and_its_overlaps(tmp_path: Path) -> None:
    made(tmp_path)

    edited = made(tmp_path, SIX.replace("text: Third", "text: Thirds"))

    assert 3 == edited.encoded


def test_what_is_begun_before_the_film_is_known_to_its_end_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []
    ahead = Crew.ahead
    monkeypatch.setattr(
        Crew, "ahead", lambda crew, *asked: (begun.append(asked[1].name), ahead(crew, *asked))
    )
    monkeypatch.setattr(touched, "touched", lambda *_: frozenset())
    made(tmp_path)

    edited = made(tmp_path, SIX.replace("text: Sixth", "text: Last"))

    assert (["segment 'five → six'"], 2) == (begun, edited.encoded)
    whole = edited.path.read_bytes()
    again = made(tmp_path, SIX.replace("text: Sixth", "text: Last"), cache=False)
    assert (12, whole) == (again.encoded, again.path.read_bytes())


def test_why_names_what_an_edit_touches_and_how(tmp_path: Path) -> None:
    made(tmp_path)
    path = tmp_path / "film.yaml"
    path.write_text(SIX.replace("text: Third", "text: Thirds"), encoding="utf-8")
    options = Options()
    store = options.open_store(path)

    lines = history.reasons(store, path, compile_spec(path, options, store).timeline)

    named = [line.split(",")[0] for line in lines]
    assert ["two → three", "three", "three → four"] == named
    assert 3 == sum('text "Third" → "Thirds"' in line for line in lines)


@pytest.mark.parametrize(("form", "reached"), [("mp4", "join"), ("gif", "frames")])
def test_a_render_that_is_cut_off_is_not_what_the_next_why_goes_by(
    tmp_path: Path, form: str, reached: str
) -> None:
    path = tmp_path / "film.yaml"
    path.write_text(SIX, encoding="utf-8")
    options = Options(format=form)
    kept = history.note(options.open_store(path), path, "")

    def cut_off(stage: str, done: int, whole: int) -> None:
        if stage == reached:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        render(path, tmp_path / "film", options, cut_off)
    assert not kept.exists()

    render(path, tmp_path / "film", options)
    assert kept.exists()


def test_a_target_is_met_exactly_by_holds(tmp_path: Path) -> None:
    film = made(tmp_path, SIX + "duration: 20s\n")

    assert 600 == decoded(film.path)[0]
    assert 600 - 336 == sum(shot.hold for shot in film.compiled.timeline.shots)


def test_a_growing_hold_encodes_nothing_but_the_sound(tmp_path: Path) -> None:
    made(tmp_path, SIX + "duration: 20s\n")

    assert 0 == made(tmp_path, SIX + "duration: 30s\n").encoded


def test_at_29_97_frames_a_second_sound_and_picture_end_together(tmp_path: Path) -> None:
    film = made(tmp_path, SIX + 'fps: "30000/1001"\n')

    frames, samples = decoded(film.path)

    assert frames == film.compiled.timeline.frames
    assert 0 <= samples - frames * Fraction(1001 * 48_000, 30_000) < 1024


def test_what_stands_is_shown_alike_in_both_ways_of_coding_it(tmp_path: Path) -> None:
    spec = SIX + "captions: karaoke\n"
    skip, gop = (lumas(made(tmp_path, spec, still=way).path) for way in get_args(Way))

    apart = [abs(one.astype(int) - two) for one, two in zip(skip, gop, strict=True)]
    runs = [[(a != b).any() for a, b in pairwise(film)] for film in (skip, gop)]

    assert len(skip) > 300
    assert max(each.mean() for each in apart) < 0.5
    assert runs[0] == runs[1]


def test_some_scenes_alone_make_a_film_of_their_own(tmp_path: Path) -> None:
    film = made(tmp_path, scenes=("two", "four"))

    assert (["two", "four"], 120) == (
        [shot.id for shot in film.compiled.timeline.shots],
        decoded(film.path)[0],
    )


def test_a_scene_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as raised:
        made(tmp_path, scenes=("thre",))

    assert "did you mean 'three'?" == raised.value.problems[0].hint


def test_a_scene_shorter_than_its_speech_is_an_error_at_its_line(tmp_path: Path) -> None:
    with pytest.raises(SpecError) as raised:
        made(tmp_path, SIX.replace("say: Four five six.", "say: Four five six., duration: 1s"))

    problem = raised.value.problems[0]
    assert ("too-short", 8) == (problem.code, problem.place and problem.place.line)
    assert not (tmp_path / "film.mp4").exists()


def test_too_much_speech_for_the_target_is_a_warning_with_each_scene(tmp_path: Path) -> None:
    film = made(tmp_path, SIX + "duration: 5s\n")

    warning = film.compiled.warnings[0]
    assert ("too-long", "warning") == (warning.code, warning.level)
    assert "one 2.0 s, two 2.0 s" in warning.message


def test_marks_bring_layers_at_the_frame_of_their_word(tmp_path: Path) -> None:
    spec = """
version: 1
size: 320x180
voice: {engine: silent}
scenes:
  - say: One two [[now]] three four.
    layers:
      - {text: Late, at: now}
      - {text: Later, at: now + 500ms, for: 200ms}
"""
    layers = made(tmp_path, spec).compiled.timeline.shots[0].layers

    # 0.3 s lead and two words of 0.4 s: frame 33.
    assert [(33, None), (48, 54)] == [(one.first, one.last) for one in layers if one.kind == "text"]


def pictures(path: Path) -> list[bytes]:
    """Return each frame of a film, reduced to 8×8 grey pixels."""
    with av.open(str(path)) as container:
        return [
            frame.reformat(8, 8, "gray").to_ndarray().tobytes()
            for frame in container.decode(video=0)
        ]


def test_a_part_of_the_film_shows_and_says_what_the_whole_does_there(tmp_path: Path) -> None:
    whole = pictures(made(tmp_path).path)

    part = made(tmp_path, begin="1s", end="70f")

    found = pictures(part.path)
    assert 40 == len(found)
    assert [] == [n for n in range(40) if far_apart(found[n], whole[30 + n])]
    assert [(0, 30), (30, 40)] == [(c.first, c.last) for c in part.compiled.timeline.chapters]
    heard = part.compiled.timeline.soundtrack
    assert ([-33_600, 62_400], 64_000) == ([one.start for one in heard.cues], heard.samples)


def far_apart(a: bytes, b: bytes) -> bool:
    return max(abs(x - y) for x, y in zip(a, b, strict=True)) > 6


def test_a_part_that_is_empty_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        made(tmp_path, begin="10s", end="9s")


def test_a_draft_is_small_and_slow_and_speaks_only_what_was_spoken(tmp_path: Path) -> None:
    spec = """
version: 1
size: 320x180
voice: {engine: espeak}
scenes:
  - say: This was spoken before.
    layers: [{text: Late, at: 30f, position: [160, 90]}]
"""
    made(tmp_path, spec)
    added = spec + "  - {text: New, say: And this was not.}\n"

    draft = made(tmp_path, added, draft=True).compiled.timeline

    assert ((160, 90), Fraction(12)) == (draft.canvas.shown, draft.canvas.fps)
    assert ["espeak", "silent"] == [said.cue.engine for said in draft.cues]
    assert [12] == [one.first for one in draft.shots[0].layers if one.kind == "text"]
    with av.open(str(tmp_path / "film.mp4")) as container:
        video = container.streams.video[0]
        assert (160, 90, 12) == (video.width, video.height, video.average_rate)


def test_a_film_never_replaces_a_file_that_it_is_made_of(tmp_path: Path) -> None:
    (tmp_path / "brand.yaml").write_text("vars: {x: 1}\n")
    (tmp_path / "rows.csv").write_text("a\n1\n")
    spec = "version: 1\nsize: 64x64\nuse: [brand.yaml]\ndata: {r: rows.csv}\nscenes: [{background: white}]\n"
    path = tmp_path / "film.yaml"
    path.write_text(spec)
    options = Options(processes=1)
    for name in ("film.yaml", "brand.yaml", "rows.csv"):
        before = (tmp_path / name).read_bytes()
        with pytest.raises(UsageError) as caught:
            render(path, tmp_path / name, options)
        assert "overwrites-input" == caught.value.problems[0].code
        assert before == (tmp_path / name).read_bytes()
