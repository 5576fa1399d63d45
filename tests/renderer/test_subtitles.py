"""Captions beside the film and in it, read by readers that are not ours."""

import json
import subprocess
import sys
from pathlib import Path

import av
import pysubs2
import pytest

from renderer import subtitles
from renderer.errors import UsageError
from renderer.render import Made, Options, render

RENDER = Path(sys.executable).with_name("render")
ENGLISH = """
version: 1
size: 160x90
voice: {engine: silent}
captions: {mode: off, export: [srt, vtt]}
scenes:
  - {id: one, say: One two three.}
  - {id: two, say: "Four < five & six.", transition: {kind: dissolve, over: 200ms}}
"""
ARABIC = """
version: 1
lang: ar
size: 160x90
voice: {engine: silent}
captions: {mode: karaoke, export: [srt, vtt]}
scenes:
  - {id: one, say: "NASA تقول إن الشمس قريبة."}
"""


def made(folder: Path, spec: str, **options: object) -> Made:
    path = folder / "film.yaml"
    path.write_text(spec, encoding="utf-8")
    return render(path, folder / "film.mp4", Options(**options))  # type: ignore[arg-type]


def read(path: Path) -> list[tuple[int, int, str]]:
    """Return begin and end in ms and the text of each caption, as pysubs2 reads a file."""
    return [(each.start, each.end, each.plaintext) for each in pysubs2.load(str(path), "utf-8")]


def track(path: Path) -> list[tuple[float, float, str]]:
    """Return begin and end in seconds and the text of each sample of the track that has one."""
    found = []
    with av.open(str(path)) as container:
        for packet in container.demux(subtitles=0):
            for rect in packet.decode() if packet.size else ():
                begin = float(packet.pts * packet.time_base)
                length = float(packet.duration * packet.time_base)
                text = rect.ass.decode().split(",", 8)[8]  # type: ignore[union-attr]
                found.append((round(begin, 3), round(begin + length, 3), text))
    return found


def test_the_files_beside_the_film_hold_what_is_said_and_when(tmp_path: Path) -> None:
    film = made(tmp_path, ENGLISH)

    # Each scene: 0.3 s lead, 0.4 s a word, 0.5 s tail, through which a caption stays.
    expected = [(300, 2000, "One two three."), (2300, 4800, "Four < five & six.")]
    assert [tmp_path / "film.srt", tmp_path / "film.vtt"] == list(film.captions)
    assert expected == read(tmp_path / "film.srt")
    assert "Four &lt; five &amp; six." in (tmp_path / "film.vtt").read_text("utf-8")
    assert [each[:2] for each in expected] == [each[:2] for each in read(tmp_path / "film.vtt")]


def test_the_track_in_the_film_holds_the_same(tmp_path: Path) -> None:
    made(tmp_path, ENGLISH)

    assert [(0.3, 2.0, "One two three."), (2.3, 4.8, "Four < five & six.")] == track(
        tmp_path / "film.mp4"
    )


def titles(path: Path) -> tuple[object, ...]:
    """Return what a film's file says beside its pictures and its sound."""
    with av.open(str(path)) as film:
        told = {k: v for k, v in film.metadata.items() if k in ("title", "artist", "language")}
        chapters = [
            (float(each["start"] * each["time_base"]), each["metadata"]) for each in film.chapters()
        ]
        flags = [stream.disposition for stream in film.streams]
    return told, chapters, flags, track(path)


@pytest.mark.parametrize("spec", [ENGLISH, ARABIC], ids=["en", "ar"])
def test_moviepys_film_has_the_same_track_chapters_and_tags(tmp_path: Path, spec: str) -> None:
    made(tmp_path, spec)
    native = titles(tmp_path / "film.mp4")

    made(tmp_path, spec, engine="moviepy")

    assert native == titles(tmp_path / "film.mp4")
    assert native[3]


