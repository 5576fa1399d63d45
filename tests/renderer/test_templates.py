"""Expressions, scene templates and themes."""

import os
import time
from pathlib import Path
from typing import Any

import pytest

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


def test_a_projects_theme_and_template_are_used_and_their_errors_stand_in_them(project: Any) -> None:
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
