"""The HTTP routes: one for each verb that has a route, and what only HTTP needs."""

from __future__ import annotations

import asyncio
import hashlib
import json
import uuid
from collections.abc import AsyncIterator, Callable
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response, StreamingResponse

from reelspec.service.answers import Followed, Sent, Text
from reelspec.service.desk import Desk
from reelspec.service.documents import documented
from reelspec.service.files import upload_place
from reelspec.service.guard import COOKIE, pass_of, same
from reelspec.service.jobs import ENDED
from reelspec.service.refusals import Refused
from reelspec.service.verbs import VERBS, Answer, Verb

_OFTEN = 0.3
_BEAT = 10.0
_YAML = ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain")


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
        given = await _given(request, verb)
        answer = await run_in_threadpool(verb.answer, desk, given)
        return _response(desk, request, verb, answer)

    return endpoint


async def _given(request: Request, verb: Verb) -> dict[str, Any]:
    """Return the arguments in a request: of its path, its query, its body, its key."""
    given: dict[str, Any] = dict(request.path_params)
    known = verb.takes["properties"]
    if verb.route[0] == "POST":
        given |= _body(await request.body(), request.headers.get("content-type", ""), verb)
    else:
        given |= {
            name: _typed(text, known.get(name)) for name, text in request.query_params.items()
        }
    if "key" in known and "idempotency-key" in request.headers:
        given["key"] = request.headers["idempotency-key"]
    return given


def _body(content: bytes, kind: str, verb: Verb) -> dict[str, Any]:
    kind = kind.partition(";")[0].strip().lower()
    if verb.yaml and kind in _YAML:
        return {"spec": content.decode("utf-8", "replace")}
    if kind != "application/json":
        raise Refused(415, "media-type", f"send application/json, not '{kind[:60]}'")
    try:
        said = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refused(400, "not-json", "the body is not JSON") from None
    if not isinstance(said, dict):
        raise Refused(422, "bad-request", "the body is a JSON object")
    return said


def _no_number(name: str) -> float:
    raise ValueError(name)


def _typed(text: str, schema: dict[str, Any] | None) -> Any:
    """Return a parameter of the query with the type that its schema has, where it fits."""
    kind = (schema or {}).get("type")
    try:
        return int(text[:20]) if kind == "integer" else float(text) if kind == "number" else text
    except ValueError:
        return text


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
        folder = desk.settings.folder / "uploads"
        folder.mkdir(exist_ok=True)
        coming, found = folder / f"{uuid.uuid4().hex}.coming", hashlib.sha256()
        try:
            with coming.open("xb") as file:
                async for chunk in request.stream():
                    found.update(chunk)
                    await run_in_threadpool(file.write, chunk)
            coming.replace(upload_place(desk.settings.folder, found.hexdigest()))
        finally:
            coming.unlink(missing_ok=True)
        return JSONResponse({"asset": found.hexdigest()}, 201)

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
