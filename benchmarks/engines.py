"""The same film made natively and through MoviePy, in one run: seconds and their ratio.

Speech is made before; each engine then begins with nothing else in its store. Run it with
`python benchmarks/engines.py [SPEC]`.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from renderer import build
from renderer.render import Options, compile_spec, silent
from renderer.store import Store
from renderer.work import cores

SPEC = Path(__file__).parent.parent / "projects" / "topic.yaml"


def seconds(engine: str, spec: Path, store: Store, folder: Path) -> float:
    """Return how long an engine takes for a planned film, processes and imports included."""
    timeline = compile_spec(spec, Options(), store).timeline
    began = time.perf_counter()
    build.ENGINES[engine](timeline, Store(folder / engine), cores(), silent)
    return time.perf_counter() - began


def main() -> None:
    """Print the seconds of each engine and the ratio."""
    spec = Path(sys.argv[1]) if sys.argv[1:] else SPEC
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = Store(folder / "speech")
        compile_spec(spec, Options(), store)
        taken = {each: seconds(each, spec, store, folder) for each in ("native", "moviepy")}
    for engine, each in taken.items():
        print(f"{engine}: {each:.1f} s")
    print(f"moviepy / native: {taken['moviepy'] / taken['native']:.1f}")


if __name__ == "__main__":
    main()
