"""The log: one JSON object a line on standard error, without control characters or secrets."""

from __future__ import annotations

import json
import logging
import sys
import time
from typing import Any

_LONGEST = 300
_log = logging.getLogger("reelspec.service")


class _Lines(logging.Formatter):
    """Writes a record as JSON; every character that could end a line or colour it is escaped."""

    def format(self, record: logging.LogRecord) -> str:
        said: dict[str, Any] = getattr(record, "said", {})
        stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created))
        whole = {"time": stamp, "level": record.levelname.lower(), "says": record.getMessage()}
        if record.exc_info and record.exc_info[0]:
            whole["error"] = record.exc_info[0].__name__
            whole["traceback"] = self.formatException(record.exc_info)
        return json.dumps(whole | {key: _short(value) for key, value in said.items()})


def _short(value: Any) -> Any:
    return value[:_LONGEST] if isinstance(value, str) else value


def start() -> None:
    """Send what the service and its server say to standard error."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Lines())
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    _log.setLevel(logging.INFO)


def say(says: str, **said: Any) -> None:
    """Log what happened with its facts; never pass what a client means to keep to itself."""
    _log.info(says, extra={"said": said})


def fault(says: str, error: BaseException, **said: Any) -> None:
    """Log a fault of the service, with its traceback."""
    _log.error(says, exc_info=error, extra={"said": said})
