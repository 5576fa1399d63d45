"""The arguments in a request: of its path, its query, its body, its key.

A body is JSON, a spec as it stands, or a form (RFC 7578) whose files go into the uploads.
"""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request

from reelspec.service.desk import Desk
from reelspec.service.files import MOST_ASSETS
from reelspec.service.refusals import Refused
from reelspec.service.uploads import keep
from reelspec.service.verbs import Verb

FORM = "multipart/form-data"
_YAML = ("application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml", "text/plain")
_FIELDS = 100
_LONGEST = 1 << 20


async def given(desk: Desk, request: Request, verb: Verb) -> dict[str, Any]:
    """Return the arguments of a verb in a request; raises Refused where they cannot be read."""
    found: dict[str, Any] = dict(request.path_params)
    known = verb.takes["properties"]
    if verb.route[0] == "POST":
        found |= await _posted(desk, request, verb)
    else:
        query = request.query_params.items()
        found |= {name: _typed(text, known.get(name)) for name, text in query}
    if "key" in known and "idempotency-key" in request.headers:
        found["key"] = request.headers["idempotency-key"]
    return found


async def _posted(desk: Desk, request: Request, verb: Verb) -> dict[str, Any]:
    kind = kind_of(request.headers.get("content-type", ""))
    if verb.files and kind == FORM:
        async with request.form(
            max_files=MOST_ASSETS, max_fields=_FIELDS, max_part_size=_LONGEST
        ) as form:
            return await run_in_threadpool(_of_form, desk, form, verb)
    if verb.yaml and kind in _YAML:
        return {"spec": (await request.body()).decode("utf-8", "replace")}
    if kind != "application/json":
        raise Refused(415, "media-type", f"send application/json, not '{kind[:60]}'")
    return _of_json(await request.body())


def kind_of(header: str) -> str:
    """Return the media type in a Content-Type header."""
    return header.partition(";")[0].strip().lower()


def _of_json(content: bytes) -> dict[str, Any]:
    try:
        said = json.loads(content, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Refused(400, "not-json", "the body is not JSON") from None
    if not isinstance(said, dict):
        raise Refused(422, "bad-request", "the body is a JSON object")
    return said


def _no_number(name: str) -> float:
    raise ValueError(name)


def _of_form(desk: Desk, form: FormData, verb: Verb) -> dict[str, Any]:
    """Return a form's fields as arguments, and its files by name under `verb.files`.

    A file in a field of the verb, such as `spec`, is the text of that field; one in the field
    `verb.files` is called as its own name says, any other as its field.
    """
    known = verb.takes["properties"]
    texts: dict[str, Any] = {}
    files: dict[str, str] = {}
    for name, value in form.multi_items():
        schema = known.get(name)
        if isinstance(value, str):
            typed = _typed(value, schema)
            texts[name] = [*texts.get(name, []), typed] if _is_list(schema) else typed
        elif schema and name != verb.files:
            texts[name] = _text(value.file)
        else:
            called = value.filename or "" if name == verb.files else name
            kept = keep(desk.settings.folder, desk.settings.quota, value.file)
            _add(files, called, kept)
    return texts | ({verb.files: files} if files else {})


def _is_list(schema: dict[str, Any] | None) -> bool:
    return (schema or {}).get("type") == "array"


def _text(file: BinaryIO) -> str:
    content = file.read(_LONGEST + 1)
    if len(content) > _LONGEST:
        raise Refused(413, "too-large", f"a text has at most {_LONGEST:,} bytes")
    return content.decode("utf-8", "replace")


def _add(files: dict[str, str], name: str, digest: str) -> None:
    if name in files:
        raise Refused(422, "bad-request", f"two files are called '{name[:80]}'")
    files[name] = digest


def _typed(text: str, schema: dict[str, Any] | None) -> Any:
    """Return a parameter with the type that its schema has, where it fits."""
    kind = (schema or {}).get("type")
    try:
        if kind == "boolean":
            return {"true": True, "false": False}.get(text, text)
        return int(text[:20]) if kind == "integer" else float(text) if kind == "number" else text
    except ValueError:
        return text
