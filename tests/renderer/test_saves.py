"""How editors and tools save a file: each is one round with what was saved, and touching is none."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from renderer.watch import lookout
from tests.renderer.watching import Watching, texts, watching

SPEC = """version: 1
size: 64x64
scenes:
  - {{id: one, text: "{}", duration: 500ms}}
  - {{id: two, text: Two, duration: 500ms, transition: cut}}
"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Watching]]:
    """Give a spec that is watched, its film and the cache lying beside it."""
    path = tmp_path_factory.mktemp("saves") / "film.yaml"
    path.write_text(SPEC.format("First"))
    with watching(path) as watched:
        watched.round()
        yield path, watched


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def vim_backup_copy(path: Path, text: str) -> None:
    """As vim with `backupcopy=yes`: a copy as backup, the file itself written anew."""
    (path.parent / ".film.yaml.swp").write_bytes(b"b0VIM")
    (path.parent / "4913").touch()
    (path.parent / "4913").unlink()
    shutil.copyfile(path, f"{path}~")
    path.write_text(text)
    Path(f"{path}~").unlink()
    (path.parent / ".film.yaml.swp").unlink()


def vim_rename(path: Path, text: str) -> None:
    """As vim with `backupcopy=no`: the file becomes the backup, a new one takes its name."""
    (path.parent / "4913").touch()
    (path.parent / "4913").unlink()
    path.rename(f"{path}~")
    path.write_text(text)
    Path(f"{path}~").unlink()


def safe_write(path: Path, text: str) -> None:
    """As JetBrains: a temporary file, the old one moved away, the new one moved in."""
    new, old = Path(f"{path}___jb_tmp___"), Path(f"{path}___jb_old___")
    new.write_text(text)
    path.rename(old)
    new.rename(path)
    old.unlink()


def renamed_over(path: Path, text: str) -> None:
    """As `sed -i`: a temporary file renamed over the old one."""
    new = path.parent / "sedXy12Z"
    new.write_text(text)
    new.replace(path)


def copied(path: Path, text: str) -> None:
    other = path.parent.parent / "other.yaml"
    other.write_text(text)
    shutil.copy(other, path)


def slowly(path: Path, text: str) -> None:
    """In two parts with more than the quiet period between them, cut within a line."""
    with path.open("w") as file:
        file.write(text[:60])
        file.flush()
        time.sleep(0.5)
        file.write(text[60:])


def emptied_first(path: Path, text: str) -> None:
    path.write_text("")
    time.sleep(0.5)
    path.write_text(text)


def deleted_first(path: Path, text: str) -> None:
    path.unlink()
    time.sleep(0.7)
    path.write_text(text)


SAVES = [
    *(in_place, vim_backup_copy, vim_rename, safe_write, renamed_over),
    *(copied, slowly, emptied_first, deleted_first),
]


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_a_save_is_one_round_with_what_was_saved(
    film: tuple[Path, Watching], save: Callable[[Path, str], None]
) -> None:
    path, watched = film

    save(path, SPEC.format(save.__name__))

    saved, rendered = watched.round()
    assert ((path,), [save.__name__, "Two"]) == (saved.paths, texts(rendered))
    assert (("one",), ("two",)) == (rendered.encoded, rendered.cached)
    assert [] == watched.rest(0.4)


def same_content(path: Path) -> None:
    path.write_bytes(path.read_bytes())


def same_content_by_another_file(path: Path) -> None:
    renamed_over(path, path.read_text())


def gone_and_back(path: Path) -> None:
    text = path.read_text()
    path.unlink()
    time.sleep(0.4)
    path.write_text(text)


def changed_and_back(path: Path) -> None:
    text = path.read_text()
    path.write_text("nothing")
    path.write_text(text)


def files_of_others(path: Path) -> None:
    for name in ("notes.txt", ".film.yaml.swp", "film.yaml~", "#film.yaml#", "other.yaml"):
        (path.parent / name).write_text("anything")


def read_only(path: Path) -> None:
    path.chmod(0o400)
    path.chmod(0o600)
    os.utime(path)


