"""What is not done for somebody: a status, words, and the problems, as RFC 9457 has it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

MEDIA_TYPE = "application/problem+json"


class Refused(Exception):
    """A request is not carried out; `problems` say where in the spec or in the request."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        problems: Sequence[Mapping[str, Any]] = (),
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status, self.code, self.detail = status, code, detail
        self.problems, self.headers = tuple(problems), dict(headers or {})

    def told(self) -> dict[str, Any]:
        """Return the problem document."""
        said: dict[str, Any] = {
            "type": f"urn:reelspec:problem:{self.code}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
        }
        return {**said, "problems": list(self.problems)} if self.problems else said


def no_job() -> Refused:
    """Return the refusal for an id that no job has."""
    return Refused(404, "no-such-video", "there is no video of that id")
