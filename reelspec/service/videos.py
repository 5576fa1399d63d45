"""What can be done with videos: ask for one, follow it, fetch what it has made, forget it."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from reelspec.service.accepting import accept_files, accept_prompt, accept_spec, accept_webhook
from reelspec.service.answers import Followed, Sent
from reelspec.service.checking import check, picture, text_of
from reelspec.service.desk import Desk
from reelspec.service.files import ASSET, upload_place
from reelspec.service.refusals import Refused
from reelspec.service.uploads import keep
from renderer.store import Store

Arguments = Mapping[str, Any]


def generate(desk: Desk, given: Arguments) -> dict[str, Any]:
    """Have a video made of a prompt."""
    accept_prompt(desk.settings, given)
    return desk.order("generate", given)


def render(desk: Desk, given: Arguments) -> dict[str, Any]:
    """Have a spec made into a video; what is wrong with it is told at once.

    With assets that are still to be fetched, the job tells it.
    """
    accept_webhook(desk.settings, given)
    assets = {**_of_base(desk, given), **given.get("assets", {})}
    whole = {**given, "assets": assets}
    if all(map(ASSET.fullmatch, assets.values())):
        found = check_spec(desk, {**whole, "base": ""})
        if not found["ok"]:
            raise Refused(422, "broken-spec", "the spec has problems", found["problems"])
    accept_files(desk.settings, assets)
    text = text_of(given["spec"])
    accept_spec(text)
    return desk.order("render", {**whole, "spec": text, "prompt": ""})


def _of_base(desk: Desk, given: Arguments) -> dict[str, str]:
    """Return the files of the video that a spec is based on, kept as uploads: name → id."""
    found = {}
    for name, path in _at_base(desk, given).items():
        with path.open("rb") as file:
            found[name] = keep(desk.settings.folder, desk.settings.quota, file)
    return found


def _at_base(desk: Desk, given: Arguments) -> dict[str, Path]:
    base = given.get("base")
    return desk.files(base).assets() if base else {}


def check_spec(desk: Desk, given: Arguments) -> dict[str, Any]:
    """Return every problem of a spec, and the film that it would be; what lies elsewhere lacks."""
    text = text_of(given["spec"])
    accept_spec(text)
    assets = given.get("assets", {})
    accept_files(desk.settings, assets)
    folder = desk.settings.folder
    sent = {name: upload_place(folder, at) for name, at in assets.items() if ASSET.fullmatch(at)}
    with desk.reading():
        return check(text, {**_at_base(desk, given), **sent})


def upload(desk: Desk, given: Arguments) -> dict[str, Any]:
    """Keep a file that comes as base64, and return its id."""
    try:
        data = base64.b64decode(given["data"], validate=True)
    except ValueError:
        raise Refused(422, "bad-data", "the data is not base64") from None
    return {"asset": keep(desk.settings.folder, desk.settings.quota, io.BytesIO(data))}


def status(desk: Desk, given: Arguments) -> dict[str, Any]:
    """Return how a video stands."""
    return desk.told(desk.job(given["session_id"]))


def listed(desk: Desk, given: Arguments) -> dict[str, Any]:
    """Return the videos that were asked for last."""
    jobs = desk.ledger.newest(given["limit"], given.get("before"))
    return {"videos": [desk.told(job) for job in jobs]}


def follow(desk: Desk, given: Arguments) -> Followed:
    """Return the changes of a video."""
    return Followed(desk.job(given["session_id"]).id)


def download(desk: Desk, given: Arguments) -> Sent:
    """Return a video's film."""
    job = desk.job(given["session_id"])
    path = desk.files(job.id).film
    if job.state != "done" or not path.is_file():
        raise _not_there(job.state, "film", job.problems)
    return Sent(path, "video/mp4", f"{job.id[:8]}.mp4")


def spec(desk: Desk, given: Arguments) -> Sent:
    """Return a video's spec."""
    return _made(desk, given, "spec", "application/yaml", "film.yaml")


def sheet(desk: Desk, given: Arguments) -> Sent:
    """Return a video's contact sheet."""
    return _made(desk, given, "sheet", "image/png", "sheet.png")


def captions(desk: Desk, given: Arguments) -> Sent:
    """Return a video's captions, as its spec has them exported."""
    job = desk.job(given["session_id"])
    path = desk.files(job.id).captions()
    if path is None:
        raise _not_there(job.state, "captions", ())
    kind = "text/vtt" if path.suffix == ".vtt" else "application/x-subrip"
    return Sent(path, kind, f"captions{path.suffix}")


def kept(desk: Desk, given: Arguments) -> Sent:
    """Return one of a video's stills, or its narration."""
    files = desk.files(given["session_id"])
    path = files.kept().get(given["name"])
    if path is None:
        raise Refused(404, "no-such-file", "the video has no file of that name")
    return Sent(path, "image/png" if path.suffix == ".png" else "audio/wav", path.name)


def still(desk: Desk, given: Arguments) -> Sent:
    """Return the picture at a time of a video; before its voice has spoken times are guessed."""
    files = desk.files(given["session_id"])
    if not files.spec.is_file():
        raise _not_there(desk.job(given["session_id"]).state, "spec", ())
    with desk.reading():
        path = picture(files.spec, given["at"], Store(desk.settings.store))
    return Sent(path, "image/png", "still.png")


def remove(desk: Desk, given: Arguments) -> dict[str, Any]:
    """Cancel a video where it is not done, and forget it with all its files."""
    desk.remove(given["session_id"])
    return {"session_id": given["session_id"], "state": "removed"}


def _made(desk: Desk, given: Arguments, what: str, media_type: str, name: str) -> Sent:
    job = desk.job(given["session_id"])
    path = getattr(desk.files(job.id), what)
    if not path.is_file():
        raise _not_there(job.state, what, job.problems)
    return Sent(path, media_type, name)


def _not_there(state: str, what: str, problems: Any) -> Refused:
    if state == "failed":
        return Refused(409, "failed", f"the video failed, there is no {what}", problems)
    return Refused(409, "not-ready", f"there is no {what}; the video is {state}")
