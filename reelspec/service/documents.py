"""What the OpenAPI document says of a verb: its parameters, its body, its answers."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from reelspec.service.refusals import MEDIA_TYPE
from reelspec.service.verbs import Verb

_PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "problems": {"type": "array", "items": {"type": "object"}},
    },
}
_REFUSALS = {
    "400": "The body cannot be read.",
    "401": "The token is missing or wrong.",
    "403": "The host or the origin may not ask.",
    "404": "There is no such video.",
    "405": "The path has no such method.",
    "409": "It is not there yet, it failed, or the key stands for something else.",
    "413": "The body is too large.",
    "415": "The body is of another type.",
    "416": "There is no such range.",
    "422": "The request, or the spec in it, has problems.",
    "429": "Too many videos wait; `Retry-After` says when to ask again.",
    "503": "A part that is needed does not work.",
    "507": "There is no room for another upload.",
}


def documented(verb: Verb) -> dict[str, Any]:
    """Return what FastAPI takes to describe a route."""
    answer = {"schema": {"type": "object"}} if verb.gives == "application/json" else {}
    good = {"description": verb.about, "content": {verb.gives: answer}}
    responses = {str(verb.status): good} | {
        code: _refusal(says) for code, says in _REFUSALS.items()
    }
    return {
        "status_code": verb.status,
        "response_class": Response,
        "operation_id": verb.name,
        "summary": verb.about,
        "responses": responses,
        "openapi_extra": {"parameters": _parameters(verb), **_body(verb)},
    }


def _refusal(says: str) -> dict[str, Any]:
    return {"description": says, "content": {MEDIA_TYPE: {"schema": _PROBLEM}}}


def _parameters(verb: Verb) -> list[dict[str, Any]]:
    """Return the parameters of path and query; the body has the rest."""
    method, path = verb.route
    needed = verb.takes.get("required", ())
    found = []
    for name, schema in verb.takes["properties"].items():
        place = "path" if f"{{{name}}}" in path else "query"
        if place == "path" or method != "POST":
            said = {"name": name, "in": place, "required": name in needed, "schema": schema}
            found.append(said)
    return found


def _body(verb: Verb) -> dict[str, Any]:
    if verb.route[0] != "POST":
        return {}
    content: dict[str, Any] = {"application/json": {"schema": verb.takes}}
    if verb.yaml:
        content["application/yaml"] = {"schema": {"type": "string"}}
    if verb.files:
        content["multipart/form-data"] = {"schema": _form(verb)}
    return {"requestBody": {"required": True, "content": content}}


def _form(verb: Verb) -> dict[str, Any]:
    """Return the schema of a form: the arguments, and in place of the files' ids the files."""
    properties = {key: each for key, each in verb.takes["properties"].items() if key != verb.files}
    file = {"type": "string", "format": "binary"}
    return {**verb.takes, "properties": properties, "additionalProperties": file}
