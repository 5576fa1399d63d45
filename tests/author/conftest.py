"""Folders of tests of the author lie under one root: a voice is heard and a line spoken once."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a root of films, whose store is shared by all the folders in it."""
    folder = tmp_path_factory.mktemp("author")
    (folder / "reelspec.toml").write_text("", encoding="utf-8")
    return folder


@pytest.fixture
def tmp_path(root: Path, request: pytest.FixtureRequest) -> Path:
    """Return an empty folder of the test's own in that root."""
    folder = root / f"{len(list(root.iterdir()))}"
    folder.mkdir()
    return folder
