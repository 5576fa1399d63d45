"""Which variables of the environment go to whom; the token of the service goes to nobody.

A job reads what strangers send, so its processes get what voices need and no key. The author gets
the language model's settings beside that: it reads documents in processes that do not.
"""

from __future__ import annotations

from renderer import environ
from renderer.engines import installed
from renderer.profile import UNTRUSTED

_MODEL = ("REELSPEC_LLM_*", "REELSPEC_IMAGE_*", "*_PROXY", "*_proxy")


def to_jobs() -> tuple[str, ...]:
    """Return the names of the variables that voices need, as far as strangers may name them."""
    engines = installed().values()
    return tuple(
        name for each in engines if UNTRUSTED.may_speak(each.name) for name in each.passing()
    )


def to_author() -> dict[str, str]:
    """Return the variables that say which models there are, of words and pictures."""
    return environ.named(_MODEL)
