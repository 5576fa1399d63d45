"""Warnings of looks: none for the templates' own examples, exactly the expected for bad text."""

import subprocess
import sys
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest
import yaml
from PIL import Image

from renderer import work
from renderer.cli.check import command as check
from renderer.errors import Problem
from renderer.looks import looks, reading_of_spec
from renderer.paint.looks import luminance
from renderer.paths import templates
from renderer.render import Options, compile_spec
from renderer.source import read
from renderer.spec import load

SCENES = sorted(path.stem for path in templates("scenes").glob("*.yaml"))
THEMES = sorted(path.stem for path in templates("themes").glob("*.yaml"))


def found(folder: Path, spec: str) -> list[Problem]:
    path = folder / "film.yaml"
    path.write_text(spec, encoding="utf-8")
    options = Options(processes=1)
    store = options.open_store(path)
    return list(looks(compile_spec(path, options, store).timeline, store, 1))


def seen(folder: Path, layers: str, scene: str = "") -> list[tuple[str, int]]:
    """Return code and line of what is wrong with the layers, which begin in line 6."""
    head = f'version: 1\nsize: 640x360\nscenes:\n  - background: "#202020"\n    layers:\n{layers}\n'
    return [
        (one.code, one.place.line if one.place else 0) for one in found(folder, head + f"{scene}\n")
    ]


def test_good_text_gives_no_warning(tmp_path: Path) -> None:
    layers = """      - {text: A heading, size: 9%, position: top-start}
      - {text: Some body text, position: center}
      - {text: Some more of it, below: previous, gap: 2%}
      - {text: ”, size: 30%, color: "#2a2a2a", position: bottom-end}"""

    assert [] == seen(tmp_path, layers)


def test_a_number_that_counts_is_looked_at_as_text(tmp_path: Path) -> None:
    pale = '      - {counter: "{} GW", to: 95, color: "#666666", size: 6%, position: [50%, 30%]}'
    low = '      - {counter: "{} GW", to: 95, size: 6%, position: [50%, 99%]}'

    assert [("low-contrast", 6), ("outside-canvas", 7)] == seen(tmp_path, f"{pale}\n{low}")


@pytest.mark.parametrize(
    ("color", "size", "code"),
    [
        ("#808080", "5%", ["low-contrast"]),  # 3.9:1 and 16.1:1 against #202020
        ("#808080", "6%", []),
        ("#707070", "5%", ["low-contrast"]),
        ("#666666", "6%", ["low-contrast"]),  # 2.8:1
        ("#ffffff40", "6%", ["low-contrast"]),
        ("#ffffff", "5%", []),
    ],
)
def test_pale_text_is_told_of_by_its_size(
    tmp_path: Path, color: str, size: str, code: list[str]
) -> None:
    assert code == [
        one for one, _ in seen(tmp_path, f'      - {{text: Pale, color: "{color}", size: {size}}}')
    ]


def test_contrast_is_to_what_is_really_under_the_text(tmp_path: Path) -> None:
    layers = """      - {shape: rect, color: "#ffffff", width: 30%, height: 30%}
      - {text: White on white, color: "#ffffff", size: 6%}
      - {text: On its own box, color: "#ffffff", background: {color: "#000000"}, position: bottom}
      - {text: Half opaque, opacity: 0.2, position: top}"""

    assert [("low-contrast", 7), ("low-contrast", 9)] == seen(tmp_path, layers)


def test_luminance_is_that_of_wcag() -> None:
    colors = np.array([[255, 255, 255], [0, 0, 0], [255, 0, 0], [119, 119, 119]])

    assert [1.0, 0.0, 0.2126, 0.1845] == [round(float(value), 4) for value in luminance(colors)]


