"""Films of several files: `use`, scenes of other files, and where their problems stand."""

from pathlib import Path
from typing import Any

import pytest

from renderer.errors import SpecError
from renderer.fonts import faces
from renderer.paths import digest
from renderer.spec import Spec, load

FILM = "version: 1\nscenes:\n  - text: Hello\n"

PNG = b"\x89PNG\r\n\x1a\n"


@pytest.fixture
def write(tmp_path: Path) -> Any:
    (tmp_path / "reelspec.toml").touch()

    def writing(**files: str) -> Path:
        for name, text in files.items():
            path = tmp_path / f"{name.replace('__', '/')}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        return tmp_path / "film.yaml"

    return writing


def found(path: Path) -> list[str]:
    with pytest.raises(SpecError) as caught:
        load(path)
    places = [(problem.place, problem.code) for problem in caught.value.problems]
    return [
        f"{Path(place.file).relative_to(path.parent)}:{place.line}:{place.column} {code}"
        for place, code in places
        if place
    ]


def text(spec: Spec, number: int = 0) -> Any:
    return spec.scenes[number].layers[1].params


def test_styles_and_variables_of_a_used_file_lie_under_the_films(write: Any) -> None:
    path = write(
        brand="styles: {h1: {color: white, weight: regular}}\nvars: {who: Brand, what: Sun}\n",
        film="version: 1\nuse: [brand.yaml]\nstyles: {h1: {weight: bold}}\nvars: {who: Film}\n"
        'scenes:\n  - text: "{{ who }} {{ what }}"\n',
    )
    shown = text(load(path))
    assert ("#ffffffff", "bold", "Film Sun") == (shown["color"], shown["weight"], shown["text"])


def test_the_last_used_file_wins_and_files_use_others(write: Any) -> None:
    path = write(
        a="use: [base.yaml]\nvars: {x: a, y: a}\n",
        b="vars: {x: b}\n",
        base="vars: {x: base, y: base, z: base}\n",
        film='version: 1\nuse: [a.yaml, b.yaml]\nscenes:\n  - text: "{{ x }} {{ y }} {{ z }}"\n',
    )
    assert "b a base" == text(load(path))["text"]


def test_theme_voice_and_defaults_are_shared(write: Any) -> None:
    path = write(
        brand="theme: paper\nvoice: {engine: espeak, name: x, rate: 0.9}\n"
        "defaults: {scene: {lead: 1s, tail: 2s}}\n",
        film="version: 1\nuse: [brand.yaml]\nvoice: {engine: silent}\n"
        "defaults: {scene: {tail: 3s}}\nscenes:\n  - {say: Hello., text: a}\n",
    )
    spec = load(path)
    voice = spec.lines[0].voice
    assert ("silent", "", 0.9) == (voice.engine, voice.name, voice.rate)
    assert (1, 3) == (spec.scenes[0].lead, spec.scenes[0].tail)
    assert text(spec)["color"] != text(load(write(film=FILM)))["color"]


def test_problems_of_a_used_file_stand_in_it(write: Any) -> None:
    path = write(
        brand="version: 1\nstyles:\n  h1: {wieght: bold}\n  h2: {extends: h9}\nscenes: []\nthme: x\n",
        film="version: 1\nuse: [brand.yaml]\nscenes:\n  - text: Hello\n",
    )
    assert [
        "brand.yaml:3:8 unknown-key",
        "brand.yaml:4:17 unknown-name",
        "brand.yaml:5:1 not-shared",
        "brand.yaml:6:1 unknown-key",
    ] == found(path)


@pytest.mark.parametrize(
    ("use", "problem"),
    [
        ("[no.yaml]", "film.yaml:2:7 missing-file"),
        ("[../x.yaml]", "film.yaml:2:7 outside-root"),
        ("[film.yaml]", "film.yaml:2:7 file-circle"),
        ('["{{ x }}"]', "film.yaml:2:7 bad-path"),
        ("[3]", "film.yaml:2:7 wrong-type"),
        ("brand.yaml", "film.yaml:2:6 wrong-type"),
        ("[list.yaml]", "list.yaml:1:1 wrong-type"),
        ("[broken.yaml]", "broken.yaml:1:1 yaml"),
        ("[empty.yaml]", "empty.yaml:1:1 wrong-type"),
        ("[folder]", "film.yaml:2:7 not-a-file"),
    ],
)
def test_what_cannot_be_used(write: Any, use: str, problem: str) -> None:
    path = write(film=FILM.replace("\n", f"\nuse: {use}\n", 1), list="[a]", broken="\ta", empty="")
    (path.parent / "folder").mkdir()
    assert [problem] == found(path)


