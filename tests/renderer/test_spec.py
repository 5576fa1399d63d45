"""Spec text → Spec, or every problem at once."""

import re
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from renderer.errors import SpecError, UsageError
from renderer.spec import Scene, Spec, load

SPECS = Path(__file__).parent.parent / "specs"
BAD = sorted((SPECS / "bad").glob("*.yaml"))
GOOD = sorted((SPECS / "good").glob("*.yaml"))


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_spec_has_the_problems_that_it_expects(path: Path) -> None:
    expected = re.findall(r"^# expect: (\S+) (\S+)$", path.read_text("utf-8"), re.M)
    with pytest.raises(SpecError) as caught:
        load(path)
    found = [(f"{p.place.line}:{p.place.column}", p.code) for p in caught.value.problems if p.place]
    assert expected == found


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_a_good_spec_loads(path: Path) -> None:
    assert load(path).scenes


@pytest.fixture
def write(tmp_path: Path) -> Any:
    def writing(text: str, **options: Any) -> Spec:
        path = tmp_path / "film.yaml"
        path.write_text(text, "utf-8")
        return load(path, **options)

    return writing


def only(spec: Spec) -> Scene:
    (scene,) = spec.scenes
    return scene


def params(scene: Scene, index: int = 1) -> Any:
    return scene.layers[index].params


def test_the_smallest_film_has_every_default(write: Any) -> None:
    spec = write("version: 1\nscenes:\n  - say: Hello, world.\n")
    assert ("film", "en", (1920, 1080), 30) == (spec.title, spec.lang, spec.size, spec.fps)
    assert (None, -16.0, ()) == (spec.duration, spec.loudness, spec.warnings)
    scene = only(spec)
    assert ("scene-1", None) == (scene.id, scene.duration)
    assert (Fraction(3, 10), Fraction(1, 2)) == (scene.lead, scene.tail)
    assert ["Hello, world."] == [line.text for line in spec.lines]
    assert ("auto", "en", 1.0) == (
        spec.lines[0].voice.engine,
        spec.lines[0].voice.lang,
        spec.lines[0].voice.rate,
    )
    assert ["fill"] == [item.kind for item in scene.layers]


def test_lengths_are_pixels_of_the_side_that_they_mean(write: Any) -> None:
    scene = only(
        write(
            "version: 1\nsize: 1000x2000\nscenes:\n  - layers:\n"
            "      - {text: a, size: 5%, max_width: 5%, max_height: 5%}\n"
            "      - {shape: rect, radius: 5%, width: 12px, height: 0.0333%}\n"
        )
    )
    assert (50.0, 50.0, 100.0) == tuple(
        params(scene)[key] for key in ("size", "max_width", "max_height")
    )
    assert 50.0 == params(scene, 2)["radius"]
    assert (12.0, 0.666) == (scene.layers[2].keys["width"], scene.layers[2].keys["height"])


def test_colours_are_resolved_with_the_themes_names(write: Any) -> None:
    scene = only(
        write(
            'version: 1\ntheme: paper\nscenes:\n  - background: "#FfF"\n    layers:\n'
            "      - {text: a, color: accent}\n"
            '      - {fill: {gradient: [white, "#00000080"], angle: 45deg}}\n'
        )
    )
    assert "#ffffffff" == params(scene, 0)["fill"]
    assert "#b3261eff" == params(scene)["color"]
    assert {"gradient": ["#ffffffff", "#00000080"], "angle": 45.0} == params(scene, 2)["fill"]


def test_styles_extend_and_inline_keys_win(write: Any) -> None:
    scene = only(
        write(
            "version: 1\nsize: 1000x1000\n"
            "styles: {a: {extends: b, size: 70}, b: {size: 60, weight: bold, opacity: 0.5}}\n"
            "scenes:\n  - layers: [{text: x, style: a, weight: regular}]\n"
        )
    )
    assert (70.0, "regular", 0.5) == (
        params(scene)["size"],
        params(scene)["weight"],
        scene.layers[1].keys["opacity"],
    )


def test_a_films_style_is_merged_over_the_themes(write: Any) -> None:
    scene = only(write("version: 1\nstyles: {h1: {color: white}}\nscenes:\n  - {text: a}\n"))
    assert ("#ffffffff", "bold") == (params(scene)["color"], params(scene)["weight"])


def test_arabic_type_is_larger_unless_the_film_says_its_size(write: Any) -> None:
    text = "version: 1\nsize: 1000x1000\nlang: {}\nstyles: {{cite: {{size: 3%}}}}\nscenes:\n  - layers:\n      - {{text: a}}\n      - {{text: a, style: cite}}\n"
    latin, arabic = only(write(text.format("en"))), only(write(text.format("ar")))
    assert (48.0, 1.4) == (params(latin)["size"], params(latin)["line_height"])
    assert (51.84, 1.6) == (params(arabic)["size"], params(arabic)["line_height"])
    assert 30.0 == params(arabic, 2)["size"]


def test_defaults_are_merged_under_scenes_and_layers(write: Any) -> None:
    spec = write(
        "version: 1\n"
        "defaults: {scene: {lead: 1s, transition: {kind: dissolve, over: 2s}}, text: {opacity: 0.5}}\n"
        "scenes:\n  - {text: a}\n  - {text: b, lead: 0, transition: cut}\n  - {text: c}\n"
    )
    assert [1, 0, 1] == [scene.lead for scene in spec.scenes]
    assert [("cut", 0), ("cut", 0), ("dissolve", 2)] == [
        (scene.enter.kind, scene.enter.over) for scene in spec.scenes
    ]
    assert [0.5, 0.5, 0.5] == [scene.layers[1].keys["opacity"] for scene in spec.scenes]


