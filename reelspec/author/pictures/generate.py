"""Pictures from a model, at any server that speaks as OpenAI's does: `POST …/images/generations`.

The environment names the server in REELSPEC_IMAGE_URL (up to `/v1`), the model in
REELSPEC_IMAGE_MODEL and the key in REELSPEC_IMAGE_KEY. What a scene shows goes to that server. A
picture is kept in the store under what it was asked for, so it is made and paid for once.
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reelspec.author.darkroom import Darkroom, Offers, Picture, Wish, secret
from reelspec.author.net import Page
from renderer.errors import Problem
from renderer.paths import digest
from renderer.store import Recipe

PARAMS = {
    "model": {
        "title": "Model",
        "description": "The model's name there; REELSPEC_IMAGE_MODEL by default.",
        "type": "string",
        "default": "",
        "examples": ["gpt-image-1"],
    },
    "style": {
        "title": "Style",
        "description": "What all the pictures have in common.",
        "type": "string",
        "default": "A calm photograph with soft light, without any text or letters in it",
        "examples": ["A pencil drawing on white paper"],
    },
    "size": {
        "title": "Size",
        "description": "`WIDTHxHEIGHT` as the model knows it; by default the one of 1536x1024, "
        "1024x1024 and 1024x1536 that is nearest to the picture's place.",
        "type": "string",
        "default": "",
        "examples": ["1792x1024"],
    },
    "seconds": {
        "title": "Seconds",
        "description": "How long a picture may take.",
        "type": "integer",
        "minimum": 1,
        "maximum": 600,
        "default": 180,
    },
}

EXAMPLE = {"model": "gpt-image-1", "style": "A pencil drawing on white paper"}
URL, MODEL, KEY = "REELSPEC_IMAGE_URL", "REELSPEC_IMAGE_MODEL", "REELSPEC_IMAGE_KEY"

_THEIRS = "https://api.openai.com/v1"


def lacks(params: Mapping[str, Any], darkroom: Darkroom) -> Problem | None:
    """Return that no model is named, or that the default server is asked without a key."""
    if not _model(params):
        hint = f"write `generate:model=…` or set {MODEL}"
        return Problem("no-model", "to generate pictures needs a model", hint=hint)
    if _server() == _THEIRS and not secret(KEY):
        hint = f"set {KEY}, or {URL} to another server"
        return Problem("no-key", f"the pictures of {_THEIRS} need a key", hint=hint)
    return None


def offers(wish: Wish, params: Mapping[str, Any], darkroom: Darkroom) -> Offers:
    """Yield the one picture that the model makes of what a scene shows."""
    prompt = f"{params['style']}. It shows: {wish.subject}"
    asked = {"model": _model(params), "prompt": prompt, "n": 1}
    asked["size"] = params["size"] or _size(wish)
    yield _made(asked, darkroom.patient(params["seconds"]))


def _made(asked: Mapping[str, Any], darkroom: Darkroom) -> Picture | Problem:
    recipe = Recipe("picture", {"server": _server(), **asked})
    store = darkroom.pages.store
    kept = store.find(recipe) if store else None
    data = kept.path.read_bytes() if kept else _answered(asked, darkroom)
    if isinstance(data, Problem):
        return data
    if store and not kept:
        store.put(recipe, lambda path: _written(path, data))
    return Picture(data, asked["prompt"], digest(data))


def _written(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def _answered(asked: Mapping[str, Any], darkroom: Darkroom) -> bytes | Problem:
    """Return the file that a server makes: in its answer, or at the address that it names."""
    headers = {"Content-Type": "application/json"}
    headers |= {"Authorization": f"Bearer {secret(KEY)}"} if secret(KEY) else {}
    page = darkroom.ask(
        f"{_server()}/images/generations", headers, json.dumps(dict(asked)).encode()
    )
    if isinstance(page, Problem):
        return page
    made = _first(page)
    if isinstance(made.get("b64_json"), str):
        return _decoded(made["b64_json"])
    if isinstance(made.get("url"), str):
        found = darkroom.picture(made["url"])
        return found.data if isinstance(found, Page) else found
    return Problem("bad-answer", f"{_server()} gives no picture in its answer")


def _first(page: Page) -> Mapping[str, Any]:
    try:
        first = json.loads(page.data)["data"][0]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return {}
    return first if isinstance(first, dict) else {}


def _decoded(written: str) -> bytes | Problem:
    try:
        return base64.b64decode(written, validate=True)
    except (binascii.Error, ValueError):
        return Problem("bad-answer", f"{_server()} gives a picture that is no base64")


def _size(wish: Wish) -> str:
    if wish.width >= 1.25 * wish.height:
        return "1536x1024"
    return "1024x1536" if wish.height >= 1.25 * wish.width else "1024x1024"


def _server() -> str:
    return (os.environ.get(URL, "").strip() or _THEIRS).rstrip("/")


def _model(params: Mapping[str, Any]) -> str:
    return str(params["model"]) or os.environ.get(MODEL, "").strip()
