"""Which scenes were probably edited, by the lines of a spec: what is begun first, and no more."""

from pathlib import Path

import pytest

from renderer import touched
from renderer.render import Options, render
from renderer.work import Crew

FILM = """version: 1
size: 320x180
voice: {engine: silent}
defaults: {scene: {transition: {kind: dissolve, over: 400ms}}}
scenes:
  - {id: one, text: First}
  - id: two
    duration: 1s
    text: Second
  - {id: three, text: Third}
  - {id: four, text: Fourth}
"""
ROWS = """version: 1
vars: {rows: [N]}
scenes:
  - {id: "a-{{ n }}", for_each: {in: rows, as: n}, text: "{{ n }}"}
  - {id: b, text: Other}
"""
EDITS = {
    "nothing": (FILM, "Second", "Second", set()),
    "a word": (FILM, "Third", "Thirds", {"three"}),
    "a line of several": (FILM, "Second", "Two", {"two"}),
    "two scenes": (FILM, "th}", "th.}", {"four"}),
    "what all rest on": (FILM, "size: 320x180", "size: 640x360", {"one"}),
    "a scene of rows": (ROWS.replace("N", "1, 2"), '"{{ n }}"}', '"n {{ n }}"}', {"a-1", "a-2"}),
    "a scene of many rows": (
        ROWS.replace("N", ", ".join(map(str, range(20)))),
        "Other",
        "Others",
        {"b"},
    ),
    "too many of them": (
        ROWS.replace("N", ", ".join(map(str, range(20)))),
        *('"{{ n }}"}', '"n {{ n }}"}'),
        set(),
    ),
    "too many lines": (FILM, FILM[10:], FILM[10:] + "".join(f"# {n}\n" for n in range(20)), set()),
}


@pytest.mark.parametrize("name", EDITS)
def test_scenes_with_new_lines_were_edited(tmp_path: Path, name: str) -> None:
    before, old, new, wanted = EDITS[name]
    path, options = tmp_path / "film.yaml", Options()
    path.write_text(before, encoding="utf-8")
    store = options.open_store(path)
    assert frozenset() == touched.touched(store, options.load(path))

    touched.keep(store, path)
    path.write_text(before.replace(old, new), encoding="utf-8")

    assert wanted == touched.touched(store, options.load(path))


def test_what_moves_in_an_edited_scene_is_begun_first_and_the_film_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, begun = tmp_path / "film.yaml", list[str]()
    ahead = Crew.ahead
    monkeypatch.setattr(
        Crew, "ahead", lambda crew, *asked: (begun.append(asked[1].name), ahead(crew, *asked))
    )
    path.write_text(FILM, encoding="utf-8")
    first = render(path, tmp_path / "film.mp4", Options())
    assert [] == begun

    path.write_text(FILM.replace("Third", "Thirds"), encoding="utf-8")
    edited = render(path, tmp_path / "film.mp4", Options())

    assert (["segment 'two → three'", "segment 'three → four'"], 3) == (begun, edited.encoded)
    whole = edited.path.read_bytes()
    again = render(path, tmp_path / "film.mp4", Options(cache=False))
    assert (first.segments, whole) == (again.encoded, again.path.read_bytes())
