"""How large a film may be, counted over the scenes that are produced."""

from __future__ import annotations

from fractions import Fraction

from renderer.nouns import Scene
from renderer.profile import profile
from renderer.spec.context import Context
from renderer.times import clock


class Count:
    """What the scenes so far add up to; `full` says that no more may come."""

    def __init__(self) -> None:
        self.full = False
        self._scenes = self._layers = self._said = 0
        self._length = Fraction(0)

    def add(self, scene: Scene, context: Context) -> None:
        """Count a scene; a problem is added where it is one too many, and the count is full."""
        most = profile()
        self._scenes += 1
        self._layers += len(scene.layers)
        self._said += sum(len(line.text) for line in scene.lines)
        self._length += scene.duration or 0
        if self._scenes > most.scenes:
            self._refuse("too-many", f"more than {most.scenes:,} scenes", scene, context)
        elif self._layers > most.layers:
            says = f"more than {most.layers:,} layers in all scenes together"
            self._refuse("too-many", says, scene, context)
        elif self._said > most.said:
            says = f"more than {most.said:,} characters of narration"
            self._refuse("too-many", says, scene, context)
        elif self._length > most.length:
            says = f"the scenes up to here last {clock(self._length)}; at most {most.longest} are"
            self._refuse("out-of-range", f"{says} allowed", scene, context)

    def _refuse(self, code: str, says: str, scene: Scene, context: Context) -> None:
        self.full = True
        context.add(code, says, scene.place)
