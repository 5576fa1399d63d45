"""How the service is run: where it keeps its files, who may ask, how much it takes on."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path

from renderer.errors import Problem, UsageError

MEBIBYTE = 1 << 20
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one service.

    `names` are the hosts that requests may name beside loopback. `workers` jobs run at once,
    `waiting` may wait. `body`, `upload` and `quota` are bytes, `memory`
    bytes of each process. `seconds` is the longest a job may take, `lease` the seconds after which
    a job whose server gives no sign of life is taken up by another, `keep` the seconds that a
    finished job is kept. `author` are options of the command `author`, which the one who runs the
    service chooses, `writers` those that requests may name. `hooks` allows webhooks, signed with
    `secret`; `fetch` are the hosts that assets and sources may be fetched from, `*` for all public
    ones; `near` are places `host:port` that may be reached though they are not public.
    """

    folder: Path
    host: str = "127.0.0.1"
    port: int = 8321
    token: str = field(default="", repr=False)
    names: tuple[str, ...] = ()
    workers: int = 1
    waiting: int = 100
    body: int = 2 * MEBIBYTE
    upload: int = 100 * MEBIBYTE
    memory: int = 6 << 30
    seconds: float = 1800.0
    lease: float = 20.0
    keep: float = 7 * 86400.0
    quota: int = 20 << 30
    author: tuple[str, ...] = ()
    writers: tuple[str, ...] = ("outline",)
    hooks: bool = False
    secret: str = field(default="", repr=False)
    fetch: tuple[str, ...] = ()
    near: tuple[str, ...] = ()

    @property
    def author_options(self) -> tuple[str, ...]:
        """Return the options of `author`, with the places that it may reach."""
        return (*self.author, *(f"--allow={place}" for place in self.near))

    @property
    def store(self) -> Path:
        """Return the folder of the renderer's cache, which all jobs share."""
        return self.folder / "store"


def checked(settings: Settings) -> Settings:
    """Return the settings; raises UsageError where they would let strangers in."""
    if not is_loopback(settings.host) and not settings.token:
        says = f"{settings.host} can be reached by others, and no token is set"
        hint = "set REELSPEC_TOKEN to a secret of 16 characters or more, or serve on 127.0.0.1"
        raise UsageError(Problem("no-token", says, hint=hint))
    if settings.token and (len(settings.token) < 16 or not settings.token.isascii()):
        hint = "use 16 ASCII characters or more"
        raise UsageError(Problem("weak-token", "the token is too short", hint=hint))
    if settings.hooks and not settings.secret:
        hint = "set REELSPEC_WEBHOOK_SECRET"
        raise UsageError(
            Problem("no-secret", "webhooks are signed, and no secret is set", hint=hint)
        )
    return settings


def is_loopback(host: str) -> bool:
    """Return whether an address to listen at can be reached from this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
