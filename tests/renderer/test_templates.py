"""Expressions, scene templates and themes."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

from renderer import paths
from renderer.errors import Problem, SpecError
from renderer.spec import load
from renderer.templates import library, schema_text
from renderer.templates.expressions import BadExpression, filled

NAMES: dict[str, Any] = {
    "n": 3,
    "name": "Sun",
    "rows": [{"items": 5}],
    "none": None,
    "yes": True,
    "with": {"title": "T"},
}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{{ n }}", 3),
        (" {{ n }} ", 3),
        ("{{ n }} GW", "3 GW"),
        ("{{ n + 1 }}/{{ n * 2 }}", "4/6"),
        ("{{ rows[0].items }}", 5),
        ("{{ with.title }}", "T"),
        ("{{ yes }}", True),
        ("{{ rows }}", [{"items": 5}]),
        ("a{{ missing_value|default('b') }}", "ab"),
        ("{{ none }}!", "!"),
        ("{{ '5%' if n > 2 else '9%' }}", "5%"),
        ("{{ '}}' }}", "}}"),
        ("{% if x %} {{ name|upper }} {# kept #}", "{% if x %} SUN {# kept #}"),
        ("plain", "plain"),
    ],
)
def test_expressions(text: str, value: object) -> None:
    assert value == filled(text, NAMES)
    assert type(value) is type(filled(text, NAMES))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ nmae }}", "unknown-name"),
        ("{{ with.titel }}", "unknown-name"),
        ("{{ n", "bad-expression"),
        ("{{ 1 / 0 }}", "bad-expression"),
        ("{{ }}", "bad-expression"),
        ("a {{ rows }}", "wrong-type"),
        ("{{ ''.__class__.__mro__ }}", "unknown-name"),
        ("{{ name.format }}", "unknown-name"),
        ("{{ name.upper() }}", "bad-expression"),
        ("{{ name|attr('upper') }}", "bad-expression"),
        ("{{ lipsum }}", "unknown-name"),
        ("{{ self }}", "unknown-name"),
        ("{{ range(9) }}", "bad-expression"),
    ],
)
def test_bad_expressions_are_refused(text: str, code: str) -> None:
    with pytest.raises(BadExpression) as caught:
        filled(text, NAMES)
    assert code == caught.value.code


@pytest.mark.parametrize(
    "text",
    [
        "{{ 'a' * 50000000 }}",
        "{{ [1] * 50000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ '%099999999d' % 1 }}",
        "{{ 'aaaaaaaaaa'|replace('a', name|replace('S', 'x')) |center(100000000) }}",
        "{{ " + "(" * 900 + "1" + ")" * 90 + " }}",
        "{{ " + "-" * 900 + "1 }}",
    ],
)
def test_expressions_that_would_grow_are_refused_soon(text: str) -> None:
    begun = time.process_time()
    with pytest.raises(BadExpression):
        filled(text, NAMES)
    assert time.process_time() - begun < 1


def test_a_name_close_to_a_known_one_is_hinted() -> None:
    with pytest.raises(BadExpression) as caught:
        filled("{{ nmae }}", NAMES)
    assert "did you mean 'name'?" == caught.value.hint


@pytest.mark.parametrize("name", sorted(library().scenes))
def test_every_shipped_template_is_good(name: str) -> None:
    problems: list[Problem] = []
    template = library().template(name, problems)
    assert [] == problems
    assert template is not None and template.about.endswith(".")


SURFACES = ("surface",)


@pytest.mark.parametrize("name", sorted(library().themes))
def test_every_shipped_theme_is_good_and_easy_to_read(name: str) -> None:
    problems: list[Problem] = []
    theme = library().theme(name, problems)
    assert [] == problems and theme is not None
    assert {"body", "h1", "h2", "stat", "caption", "code", "cite"} <= set(theme.styles.data)
    painted = theme.background.data
    for under in (*([painted] if isinstance(painted, str) else painted["gradient"]), *SURFACES):
        ground = theme.colours.get(under, under)
        assert contrast(theme.colours["text"], ground) >= 7
        assert contrast(theme.colours["muted"], ground) >= 4.5
        assert contrast(theme.colours["accent"], ground) >= 4.5
    for name in ("keyword", "string", "number", "comment"):
        assert contrast(theme.colours[name], theme.colours["surface"]) >= 4.5
        marked = blended(theme.colours["accent"], 0x24 / 255, theme.colours["surface"])
        assert contrast(theme.colours[name], marked) >= 4
    banner = theme.styles.data["h2"].get("background", {}).get("color", "background")
    assert contrast(theme.colours["text"], theme.colours[banner]) >= 4.5


@pytest.mark.parametrize("name", sorted(library().themes))
def test_every_shipped_theme_is_told_apart_by_its_ground_and_accent(name: str) -> None:
    looks = {
        (theme.colours["background"], theme.colours["accent"])
        for other in library().themes
        if other != name and (theme := library().theme(other, []))
    }
    theme = library().theme(name, [])
    assert theme and (theme.colours["background"], theme.colours["accent"]) not in looks


def contrast(one: str, other: str) -> float:
    """Contrast ratio of WCAG 2.2."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def blended(one: str, opacity: float, other: str) -> str:
    """One colour over another."""
    over, under = ([int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in (one, other))
    mixed = (round(a * opacity + b * (1 - opacity)) for a, b in zip(over, under, strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in mixed)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_projects_template_is_found_by_its_file_name(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "scenes"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(
        "about: Mine.\nparams: {type: object, properties: {}}\nexample: {}\nlayers: [{text: a}]\n"
    )
    assert "mine" in library(tmp_path).scenes
    assert library(tmp_path).template("mine", []) is not None


def test_a_wrong_template_is_named_with_its_own_lines(tmp_path: Path) -> None:
    folder = tmp_path / "templates" / "scenes"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(
        "about: Mine.\n"
        "params: {type: object, properties: {a: {pattern: x}}}\n"
        "example: {}\n"
        "layers: [{text: a, sise: 3}]\n"
    )
    problems: list[Problem] = []
    assert library(tmp_path).template("mine", problems) is None
    file = str(Path("templates", "scenes", "mine.yaml"))
    assert [(file, 2, "unknown-key"), (file, 4, "unknown-key")] == [
        (p.place.file, p.place.line, p.code) for p in problems if p.place
    ]


@pytest.fixture
def project(tmp_path: Path) -> Any:
    def writing(kind: str, name: str, text: str) -> Path:
        folder = tmp_path / "templates" / kind
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.yaml").write_text(text, "utf-8")
        return tmp_path

    return writing


MINE = "about: Mine.\nparams: {type: object, properties: {hue: {type: string}}}\nexample: {}\nlayers: [{text: a}]\n"


def test_the_schema_for_a_project_has_its_templates_and_themes(project: Any) -> None:
    project("scenes", "mine", MINE)
    root = project("themes", "own", "about: x\n")
    text = schema_text(root)
    assert '"mine"' in text and '"own"' in text and '"hue"' in text
    assert '"hue"' not in schema_text()


def test_a_projects_theme_and_template_are_used_and_their_errors_stand_in_them(
    project: Any,
) -> None:
    shipped = library().themes["paper"].read_text("utf-8")
    project("themes", "own", shipped)
    root = project("scenes", "mine", MINE.replace("a}", "'{{ hue }}', color: '{{ huge }}'}"))
    film = root / "film.yaml"
    film.write_text("version: 1\ntheme: own\nscenes: [{template: mine, with: {hue: x}}]\n", "utf-8")
    with pytest.raises(SpecError) as caught:
        load(film)
    assert [
        "templates/scenes/mine.yaml:4:37: error[unknown-name]: nothing is named 'huge' here; did you mean 'hue'?"
    ] == [str(problem) for problem in caught.value.problems]
    project("themes", "own", shipped.replace("styles:", "stiles:"))
    project("scenes", "mine", MINE)
    with pytest.raises(SpecError) as caught:
        load(film)
    assert "templates/themes/own.yaml" in str(caught.value)


@pytest.mark.skipif(os.name != "posix", reason="links and pipes")
def test_a_template_that_leads_out_of_the_root_or_is_no_file_is_refused(project: Any) -> None:
    root = project("scenes", "mine", MINE)
    outside = root.parent / "outside.yaml"
    outside.write_text(MINE)
    (root / "templates" / "scenes" / "out.yaml").symlink_to(outside)
    os.mkfifo(root / "templates" / "scenes" / "pipe.yaml")
    problems: list[Problem] = []
    known = library(root)
    assert (None, None) == (known.template("out", problems), known.template("pipe", problems))
    assert ["outside-root", "not-a-file"] == [problem.code for problem in problems]


def write_theme(folder: Path, more: str) -> Path:
    themes = folder / "templates" / "themes"
    themes.mkdir(parents=True)
    shipped = (paths.templates("themes") / "mono.yaml").read_text("utf-8")
    (themes / "mine.yaml").write_text(shipped.split("decor:")[0] + more, "utf-8")
    return folder


STYLES = "styles: {body: {}, h1: {}, h2: {}, stat: {}, caption: {}, code: {}, cite: {}}\n"


def test_decor_lies_on_the_themes_background_only(tmp_path: Path) -> None:
    write_theme(tmp_path, "decor: [{shape: rect, color: accent, height: 2%}]\n" + STYLES)
    spec = tmp_path / "film.yaml"
    spec.write_text(
        'version: 1\ntheme: mine\nscenes:\n  - layers: [{fill: "#123"}]\n'
        '  - {background: "#456", layers: [{fill: "#123"}]}\n'
    )
    kinds = [[layer.kind for layer in scene.layers] for scene in load(spec).scenes]
    assert [["fill", "shape", "fill"], ["fill", "fill"]] == kinds


def test_decor_that_hangs_on_others_is_refused(tmp_path: Path) -> None:
    write_theme(tmp_path, "decor:\n  - {shape: rect, name: bar}\n" + STYLES)
    problems: list[Problem] = []
    assert library(tmp_path).theme("mine", problems) is None
    assert ["conflict"] == [problem.code for problem in problems]


def test_colours_of_program_text_follow_from_the_six(tmp_path: Path) -> None:
    write_theme(tmp_path, STYLES)
    file = tmp_path / "templates" / "themes" / "mine.yaml"
    kept = [line for line in file.read_text("utf-8").splitlines() if "keyword" not in line]
    file.write_text("\n".join(kept), "utf-8")
    theme = library(tmp_path).theme("mine", [])
    assert theme and theme.colours["accent"] == theme.colours["keyword"]


def scenes(tmp_path: Path, template: str, given: str = "{}") -> Any:
    folder = tmp_path / "templates" / "scenes"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(template, "utf-8")
    spec = tmp_path / "film.yaml"
    spec.write_text(f"version: 1\nscenes:\n  - {{template: mine, with: {given}}}\n", "utf-8")
    return load(spec).scenes[0].layers


HEAD = "about: Mine.\nparams: {type: object, properties: {side: {type: object}}}\nexample: {}\n"


def test_layers_alike_stand_where_each_template_is_used(tmp_path: Path) -> None:
    film = tmp_path / "film.yaml"
    scenes = "scenes:\n  - text: One\n  - text: Two\n  - {text: Two, captions: off, say: Hi.}\n"
    film.write_text("version: 1\nvoice: {engine: silent}\ncaptions: lines\n" + scenes, "utf-8")
    drawn = [scene.layers[-2:] for scene in load(film).scenes]
    assert [["text", "shape"]] * 3 == [[one.kind for one in layers] for layers in drawn]
    assert [5, 6, 7] == [layers[1].place.line for layers in drawn]
    assert ["One", "Two", "Two"] == [layers[0].params["text"] for layers in drawn]
    assert drawn[0][1].params == drawn[1][1].params


def test_names_of_a_template_use_the_parameters_and_the_names_before(tmp_path: Path) -> None:
    text = HEAD + 'let: {a: "{{ side.n + 1 }}", b: "{{ a * 2 }}"}\nlayers: [{text: "{{ b }}"}]\n'
    assert "8" == scenes(tmp_path, text, "{side: {n: 3}}")[1].params["text"]


def test_rows_are_found_inside_a_parameter(tmp_path: Path) -> None:
    text = HEAD + 'layers: [{text: "{{ r }}", for_each: {in: side.rows, as: r}}]\n'
    layers = scenes(tmp_path, text, "{side: {rows: [x, y]}}")
    assert ["x", "y"] == [layer.params["text"] for layer in layers[1:]]


BESIDE = "it is a parameter of the template; write it below `with:`"


@pytest.mark.parametrize(
    ("scene", "hints"),
    [
        (
            "{template: title, with: {title: Hi}, subtitle: Once, durtion: 3}",
            {"subtitle": BESIDE, "durtion": "did you mean 'duration'?"},
        ),
        ("{template: mine, side: {n: 1}, rows: {n: 1}}", {"side": BESIDE, "rows": ""}),
        ("{template: [title], subtitle: Once}", {"subtitle": ""}),
        ("{template: titel, subtitle: Once}", {"subtitle": ""}),
        ("{text: Hi, subtitle: Once}", {"subtitle": ""}),
    ],
)
def test_a_parameter_beside_with_is_told_where_it_belongs(
    tmp_path: Path, scene: str, hints: dict[str, str]
) -> None:
    own = tmp_path / "templates" / "scenes" / "mine.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(HEAD + "layers: [{text: Hi}]\n", "utf-8")
    spec = tmp_path / "film.yaml"
    spec.write_text(f"version: 1\nscenes:\n  - {scene}\n", "utf-8")
    with pytest.raises(SpecError) as caught:
        load(spec)
    unknown = [one for one in caught.value.problems if one.code == "unknown-key"]
    assert hints == {one.message.split("'")[1]: one.hint for one in unknown}


def test_credits_without_names_or_sources_are_a_problem(tmp_path: Path) -> None:
    spec = tmp_path / "film.yaml"
    spec.write_text("version: 1\nscenes:\n  - {template: credits}\n")
    with pytest.raises(SpecError) as caught:
        load(spec)
    assert ["missing-value"] == [problem.code for problem in caught.value.problems]


def test_credits_name_the_sources_that_the_film_cites(tmp_path: Path) -> None:
    spec = tmp_path / "film.yaml"
    spec.write_text(
        "version: 1\nsources: {iea: {title: Outlook, licence: CC BY 4.0}, un: {title: Other}}\n"
        "scenes:\n  - {text: a, cite: [iea]}\n  - {template: credits}\n"
    )
    texts = [item.params["text"] for item in load(spec).scenes[1].layers if item.kind == "text"]
    assert ["**Outlook**\nCC BY 4.0"] == texts
