"""A topic alone → a spec to be filled in: its shape, and no word that was made up."""

from __future__ import annotations

from reelspec.author.composing import composed
from reelspec.author.phrases import capital
from reelspec.author.plain import screen_text
from reelspec.author.request import Request
from reelspec.author.staging import Scene
from reelspec.author.writing import Origin, header

_SECONDS = 12
_MOST = 20


def skeleton(request: Request, origin: Origin) -> str:
    """Return the text of a spec whose scenes say what is to be written in them."""
    manner = request.manner
    title = screen_text(capital(request.topic), request.lang) or "…"
    film = {"version": 1, "title": title, "lang": request.lang}
    film |= {"size": manner.size} if manner.size else {}
    film |= {"duration": f"{request.duration:g}s"}
    film |= {"theme": manner.theme} if manner.theme else {}
    count = max(1, min(_MOST, round(request.duration / _SECONDS) - 2))
    opening = _scene("opening", "title", {"title": title}, "TO FILL IN: say what the film is about")
    points = [
        _scene(f"point-{n}", "statement", {"text": "…"}, "TO FILL IN: one point, and its source")
        for n in range(1, count + 1)
    ]
    close = _scene("close", "statement", {"text": "…"}, "TO FILL IN: what is to be remembered")
    lines = ["A skeleton: nothing in it was researched, and every scene is to be filled in."]
    return composed(film, [opening, *points, close], [*header("no source", origin), *lines])


def _scene(name: str, template: str, given: dict[str, str], task: str) -> Scene:
    says = f"{task}; then write what is spoken as `say:`"
    return {"id": name, "template": template, "with": given, "notes": task, "#": [says]}
