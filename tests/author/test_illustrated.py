"""`author --pictures`: specs with pictures beside them, whose these are, and what it tells."""

import json
import shlex
from pathlib import Path
from typing import Any

from serving import sends, serving

from renderer.looks import reading_of_spec
from renderer.source import parse
from renderer.spec import load
from tests.author.illustrated import image
from tests.author.writing import DOCUMENTS, Done, author

SOURCE = DOCUMENTS / "en" / "solar.md"
TOLD = (*("how solar cells work", "--source", str(SOURCE), "--engine", "silent"), "-o", "sun.yaml")


def written(folder: Path, *more: str, duration: str = "60") -> tuple[Done, dict[str, Any]]:
    done = author(folder, *TOLD, "--duration", duration, *more)
    assert 0 == done.returncode, done.stderr
    return done, parse((folder / "sun.yaml").read_bytes(), "sun.yaml").data


def strictly(folder: Path) -> tuple[Any, ...]:
    spec = load(folder / "sun.yaml")
    return (*spec.warnings, *reading_of_spec(spec))


def pictured(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [scene for scene in data["scenes"] if "src" in scene.get("with", {})]


def photos(folder: Path, **said: str) -> None:
    (folder / "photos").mkdir()
    for tone, name in enumerate(("solar cell", "light")):
        (folder / "photos" / f"{name}.jpg").write_bytes(image(tone=tone))
        note = json.dumps({"title": name.title(), "words": ["power", "silicon", "years"], **said})
        (folder / "photos" / f"{name}.json").write_text(note, encoding="utf-8")


def test_a_spec_with_drawn_pictures_passes_the_strict_check(tmp_path: Path) -> None:
    done, data = written(tmp_path, "--pictures", "procedural", duration="30")

    assert () == strictly(tmp_path)
    scenes = pictured(data)
    assert ("opening", "split") == (scenes[0]["id"], scenes[0]["template"])
    files = [scene["with"]["src"] for scene in scenes]
    assert sorted(files) == sorted(
        f"sun-pictures/{one.name}" for one in (tmp_path / "sun-pictures").iterdir()
    )
    assert " in sun-pictures, 0 credited" in done.stderr
    assert "picture by: " in scenes[0]["notes"]


def test_without_being_asked_for_there_are_no_pictures(tmp_path: Path) -> None:
    _, data = written(tmp_path)

    assert [] == pictured(data)
    assert ["sun.yaml"] == [one.name for one in tmp_path.iterdir()]


def test_pictures_are_credited_and_the_film_keeps_its_length(tmp_path: Path) -> None:
    photos(tmp_path, author="A. Haddad", licence="CC BY 4.0", url="https://example.org/1")

    done, data = written(tmp_path, "--pictures", "folder:path=photos", "--json")

    assert () == strictly(tmp_path)
    named = {name: one for name, one in data["sources"].items() if name.startswith("picture-")}
    titles = {one["title"] for one in named.values()}
    assert "Solar Cell — A. Haddad" in titles
    assert titles <= {"Solar Cell — A. Haddad", "Light — A. Haddad"}
    assert {("CC BY 4.0", "https://example.org/1")} == {
        (one["licence"], one["url"]) for one in named.values()
    }
    assert set(named) == {scene["cite"][-1] for scene in pictured(data)}
    told = json.loads(done.stdout)
    assert len(named) == len(told["pictures"])
    assert 0.95 * 60 <= told["seconds"] <= 60


def test_the_command_in_the_spec_finds_the_folder_again(tmp_path: Path) -> None:
    photos(tmp_path)
    (tmp_path / "films").mkdir()
    done = author(
        *(tmp_path, *TOLD[:-1], "films/sun.yaml", "--duration", "30"),
        *("--pictures", "folder:path=photos"),
    )
    before = (tmp_path / "films" / "sun.yaml").read_text(encoding="utf-8")
    again = author(tmp_path, "update", "films/sun.yaml", "-q")

    assert (0, 0) == (done.returncode, again.returncode), done.stderr + again.stderr
    assert "folder:path=../photos" in shlex.split(before.splitlines()[2])
    assert before == (tmp_path / "films" / "sun.yaml").read_text(encoding="utf-8")


def test_without_a_picture_the_film_is_written_all_the_same(tmp_path: Path) -> None:
    with serving({"/v1/images/": sends("", status=503, Retry_After="9000")}) as site:
        done, data = written(
            *(tmp_path, "--pictures", f"stock:endpoint={site.url('/v1')}", "--allow", site.place),
            duration="30",
        )

    assert () == strictly(tmp_path)
    assert [] == pictured(data)
    assert not (tmp_path / "sun-pictures").exists()
    assert "stock: " in done.stderr and "scenes that take a picture have found none" in done.stderr


def test_a_place_that_is_not_public_is_not_asked_for_pictures(tmp_path: Path) -> None:
    with serving({}) as site:
        done, _ = written(
            tmp_path, "--pictures", f"stock:endpoint={site.url('/v1')}", duration="30"
        )

    assert [] == site.asked
    assert "is not on the public internet" in done.stderr


def test_what_cannot_work_stops_before_anything_is_written(tmp_path: Path) -> None:
    done = author(tmp_path, *TOLD, "--pictures", "folder:path=nowhere")

    assert 2 == done.returncode
    assert "there is no folder 'nowhere'" in done.stderr
    assert [] == list(tmp_path.iterdir())