def test_files_that_use_one_another_are_a_circle(write: Any) -> None:
    film = FILM.replace("\n", "\nuse: [a.yaml]\n", 1)
    path = write(film=film, a="use: [b.yaml]\n", b="vars: {x: 1}\nuse: [a.yaml]\n")
    assert ["b.yaml:2:7 file-circle"] == found(path)
    with pytest.raises(SpecError, match=r"a\.yaml → b\.yaml → a\.yaml"):
        load(path)


def test_a_chain_of_more_than_eight_files_is_refused(write: Any) -> None:
    chain = {f"f{n}": f"use: [f{n + 1}.yaml]\n" for n in range(9)}
    film = FILM.replace("\n", "\nuse: [f0.yaml]\n", 1)
    assert ["f7.yaml:1:7 too-deep"] == found(write(film=film, f9="", **chain))
    assert load(write(film=film, f7="vars: {x: 1}\n"))


def test_scenes_of_another_file_take_their_place(write: Any) -> None:
    path = write(
        film="version: 1\nvars: {who: Sun}\nscenes:\n  - text: One\n  - scenes: parts/two.yaml\n"
        "  - text: Four\n",
        parts__two='scenes:\n  - text: "{{ who }}"\n  - scenes: three.yaml\n',
        parts__three="version: 1\nscenes: [{text: Three, id: three}]\n",
    )
    spec = load(path)
    assert ["One", "Sun", "Three", "Four"] == [text(spec, n)["text"] for n in range(4)]
    assert ["scene-1", "scene-2", "three", "scene-4"] == [scene.id for scene in spec.scenes]


def test_problems_of_scenes_stand_in_their_file(write: Any) -> None:
    path = write(
        film="version: 1\nscenes:\n  - {scenes: a.yaml, id: x}\n  - scenes: no.yaml\n"
        '  - scenes: "{{ x }}"\n  - scenes: 3\n',
        a="styles: {}\nscenes:\n  - {txt: a}\n  - {text: a, transition: wype}\n  - scenes: film.yaml\n",
    )
    assert [
        "a.yaml:1:1 not-shared",
        "a.yaml:3:6 unknown-key",
        "a.yaml:4:27 unknown-name",
        "a.yaml:5:13 file-circle",
        "film.yaml:3:22 conflict",
        "film.yaml:4:13 missing-file",
        "film.yaml:5:13 bad-path",
        "film.yaml:6:13 wrong-type",
    ] == found(path)


def test_a_path_leads_from_the_file_that_names_it(write: Any) -> None:
    path = write(
        film="version: 1\nscenes:\n  - scenes: parts/a.yaml\n",
        parts__a="scenes:\n  - layers: [{image: a.png}]\n"
        "  - layers: [{image: \"{{ 'a' }}.png\"}]\n    background: a.png\n",
    )
    (path.parent / "parts" / "a.png").write_bytes(PNG)
    files = {item.params.get("file") for s in load(path).scenes for item in s.layers}
    assert {None, str(path.parent / "parts" / "a.png")} == files


def test_files_that_multiply_scenes_are_stopped(write: Any) -> None:
    files = {f"f{n}": "scenes:\n" + f"  - scenes: f{n + 1}.yaml\n" * 40 for n in range(6)}
    path = write(
        film="version: 1\nscenes: [{scenes: f0.yaml}]\n", f6="scenes: [{say: x}]\n", **files
    )
    assert "too-many" in found(path)[0]


def test_a_template_finds_its_own_pictures_and_those_of_the_spec(write: Any) -> None:
    path = write(
        film="version: 1\nscenes:\n  - {template: mine, with: {src: b.png}}\n",
        templates__x="",
    )
    folder = path.parent / "templates" / "scenes"
    folder.mkdir()
    (folder / "mine.yaml").write_text(
        "about: Mine.\n"
        "params: {type: object, properties: {src: {type: string}}}\n"
        "example: {src: b.png}\n"
        'layers: [{image: a.png}, {image: "{{ src }}"}, {image: "{{ src|lower }}"}]\n'
    )
    (folder / "a.png").write_bytes(PNG + b"a")
    (path.parent / "b.png").write_bytes(PNG + b"b")
    found = [Path(item.params["file"]).name for item in load(path).scenes[0].layers[1:]]
    assert ["a.png", "b.png", "b.png"] == found


def test_a_font_of_a_used_file_lies_beside_that_file(write: Any) -> None:
    path = write(
        brand__look="fonts: {Own: own.ttf}\nstyles: {h1: {font: Own}}\n",
        film=FILM.replace("\n", "\nuse: [brand/look.yaml]\n", 1),
    )
    data = faces(["Fira Mono"])[0].data
    (path.parent / "brand" / "own.ttf").write_bytes(data)
    font = text(load(path))["font"][0]
    own = str(path.parent / "brand" / "own.ttf")
    assert (own, digest(data)) == (font["file"], font["sha256"])
