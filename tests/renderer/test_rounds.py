"""A film that is kept up to date is, after any edits, to the byte what a render from nothing makes."""

import random
from pathlib import Path

from renderer import recipes
from renderer.inputs import noted
from renderer.memory import Memory, remembering
from renderer.render import Compiled, Made, Options, compile_spec, produce
from renderer.segments import segments
from renderer.store import Store
from renderer.work import Crew, crew

HEAD = """version: 1
size: 64x48
fps: 12
voice: {engine: silent}
captions: {mode: lines, export: [srt]}
defaults: {scene: {lead: 0s, tail: 100ms, transition: {kind: dissolve, over: 200ms}}}
scenes:
"""
SCENES = 30
EDITS = 8
COLD = (EDITS // 2, EDITS - 1)
"""The edits after which the film is rendered from nothing too."""


def scene(number: int, chance: random.Random) -> str:
    """Return a scene of its own number, some of them with lines of more than one."""
    word = chance.choice(["red", "green", "blue"])
    said = chance.choice(["", f", say: Now {word}."])
    more = chance.choice(["", f"\n    # a note on {word}\n    notes: {word}"])
    if more:
        return f"  - id: s{number}\n    text: {word} {number}{more}\n"
    return f"  - {{id: s{number}, text: {word} {number}, duration: 1s{said}}}\n"


def edited(scenes: list[str], number: int, chance: random.Random) -> list[str]:
    """Return scenes of which one is changed, new, gone or elsewhere."""
    left, at = list(scenes), chance.randrange(len(scenes))
    kind = chance.choice(["change", "insert", "remove", "move"])
    if kind in ("change", "remove", "move"):
        taken = left.pop(at)
    if kind in ("change", "insert"):
        left.insert(at, scene(100 + number, chance))
    elif kind == "move":
        left.insert(chance.randrange(len(left)), taken)
    return left


def made(path: Path, store: Store, workers: Crew, name: str) -> Made:
    compiled = compile_spec(path, Options(), store)
    out = path.with_name(name)
    return produce(compiled, out, Options(), store, workers=workers, lasting=False)


def told(one: Compiled) -> tuple[str, ...]:
    """Return all that is known of a film before it is made, with the places in its text."""
    return repr(one.spec.scenes), repr(one.timeline), repr(segments(one.timeline))


def content(one: Made) -> list[bytes]:
    """Return the film and what lies beside it."""
    return [path.read_bytes() for path in (one.path, *one.captions)]


def test_after_any_edits_the_film_is_what_a_render_from_nothing_makes(tmp_path: Path) -> None:
    chance, kept, path = random.Random(7), Memory(), tmp_path / "film.yaml"
    scenes = [scene(number, chance) for number in range(SCENES)]
    store = Store(tmp_path / "store")
    with crew(2) as workers:
        for number in range(EDITS):
            path.write_text(HEAD + "".join(scenes), encoding="utf-8")
            with remembering(kept), noted():
                warm = made(path, store, workers, "warm.mp4")
                recalled = told(warm.compiled)
            anew = compile_spec(path, Options(), store)
            assert told(anew) == recalled
            assert recipes.whole(anew.timeline).film.key == warm.built.recipes.film.key
            if number in COLD:
                cold = made(path, Store(tmp_path / f"cold-{number}"), workers, "cold.mp4")
                assert content(cold) == content(warm)
            scenes = edited(scenes, number, chance)