@pytest.mark.parametrize(
    "stir",
    [
        *(read_only, same_content, same_content_by_another_file, gone_and_back),
        *(changed_and_back, files_of_others),
    ],
    ids=lambda stir: stir.__name__,
)
def test_what_leaves_the_content_as_it_was_renders_nothing(
    film: tuple[Path, Watching], stir: Callable[[Path], None]
) -> None:
    path, watched = film

    stir(path)

    assert [] == watched.rest(0.7)


def test_a_spec_that_is_deleted_is_a_problem_after_its_grace(
    film: tuple[Path, Watching],
) -> None:
    path, watched = film
    text = path.read_text()

    began = time.monotonic()
    path.unlink()
    _, broken = watched.broken()
    waited = time.monotonic() - began
    path.write_text(text)
    watched.round()

    assert ("no-spec", True) == (broken.problems[0].code, 2.0 <= waited < 4.0)


def test_polling_sees_saves_where_no_events_come(tmp_path: Path) -> None:
    path = tmp_path / "film.yaml"
    path.write_text(SPEC.format("First"))
    with watching(path, poll=0.1) as watched:
        watched.round()
        path.write_text(SPEC.format("Second"))

        assert ["Second", "Two"] == texts(watched.round()[1])


def git(folder: Path, *arguments: str) -> None:
    names = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    subprocess.run(["git", *names, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_another_branch_is_one_round_with_all_of_its_files(tmp_path: Path) -> None:
    path = tmp_path / "film.yaml"
    path.write_text("use: [brand.yaml]\n" + SPEC.format("{{ name }}"))
    (tmp_path / "brand.yaml").write_text("vars: {name: Old}\n")
    git(tmp_path, "init", "-q", "-b", "old")
    git(tmp_path, "add", "film.yaml", "brand.yaml")
    git(tmp_path, "commit", "-q", "-m", "Old")
    git(tmp_path, "checkout", "-q", "-b", "new")
    git(tmp_path, "rm", "-q", "brand.yaml")
    (tmp_path / "look").mkdir()
    (tmp_path / "look" / "brand.yaml").write_text("vars: {name: New}\n")
    path.write_text(path.read_text().replace("brand.yaml", "look/brand.yaml"))
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-q", "-m", "New")
    git(tmp_path, "checkout", "-q", "old")
    with watching(path) as watched:
        found = [texts(watched.round()[1])[0]]
        for branch in ("new", "old"):
            git(tmp_path, "checkout", "-q", branch)
            found.append(texts(watched.round()[1])[0])

        assert (["Old", "New", "Old"], []) == (found, watched.rest(0.3))


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right there")
def test_a_link_is_watched_at_both_ends(tmp_path: Path) -> None:
    (tmp_path / "versions").mkdir()
    for name in ("a", "b"):
        (tmp_path / "versions" / f"{name}.yaml").write_text(f"vars: {{name: {name}}}\n")
    link, path = tmp_path / "brand.yaml", tmp_path / "film.yaml"
    link.symlink_to("versions/a.yaml")
    path.write_text("use: [brand.yaml]\n" + SPEC.format("{{ name }}"))
    with watching(path) as watched:
        found = [texts(watched.round()[1])[0]]
        link.unlink()
        link.symlink_to("versions/b.yaml")
        found.append(texts(watched.round()[1])[0])
        (tmp_path / "versions" / "b.yaml").write_text("vars: {name: c}\n")
        found.append(texts(watched.round()[1])[0])

    assert ["a", "b", "c"] == found


LAST = "# the end of a file that is longer than what is looked at of its end, by a few letters\n"


def test_the_first_save_is_taken_at_once_where_the_file_ends_as_it_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "film.yaml"
    path.write_text(SPEC.format("First") + LAST)
    monkeypatch.setattr(lookout, "QUIET", 3600.0)
    monkeypatch.setattr(lookout, "LONGEST", 3600.0)
    with watching(path) as watched:
        watched.round()
        time.sleep(2 * lookout.CALM)
        path.write_text(SPEC.format("Second") + LAST)
        second = texts(watched.round()[1])
        time.sleep(2 * lookout.CALM)
        path.write_text(SPEC.format("Third") + LAST.replace("letters", "words"))
        rest = watched.rest(1.0)

    assert (["Second", "Two"], []) == (second, rest)