def test_text_that_does_not_fit_is_told_of(tmp_path: Path) -> None:
    long = "There is much more to say here than so small a box can ever hold at any size"
    layers = f"""      - {{text: {long}, max_width: 20%, max_height: 6%}}
      - {{text: {long}, fit: none, max_width: 30%, max_height: 10%, position: top-end}}
      - {{text: {long}, fit: none, max_lines: 1, max_width: 30%, position: bottom}}"""

    assert [("text-too-long", line) for line in (6, 7, 8)] == [
        one for one in seen(tmp_path, layers, "    duration: 20s") if one[0] == "text-too-long"
    ]


@pytest.mark.parametrize(
    ("position", "code"),
    [
        ("[100%, 50%]", ["outside-canvas"]),
        ("[50%, 97%]", ["outside-canvas"]),
        ("start", []),
        ("bottom-end", []),
    ],
)
def test_text_at_the_edge_is_told_of(tmp_path: Path, position: str, code: list[str]) -> None:
    assert code == [
        one for one, _ in seen(tmp_path, f"      - {{text: Edge, position: {position}}}")
    ]


def test_text_over_text_is_told_of_once(tmp_path: Path) -> None:
    layers = """      - {text: The first of two, size: 8%, for: 2s}
      - {text: The second one, size: 8%, position: [52%, 52%], for: 2500ms}
      - {text: Elsewhere, position: top}
      - {text: Comes later, size: 8%, at: 2600ms, for: 5s}"""

    assert [("overlap", 7)] == [
        one for one in seen(tmp_path, layers, "    duration: 8s") if one[0] == "overlap"
    ]


def test_text_that_is_covered_is_in_nobodys_way(tmp_path: Path) -> None:
    layers = """      - {text: Covered by a card, size: 8%}
      - {fill: "#303040"}
      - {text: On the card now, size: 8%}"""

    assert [] == [one for one in seen(tmp_path, layers) if one[0] == "overlap"]


@pytest.mark.parametrize(
    ("lang", "text", "duration", "code"),
    [
        ("en", "One two three four five", "3s", []),
        ("en", "One two three four five", "2.9s", ["reading-time"]),
        ("ar", "واحد اثنان ثلاثة أربعة خمسة", "3.2s", ["reading-time"]),
        ("ar", "واحد اثنان ثلاثة أربعة خمسة", "3.3s", []),
        ("en", "— • …", "1s", []),
    ],
)
def test_reading_time_is_told_by_numbers_alone(
    tmp_path: Path, lang: str, text: str, duration: str, code: list[str]
) -> None:
    spec = f"version: 1\nlang: {lang}\nscenes:\n  - {{text: {text}, duration: {duration}}}\n"
    (tmp_path / "film.yaml").write_text(spec, encoding="utf-8")

    warnings = reading_of_spec(load(tmp_path / "film.yaml"))

    assert code == [one.code for one in warnings]
    assert all(one.place and one.place.line == 4 for one in warnings)


def test_text_of_a_template_is_told_of_where_the_spec_gives_it(tmp_path: Path) -> None:
    spec = """version: 1
scenes:
  - template: bullets
    with:
      items:
        - One point
        - Two points of some length
    duration: 1s
  - {template: quote, with: {text: Words to live by}, duration: 1s}
"""
    (tmp_path / "film.yaml").write_text(spec, encoding="utf-8")

    warnings = reading_of_spec(load(tmp_path / "film.yaml"))

    assert [6, 9] == [one.place.line for one in warnings if one.place]


def test_text_that_flashes_by_in_a_spoken_scene_is_told_of_once_it_is_spoken(
    tmp_path: Path,
) -> None:
    spec = """version: 1
size: 320x180
voice: {engine: silent}
scenes:
  - say: One two three four five six seven eight.
    layers: [{text: Look at this, for: 500ms}]
"""

    assert [("reading-time", 6)] == [
        (one.code, one.place and one.place.line) for one in found(tmp_path, spec)
    ]


def checkered(path: Path) -> None:
    """Write a photograph at its worst: fields of black and of white."""
    path.parent.mkdir(exist_ok=True)
    Image.fromarray(np.kron([[0, 255], [255, 0]], np.ones((180, 320))).astype(np.uint8)).save(path)