@pytest.mark.parametrize(
    ("spec", "language", "shown"), [(ENGLISH, "eng", True), (ARABIC, "ara", False)]
)
def test_players_show_the_track_unasked_where_the_picture_has_no_captions(
    tmp_path: Path, spec: str, language: str, shown: bool
) -> None:
    made(tmp_path, spec)

    with av.open(str(tmp_path / "film.mp4")) as container:
        stream = container.streams.subtitles[0]
        found = (
            stream.metadata["language"],
            bool(stream.disposition & av.stream.Disposition.default),
        )
        others = [s.disposition for s in (*container.streams.video, *container.streams.audio)]

    assert (language, shown) == found
    assert [av.stream.Disposition.default] * 2 == others


def test_lines_of_a_film_from_right_to_left_are_set_so_everywhere(tmp_path: Path) -> None:
    made(tmp_path, ARABIC)
    line = "\u202bNASA تقول إن الشمس قريبة.\u202c"

    found = {each[2] for name in ("srt", "vtt") for each in read(tmp_path / f"film.{name}")}

    assert {line} == found | {each[2] for each in track(tmp_path / "film.mp4")}


def test_a_film_joined_from_the_cache_has_the_same_bytes(tmp_path: Path) -> None:
    film = made(tmp_path, ENGLISH)
    before = [path.read_bytes() for path in (film.path, *film.captions)]
    made(tmp_path, ENGLISH, cache=False)

    assert before == [path.read_bytes() for path in (film.path, *film.captions)]


def test_a_changed_word_changes_the_files_and_the_track(tmp_path: Path) -> None:
    made(tmp_path, ENGLISH)
    made(tmp_path, ENGLISH.replace("three", "four"))

    assert (
        "One two four." == read(tmp_path / "film.srt")[0][2] == track(tmp_path / "film.mp4")[0][2]
    )


def test_a_part_of_a_film_has_its_captions_at_its_own_times(tmp_path: Path) -> None:
    made(tmp_path, ENGLISH, begin="1s", end="3s")

    expected = [(0, 1000, "One two three."), (1300, 2000, "Four < five & six.")]
    assert expected == read(tmp_path / "film.srt")
    assert [(0.0, 1.0), (1.3, 2.0)] == [each[:2] for each in track(tmp_path / "film.mp4")]


def test_a_scene_by_itself_has_its_captions_from_its_beginning(tmp_path: Path) -> None:
    made(tmp_path, ENGLISH, scenes=("two",))

    assert [(300, 2800, "Four < five & six.")] == read(tmp_path / "film.srt")


def test_a_scene_may_be_left_out_of_the_files(tmp_path: Path) -> None:
    made(
        tmp_path,
        ENGLISH.replace("say: One two three.", "say: One two three., captions: {export: []}"),
    )

    assert ["Four < five & six."] == [each[2] for each in read(tmp_path / "film.srt")]


def test_without_export_there_is_no_file_and_no_track(tmp_path: Path) -> None:
    film = made(tmp_path, ENGLISH.replace("{mode: off, export: [srt, vtt]}", "lines"))

    with av.open(str(film.path)) as container:
        found = len(container.streams.subtitles)
    assert ((), 0, []) == (film.captions, found, list(tmp_path.glob("film.[sv]*t")))


def test_the_command_line_names_the_files(tmp_path: Path) -> None:
    path, out = tmp_path / "film.yaml", tmp_path / "out.mp4"
    path.write_text(ENGLISH, encoding="utf-8")
    command = [str(RENDER), str(path), "-o", str(out), "--json", "-q"]

    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)

    said = json.loads(done.stdout)
    assert [str(tmp_path / "out.srt"), str(tmp_path / "out.vtt")] == said["captions"]


def test_a_file_that_the_film_is_made_of_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "film.srt").write_text("vars: {a: b}\n", encoding="utf-8")

    with pytest.raises(UsageError, match=r"film\.srt"):
        made(tmp_path, ENGLISH + "use: [film.srt]\n")


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("en", "eng"),
        ("ar-EG", "ara"),
        ("fa", "fas"),
        ("zh-Hans", "zho"),
        ("ckb", "ckb"),
        ("xx", "und"),
    ],
)
def test_languages_are_named_as_in_iso_639_2(tag: str, code: str) -> None:
    assert code == subtitles.language(tag)
