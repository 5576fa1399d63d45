"""A film is as long as was asked for when it is really spoken."""

from pathlib import Path

import pytest

from renderer.paths import root_of
from renderer.plan import plan
from renderer.spec import load
from renderer.store import Store
from renderer.voice import speak_all
from tests.author.writing import DOCUMENTS, TOPICS, author


def seconds(path: Path) -> float:
    """Return how long a spec's film lasts before holds, spoken by a real voice."""
    spec = load(path)
    timeline, problems = plan(spec, speak_all(spec.lines, Store(root_of(path) / ".render"), print))
    assert () == problems
    return float(sum(shot.body for shot in timeline.shots) / timeline.canvas.fps)


@pytest.mark.parametrize(
    ("lang", "wanted"),
    [
        ("en", 30),
        ("ar", 30),
        pytest.param("ar", 60, marks=pytest.mark.soak),
        pytest.param("en", 60, marks=pytest.mark.soak),
        pytest.param("en", 120, marks=pytest.mark.soak),
        pytest.param("es", 90, marks=pytest.mark.soak),
    ],
)
def test_the_speech_fills_the_length_that_was_asked_for(
    tmp_path: Path, lang: str, wanted: int
) -> None:
    source = str(DOCUMENTS / lang / "solar.md")

    done = author(
        *(tmp_path, TOPICS[lang], "--lang", lang, "--source", source, "-o", "film.yaml"),
        *("--duration", str(wanted)),
    )

    assert 0 == done.returncode, done.stderr
    assert wanted * 0.95 <= seconds(tmp_path / "film.yaml") <= wanted


def test_too_little_matter_is_said_not_padded(tmp_path: Path) -> None:
    (tmp_path / "short.md").write_text(
        "# Tea\n\nTea is made of leaves and hot water. Green tea wants two minutes in the pot.\n",
        encoding="utf-8",
    )

    done = author(tmp_path, "tea", "--source", "short.md", "--duration", "120", "-o", "t.yaml")

    assert 0 == done.returncode
    assert "too-little" in done.stderr
    said = [line.text for line in load(tmp_path / "t.yaml").lines]
    assert [
        "Tea is made of leaves and hot water.",
        "Green tea wants two minutes in the pot.",
    ] == said
