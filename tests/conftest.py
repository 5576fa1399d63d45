"""The order of the suite: what takes longest is begun first, so that no process waits at the end."""

import pytest

LONGEST = (
    "test_docs.py",
    "test_projects.py",
    "test_voice.py",
    "test_engines.py",
    "test_watch.py",
    "test_saves.py",
    "test_program.py",
    "test_service_docs.py",
    "test_rounds.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest before all others."""
    items.sort(key=lambda item: LONGEST.index(name) if (name := item.path.name) in LONGEST else 99)