WIDE, TALL = "640x360", "360x640"
EACH = [*zip(THEMES, cycle([WIDE, TALL]), strict=False)]
OTHERS = [
    pytest.param(*one, marks=pytest.mark.soak)
    for one in zip(THEMES, cycle([TALL, WIDE]), strict=False)
]


@pytest.mark.parametrize(("theme", "size"), [*EACH, *OTHERS])
def test_examples_of_the_templates_give_no_warning(tmp_path: Path, theme: str, size: str) -> None:
    scenes = []
    for name in SCENES:
        given = read(templates("scenes") / f"{name}.yaml").data["example"]
        if "src" in given:
            checkered(tmp_path / given["src"])
        scenes.append({"template": name, "with": given, "duration": "20s"})
    spec = {"version": 1, "size": size, "theme": theme, "scenes": scenes}

    assert [] == [str(one) for one in found(tmp_path, yaml.safe_dump(spec, allow_unicode=True))]


def test_what_was_looked_at_is_not_painted_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = 'version: 1\nsize: 64x64\nscenes: [{text: Hi, background: "#fff"}]\n'
    first = found(tmp_path, spec)
    monkeypatch.setattr("renderer.looks.pool", None)

    assert (True, first) == (len(first) > 0, found(tmp_path, spec))


def test_strict_makes_warnings_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "film.yaml"
    path.write_text("version: 1\nscenes: [{text: A b c d e, duration: 1s}]\n", encoding="utf-8")

    plain = check.main([str(path)], standalone_mode=False)
    strict = check.main([str(path), "--strict"], standalone_mode=False)

    assert (0, 3) == (plain, strict)
    shown = capsys.readouterr().err
    assert (1, 1) == (shown.count("warning[reading-time]"), shown.count("error[reading-time]"))


def test_stages_of_looks_and_sheets_are_known() -> None:
    assert {"look", "sheet"} <= work.STAGES.keys()


def test_doctor_tells_of_a_films_looks_too(tmp_path: Path) -> None:
    spec = "version: 1\nscenes:\n  - {layers: [{text: Pale, color: '#0b1d3a'}], duration: 4s}\n"
    (tmp_path / "film.yaml").write_text(spec, encoding="utf-8")

    render = Path(sys.executable).with_name("render")
    done = subprocess.run(
        [render, "doctor", "film.yaml"], cwd=tmp_path, capture_output=True, text=True
    )

    assert (0, True) == (done.returncode, "film.yaml:3:15: warning[low-contrast]" in done.stderr)


CAPTIONED = """
version: 1
size: 640x360
voice: {engine: silent}
captions: karaoke
scenes:
  - id: one
    say: One two three.
    tail: 4s
    layers:
      - {text: In the way, position: bottom}
      - {text: Not in the way, position: top}
"""


def test_text_under_captions_is_told_of_with_its_line(tmp_path: Path) -> None:
    (warning,) = found(tmp_path, CAPTIONED)

    assert ("under-captions", 11) == (warning.code, warning.place and warning.place.line)
    assert "the text 'In the way' lies under the captions" in warning.message


def test_captions_that_stand_elsewhere_cover_nothing(tmp_path: Path) -> None:
    assert [] == found(tmp_path, CAPTIONED.replace("karaoke", "{mode: karaoke, position: center}"))


def test_text_of_the_overlay_is_looked_at_like_that_of_scenes(tmp_path: Path) -> None:
    pale = (
        'overlay: [{text: Pale, color: "#333333", background: {color: black}, position: start}]\n'
    )

    assert [("low-contrast", 13)] == [
        (one.code, one.place.line if one.place else 0)
        for one in found(tmp_path, CAPTIONED.replace("bottom", "center") + pale)
    ]


def test_captions_are_looked_at_once_however_many_words_they_mark(tmp_path: Path) -> None:
    path = tmp_path / "film.yaml"
    found(tmp_path, CAPTIONED)

    # Before the captions, with them, and between and after their words: two pictures.
    store = Options().open_store(path)
    assert 2 == len(list(store.folder.glob("*/*.findings")))
