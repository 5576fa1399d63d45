"""Files under the root: nothing outside it is read, by any link, name or race."""

import hashlib
import os
import socket
import threading
import time
from pathlib import Path

import pytest

from renderer.inputs import NotRead, digest_input, read_input, read_ordinary

POSIX = pytest.mark.skipif(os.name != "posix", reason="what this holds is POSIX")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "project" / "films"
    folder.mkdir(parents=True)
    (folder.parent / "a.png").write_bytes(b"abc")
    (tmp_path / "secret").write_bytes(b"SECRET")
    return folder.parent


def refused(root: Path, name: str) -> str:
    began = time.monotonic()
    with pytest.raises(NotRead) as caught:
        read_input(root, root / "films", name)
    assert time.monotonic() - began < 1
    return caught.value.code


def test_a_file_comes_with_its_path_content_and_digest(root: Path) -> None:
    found = read_input(root, root / "films", "../a.png")
    assert (root / "a.png", b"abc") == (found.path, found.data)
    assert hashlib.sha256(b"abc").hexdigest() == found.sha256
    assert found.sha256 == digest_input(root, root, "a.png").sha256


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../../secret", "outside-root"),
        ("../../../../../../../../etc/passwd", "outside-root"),
        ("/etc/passwd", "outside-root"),
        ("//server/share/a.png", "outside-root"),
        ("\\\\server\\share", "outside-root"),
        ("C:/Windows/win.ini", "outside-root"),
        ("c:\\a.png", "outside-root"),
        ("~/a.png", "outside-root"),
        ("~root/a.png", "outside-root"),
        ("file:///etc/passwd", "not-a-file"),
        ("https://example.org/a.png", "not-a-file"),
        ("data:image/png;base64,AAAA", "not-a-file"),
        ("a\0.png", "bad-path"),
        ("a\n.png", "bad-path"),
        ("..\\a.png", "bad-path"),
        ("no.png", "missing-file"),
        ("no/such/folder.png", "missing-file"),
        ("a" * 300, "unreadable-file"),  # longer than a name may be
        (".", "not-a-file"),
        ("..", "not-a-file"),
        ("", "not-a-file"),
        ("../a.png/b", "unreadable-file"),
    ],
)
def test_names_that_lead_to_no_file_of_the_project_are_refused(
    root: Path, name: str, code: str
) -> None:
    assert code == refused(root, name)


HOSTILE = [
    *("-i.png", "--help", "concat:a|b", "subfile,,start,0,,a", "%03d.png", "a'b\"c.png", "a;b&c"),
    *("$(id).png", "`id`.png", "é.png", "e\u0301.png", "صورة.png", "a b .png", "*?.png", "x" * 255),
]


@POSIX
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_programs_would_misread_is_only_a_name(root: Path, name: str) -> None:
    (root / name).write_bytes(b"x")
    assert b"x" == read_input(root, root, name).data


@POSIX
def test_links_inside_the_root_work_and_links_out_of_it_do_not(root: Path) -> None:
    (root / "in.png").symlink_to("a.png")
    (root / "out.png").symlink_to("../secret")
    (root / "up").symlink_to("..")
    (root / "circle").symlink_to("circle")
    assert b"abc" == read_input(root, root, "in.png").data
    assert "outside-root" == refused(root, "../out.png")
    assert "outside-root" == refused(root, "../up/secret")
    assert "unreadable-file" == refused(root, "../circle")


@POSIX
def test_what_is_no_ordinary_file_is_refused_at_once(root: Path, tmp_path: Path) -> None:
    os.mkfifo(root / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(root / "s"))
        assert ["not-a-file"] * 3 == [
            refused(root, f"../{name}") for name in ("pipe", "s", "films")
        ]
    (root / "zero").symlink_to("/dev/zero")
    assert "outside-root" == refused(root, "../zero")
    for special in (root / "pipe", Path("/dev/zero"), root):
        with pytest.raises((NotRead, IsADirectoryError)):
            read_ordinary(special, 10)


@POSIX
def test_even_where_the_root_is_the_whole_disk_devices_are_refused() -> None:
    for name in ("dev/zero", "dev/tty", "dev/null"):
        with pytest.raises(NotRead):
            digest_input(Path("/"), Path("/"), name)


def test_a_file_may_have_the_largest_size_and_no_byte_more(root: Path) -> None:
    (root / "big").write_bytes(bytes(11))
    assert 11 == len(read_input(root, root, "big", 11).data)
    for read in (read_input, digest_input):
        with pytest.raises(NotRead) as caught:
            read(root, root, "big", 10)
        assert ("too-large", "'big' has 11 bytes; at most 10 are allowed") == (
            caught.value.code,
            caught.value.says,
        )


@POSIX
def test_a_swap_while_files_are_opened_never_reads_outside(root: Path, tmp_path: Path) -> None:
    inside, outside = root / "d", tmp_path / "evil"
    for folder, content in ((root / "good", b"abc"), (outside, b"SECRET")):
        folder.mkdir()
        (folder / "f").write_bytes(content)
    inside.symlink_to(root / "good")
    done = threading.Event()

    def swap() -> None:
        while not done.is_set():
            for target in (outside, root / "good"):
                (root / "new").symlink_to(target)
                (root / "new").replace(inside)

    thread = threading.Thread(target=swap)
    thread.start()
    seen = set()
    try:
        for _ in range(3000):
            try:
                seen.add(read_input(root, root, "d/f").data)
            except NotRead as error:
                seen.add(error.code.encode())
    finally:
        done.set()
        thread.join()
    assert b"SECRET" not in seen
    assert b"abc" in seen


@POSIX
def test_a_real_folder_swapped_for_a_link_after_it_was_resolved_is_refused(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "d").mkdir()
    (root / "d" / "f").write_bytes(b"abc")
    real = os.path.realpath

    def swapping(path: object) -> str:
        found = real(str(path))
        if str(path).endswith("f"):
            (root / "d").rename(root / "old")
            (root / "d").symlink_to(tmp_path)
            (tmp_path / "f").write_bytes(b"SECRET")
        return found

    monkeypatch.setattr(os.path, "realpath", swapping)
    assert "unreadable-file" == refused(root, "../d/f")
