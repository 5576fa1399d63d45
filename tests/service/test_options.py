"""What the command line of the service means."""

from __future__ import annotations

from pathlib import Path

import pytest

from reelspec.service.cli.options import settings_of
from renderer.errors import UsageError


def test_a_source_is_an_address_as_it_stands_or_a_file_found_from_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "sun.md").write_text("# Sun")
    found = settings_of(folder=tmp_path, sources=("sun.md", "https://example.com/a//b?c"))

    assert ("--source", str(tmp_path.resolve() / "sun.md")) == found.author[:2]
    assert ("--source", "https://example.com/a//b?c") == found.author[2:]


def test_a_source_that_is_not_there_is_told_before_anything_is_served(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as stop:
        settings_of(folder=tmp_path, sources=(str(tmp_path / "none.md"),))

    assert ["missing-file"] == [problem.code for problem in stop.value.problems]
