"""How large a film may be, counted over the scenes that are produced."""

from __future__ import annotations

from fractions import Fraction

from renderer.nouns import Scene
from renderer.spec.context import Context
from renderer.spec.gather import MOST_SCENES
from renderer.times import LONGEST, clock

MOST_LAYERS = 200_000
"""Layers of all scenes, their backgrounds counted: what keeps a spec below some 300 MB."""


class Count:
    """What the scenes so far add up to; `full` says that no more may come."""

    def __init__(self) -> None:
        self.full = False
        self._scenes = self._layers = 0
        self._length = Fraction(0)

    def add(self, scene: Scene, context: Context) -> None:
        """Count a scene; a problem is added where it is one too many, and the count is full."""
        self._scenes += 1
        self._layers += len(scene.layers)
        self._length += scene.duration or 0
        if self._scenes > MOST_SCENES:
            self._refuse("too-many", f"more than {MOST_SCENES:,} scenes", scene, context)
        elif self._layers > MOST_LAYERS:
            says = f"more than {MOST_LAYERS:,} layers in all scenes together"
            self._refuse("too-many", says, scene, context)
        elif self._length > LONGEST:
            says = f"the scenes up to here last {clock(self._length)}; at most 24 hours are allowed"
            self._refuse("out-of-range", says, scene, context)

    def _refuse(self, code: str, says: str, scene: Scene, context: Context) -> None:
        self.full = True
        context.add(code, says, scene.place)
