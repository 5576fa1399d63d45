"""What a request may bring along: files by upload or address, a writer, a webhook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from reelspec.service.files import ASSET, refused_name, upload_place
from reelspec.service.refusals import Refused
from reelspec.service.settings import Settings
from reelspec.service.telling import told_problem
from renderer.templates import library

_LONGEST_SPEC = 1 << 20


def accept_prompt(settings: Settings, given: Mapping[str, Any]) -> None:
    """Raise Refused where a prompt comes with what this service does not take."""
    accept_webhook(settings, given)
    accept_files(settings, given.get("sources", {}))
    themes = sorted(library(None).themes)
    if given.get("theme") not in (None, *themes):
        raise Refused(422, "no-such-theme", f"themes are {', '.join(themes)}")
    writer = given.get("writer")
    if writer and writer not in settings.writers:
        known = ", ".join(f"`{each}`" for each in settings.writers)
        raise Refused(422, "no-such-writer", f"writers that may be asked for are {known}")


def accept_webhook(settings: Settings, given: Mapping[str, Any]) -> None:
    """Raise Refused where a webhook is asked for and they are off."""
    if given.get("webhook") and not settings.hooks:
        raise Refused(422, "no-webhooks", "webhooks are switched off in this service")


def accept_spec(text: str) -> None:
    """Raise Refused where a spec is too long."""
    if len(text.encode("utf-8", "replace")) > _LONGEST_SPEC:
        raise Refused(413, "too-large", "a spec has at most 1 MiB")


def accept_files(settings: Settings, files: Mapping[str, str]) -> None:
    """Raise Refused where a file has no fit name, or is neither uploaded nor to be fetched."""
    for name, origin in files.items():
        if problem := refused_name(name):
            raise Refused(422, problem.code, problem.message, [told_problem(problem)])
        if ASSET.fullmatch(origin):
            if not upload_place(settings.folder, origin).is_file():
                raise Refused(422, "no-such-upload", f"there is no upload for '{name}'")
        else:
            _accept_address(settings, name, origin)


def _accept_address(settings: Settings, name: str, url: str) -> None:
    try:
        there = urlsplit(url)
        host = there.hostname
    except ValueError:
        host = None
    if not host or (there.scheme != "https" and there.netloc not in settings.near):
        says = f"'{name}' is given neither by the id of an upload nor by an https address"
        raise Refused(422, "bad-asset", says)
    if not {"*", host} & set(settings.fetch):
        says = f"this service fetches nothing from '{host}'; upload the file"
        raise Refused(422, "not-allowed", says)
