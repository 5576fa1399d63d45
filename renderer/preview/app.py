"""What the server answers: its page, the film, stills, boxes, lines of the spec, and events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from renderer.errors import Place, Stop
from renderer.preview.board import Board, Plan, Shown
from renderer.preview.excerpt import excerpt
from renderer.preview.painter import FIRST, LAST, Painter
from renderer.preview.telling import told_film, told_lines, told_plan, told_problem, told_spot

PAGE = Path(__file__).resolve().parent / "page"
_TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_BEAT = 10.0
_SMALL = 400
_WIDEST = 4096


class Answers:
    """The handlers; each works on what the board shows when it is called."""

    def __init__(self, board: Board, painter: Painter) -> None:
        """Answer from a board and with a painter."""
        self._board = board
        self._painter = painter

    def routes(self) -> list[Route]:
        """Return every route there is; the page's files are read once, here."""
        return [
            *_pages(),
            Route("/events", self.events),
            Route("/film", self.film),
            Route("/still", self.still),
            Route("/boxes", self.boxes),
            Route("/lines", self.lines),
        ]

    async def events(self, request: Request) -> Response:
        """Answer with server-sent events: what has changed, always the newest of it."""
        return StreamingResponse(_events(self._board), media_type="text/event-stream")

    async def film(self, request: Request) -> Response:
        """Answer with the film of a digest, whole or one range of it."""
        found = self._board.shown.film(request.query_params.get("digest", ""))
        if found is None or not found.path.is_file():
            raise HTTPException(404)
        if request.headers.get("range", "").count(","):
            raise HTTPException(416)
        headers = {"etag": f'"{found.digest}"'}
        return FileResponse(found.path, headers=headers, media_type="video/mp4")

    def still(self, request: Request) -> Response:
        """Answer with a frame as JPEG; a narrow one counts as a thumbnail and waits."""
        plan = self._plan(request)
        timeline = plan.compiled.timeline
        width = _whole(request, "width", 16, _WIDEST)
        urgency = LAST if width < _SMALL else FIRST
        frame = _whole(request, "frame", 0, timeline.frames - 1)
        try:
            entry = self._painter.picture(timeline, frame, width, urgency)
            content = entry.path.read_bytes()
        except (Stop, OSError) as error:
            return Response(str(error), 503, media_type="text/plain")
        if urgency == FIRST:
            self._board.saw(plan.number)
        return Response(content, media_type="image/jpeg", headers={"etag": f'"{entry.key}"'})

    def boxes(self, request: Request) -> Response:
        """Answer with the layers of a frame, bottom first, and where they stand."""
        timeline = self._plan(request).compiled.timeline
        frame = _whole(request, "frame", 0, timeline.frames - 1)
        try:
            spots = self._painter.spots(timeline, frame)
        except Stop as stop:
            return Response(str(stop), 503, media_type="text/plain")
        return JSONResponse([told_spot(each) for each in spots])

    def lines(self, request: Request) -> Response:
        """Answer with the lines of the spec that a scene, or a layer in a frame, comes from."""
        plan = self._plan(request)
        place = self._layer(request, plan) if "layer" in request.query_params else None
        place = place or self._scene(request, plan)
        return JSONResponse(told_lines(excerpt(place, plan.compiled.spec.root), place))

    def _scene(self, request: Request, plan: Plan) -> Place:
        shots = plan.compiled.timeline.shots
        shot = shots[_whole(request, "scene", 0, len(shots) - 1)]
        return next(scene.place for scene in plan.compiled.spec.scenes if scene.id == shot.id)

    def _layer(self, request: Request, plan: Plan) -> Place | None:
        timeline = plan.compiled.timeline
        frame = _whole(request, "frame", 0, timeline.frames - 1)
        number = _whole(request, "layer", 0, 10_000)
        spots = self._painter.spots(timeline, frame)
        return next((spot.layer.place for spot in spots if spot.number == number), None)

    def _plan(self, request: Request) -> Plan:
        """Return the plan that the request names; 409 where it is not the newest any more."""
        plan = self._board.shown.plan
        if plan is None or request.query_params.get("plan") != str(plan.number):
            raise HTTPException(409)
        return plan


def app(board: Board, painter: Painter) -> Starlette:
    """Return the application that answers from a board and with a painter."""
    return Starlette(routes=Answers(board, painter).routes())


def _whole(request: Request, name: str, least: int, most: int) -> int:
    """Return a parameter as a whole number within bounds; 400 where it is none."""
    written = request.query_params.get(name, "")
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise HTTPException(400, f"{name} is a whole number")
    return min(max(int(written), least), most)


def _pages() -> Iterator[Route]:
    for file in sorted(PAGE.iterdir()):
        if file.suffix in _TYPES:
            path = "/" if file.name == "index.html" else f"/{file.name}"
            yield Route(path, partial(_page, file.read_bytes(), _TYPES[file.suffix]))


async def _page(content: bytes, media_type: str, request: Request) -> Response:
    return Response(content, media_type=media_type)


async def _events(board: Board) -> AsyncIterator[str]:
    """Yield events until the board closes; a slow reader misses what is no longer so."""
    loop, changed = asyncio.get_running_loop(), asyncio.Event()
    told: dict[str, Any] = {}
    with board.listening(partial(loop.call_soon_threadsafe, changed.set)):
        while not board.closed:
            changed.clear()
            for name, key, tell in _parts(board.shown):
                if told.get(name) != key:
                    told[name] = key
                    yield f"event: {name}\ndata: {json.dumps(tell(), ensure_ascii=False)}\n\n"
            try:
                await asyncio.wait_for(changed.wait(), _BEAT)
            except TimeoutError:
                yield ": alive\n\n"
    yield "event: end\ndata: null\n\n"


def _parts(shown: Shown) -> Iterator[tuple[str, Any, Any]]:
    """Yield the name of each event, what tells one from another, and what makes its data."""
    if shown.plan:
        yield "plan", shown.plan.number, partial(told_plan, shown.plan)
    state = {"busy": shown.busy, "problems": [told_problem(each) for each in shown.problems]}
    yield "state", state, lambda: state
    if shown.films:
        yield "film", shown.films[0], partial(told_film, shown.films[0])
