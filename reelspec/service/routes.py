"""The HTTP routes: one for each verb that has a route, and what only HTTP needs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse

from reelspec.service.answers import Followed, Sent, Text
from reelspec.service.bodies import given
from reelspec.service.desk import Desk
from reelspec.service.documents import documented
from reelspec.service.guard import COOKIE, pass_of, same
from reelspec.service.jobs import ENDED
from reelspec.service.refusals import Refused
from reelspec.service.uploads import coming
from reelspec.service.verbs import VERBS, Answer, Verb

_OFTEN = 0.3
_BEAT = 10.0


def add_routes(app: FastAPI, desk: Desk) -> None:
    """Add every route of the table, uploads and the login of the page."""
    for verb in VERBS:
        method, path = verb.route
        if method:
            endpoint = _endpoint(desk, verb)
            app.add_api_route(path, endpoint, methods=[method], **documented(verb))
            if method == "GET" and verb.gives != "text/event-stream":
                app.add_api_route(path, endpoint, methods=["HEAD"], include_in_schema=False)
    app.add_api_route("/assets", _upload(desk), methods=["POST"], status_code=201, **_UPLOAD)
    app.add_api_route("/login", _login(desk), methods=["POST"], include_in_schema=False)


_UPLOAD: dict[str, Any] = {
    "operation_id": "upload_asset",
    "summary": "Send a file that a spec uses; returns its id, the SHA-256 of its bytes.",
    "openapi_extra": {
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string"}}},
        }
    },
}


def _endpoint(desk: Desk, verb: Verb) -> Callable[..., Any]:
    async def endpoint(request: Request) -> Response:
        found = await given(desk, request, verb)
        answer = await run_in_threadpool(verb.answer, desk, found)
        return _response(desk, request, verb, answer)

    return endpoint


def _response(desk: Desk, request: Request, verb: Verb, answer: Answer) -> Response:
    if isinstance(answer, Sent):
        return _file(request, answer)
    if isinstance(answer, Followed):
        events = _events(desk, answer.name)
        return StreamingResponse(events, media_type="text/event-stream")
    if isinstance(answer, Text):
        return Response(answer.text, media_type=answer.media_type)
    status = 503 if verb.name == "health" and not answer["works"] else verb.status
    return JSONResponse(answer, status)


def _file(request: Request, sent: Sent) -> Response:
    """Return a file, one range of it, or that it has not changed."""
    stat = sent.path.stat()
    if request.headers.get("range", "").count(","):
        raise Refused(416, "one-range", "one range at a time")
    etag = f'"{stat.st_ino:x}-{stat.st_size:x}-{stat.st_mtime_ns:x}"'
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers={"etag": etag})
    return FileResponse(
        sent.path,
        headers={"etag": etag, "cache-control": "private, no-cache"},
        media_type=sent.media_type,
        filename=sent.name,
    )


async def _events(desk: Desk, name: str) -> AsyncIterator[str]:
    """Yield a job's status when it changes, until it has ended or the service closes."""
    told, quiet = -1, 0.0
    while not desk.closing.is_set():
        job = await run_in_threadpool(desk.ledger.get, name)
        if job is None:
            return
        if job.revision != told:
            told, quiet = job.revision, 0.0
            said = await run_in_threadpool(desk.told, job)
            yield f"event: status\ndata: {json.dumps(said, ensure_ascii=False)}\n\n"
            if job.state in ENDED:
                return
        elif quiet >= _BEAT:
            quiet = 0.0
            yield ": alive\n\n"
        await asyncio.sleep(_OFTEN)
        quiet += _OFTEN


def _upload(desk: Desk) -> Callable[..., Any]:
    async def upload(request: Request) -> Response:
        """Keep what is sent under its digest; it is counted while it comes."""
        with coming(desk.settings.folder, desk.settings.quota) as taken:
            async for piece in request.stream():
                await run_in_threadpool(taken.write, piece)
            return JSONResponse({"asset": taken.kept()}, 201)

    return upload


def _login(desk: Desk) -> Callable[..., Any]:
    async def login(request: Request) -> Response:
        """Give the page a cookie for the token, which its pictures and films need."""
        said = await request.body()
        token = desk.settings.token
        if not token or not same(said.decode("utf-8", "replace").strip(), token):
            raise Refused(401, "no-token", "that is not the token")
        response = Response(status_code=204)
        response.set_cookie(COOKIE, pass_of(token), httponly=True, samesite="strict")
        return response

    return login