def test_the_transition_of_the_first_scene_is_a_warning(write: Any) -> None:
    spec = write("version: 1\nscenes:\n  - {text: a, transition: dissolve}\n")
    assert ["unused-transition"] == [problem.code for problem in spec.warnings]


def test_voices_are_merged_and_a_new_engine_drops_the_name(write: Any) -> None:
    spec = write(
        "version: 1\nvoice: {engine: espeak, name: mb1, rate: 0.9}\nscenes:\n"
        "  - say: One.\n"
        "  - voice: {rate: 160wpm}\n"
        "    say: [Two., {text: Three., voice: {engine: silent}}]\n"
    )
    assert [("espeak", "mb1", 0.9), ("espeak", "mb1", "160wpm"), ("silent", "", "160wpm")] == [
        (line.voice.engine, line.voice.name, line.voice.rate) for line in spec.lines
    ]


def test_for_each_repeats_scenes_and_layers(write: Any) -> None:
    spec = write(
        "version: 1\nvars: {rows: [{name: Oman, gw: 1}, {name: Chad, gw: 0}, {name: Peru, gw: 2}]}\n"
        "scenes:\n"
        "  - for_each: {in: rows, as: row}\n"
        '    when: "{{ row.gw }}"\n'
        '    id: "land-{{ row.name }}"\n'
        "    layers:\n"
        '      - {text: "{{ row_number }} of {{ other.name }}", for_each: {in: rows, as: other}}\n'
        "    say: In {{ row.name }}, {{ row.gw }}.\n"
    )
    assert ["land-Oman", "land-Peru"] == [scene.id for scene in spec.scenes]
    assert ["In Oman, 1.", "In Peru, 2."] == [line.text for line in spec.lines]
    assert ["3 of Oman", "3 of Chad", "3 of Peru"] == [
        item.params["text"] for item in spec.scenes[1].layers[1:]
    ]


def test_variables_from_outside_win_and_are_read_as_scalars(write: Any) -> None:
    text = 'version: 1\nvars: {w: 0.5, name: "x{{ w }}"}\nscenes:\n  - layers: [{text: "{{ name }}", opacity: "{{ w }}"}]\n'
    scene = only(write(text, variables={"w": "0.25"}))
    assert ("x0.25", 0.25) == (params(scene)["text"], scene.layers[1].keys["opacity"])


def test_a_files_digest_stands_beside_it(write: Any, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"GIF89aabc")
    scene = only(
        write("version: 1\nscenes:\n  - layers: [{image: a.png}]\n    background: a.png\n")
    )
    sha = "e7bfcbee019788a4f3569a08648a912fc98d66f54dfafcead20cde361a4b09da"
    for item in scene.layers:
        assert (str(tmp_path / "a.png"), sha) == (item.params["file"], item.params["sha256"])


def test_a_link_out_of_the_root_is_refused(write: Any, tmp_path: Path) -> None:
    outside = tmp_path.parent / "outside.png"
    outside.write_bytes(b"")
    try:
        (tmp_path / "in.png").symlink_to(outside)
    except OSError:
        pytest.skip("links cannot be made here")
    with pytest.raises(SpecError) as caught:
        write("version: 1\nscenes:\n  - layers: [{image: in.png}]\n")
    assert ["outside-root"] == [problem.code for problem in caught.value.problems]


def test_a_wrong_value_of_a_template_points_at_the_spec(write: Any) -> None:
    with pytest.raises(SpecError) as caught:
        write("version: 1\nscenes:\n  - template: bullets\n    with: {items: [a, [b]]}\n")
    (problem,) = caught.value.problems
    assert problem.place is not None
    assert ("wrong-type", 4, 23) == (problem.code, problem.place.line, problem.place.column)


def test_titles_of_scenes(write: Any) -> None:
    spec = write(
        "version: 1\nscenes:\n  - {template: title, with: {title: Sun}}\n"
        f"  - {{text: {'x' * 50}}}\n  - {{id: z, say: Hello.}}\n"
    )
    assert ["Sun", "x" * 40, "z"] == [scene.title for scene in spec.scenes]


def test_a_spec_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").touch()
    with pytest.raises(UsageError) as caught:
        load(tmp_path / "flim.yaml")
    assert "did you mean 'film.yaml'?" == caught.value.problems[0].hint


@pytest.mark.parametrize("text", ["", "[]", "a", "3", "null"])
def test_what_is_no_map_is_a_problem(write: Any, text: str) -> None:
    with pytest.raises(SpecError):
        write(text)


def test_loading_a_spec_imports_no_library_of_pictures() -> None:
    code = (
        "import sys; from pathlib import Path; from renderer.spec import load;"
        f"load(Path({str(GOOD[0])!r}));"
        "print([n for n in ('numpy', 'PIL', 'av', 'moviepy', 'pyttsx3') if n in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "[]\n" == found.stdout


TOKENS = ["null", "[]", "{}", "-1", "1e308", '"{{ n }}"', '"{{ rows }}"', "{a: b}", "previous"]
EDITS = st.tuples(
    st.integers(0, 3000), st.integers(0, 8), st.sampled_from([*TOKENS, *'{}[]:,#&*!|"\n '])
)


@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(GOOD), st.lists(EDITS, min_size=1, max_size=4))
def test_a_mutated_spec_is_a_spec_or_a_spec_error(
    tmp_path: Path, source: Path, edits: list[tuple[int, int, str]]
) -> None:
    text = source.read_text("utf-8")
    for at, length, token in edits:
        at %= len(text) + 1
        text = text[:at] + token + text[at + length :]
    path = tmp_path / "film.yaml"
    path.write_text(text, "utf-8")
    try:
        assert load(path).scenes
    except SpecError as error:
        assert any(problem.level == "error" for problem in error.problems)
