"""The variables of the environment that a child gets: a list of them, and others by name.

What reads the files of strangers has no use for keys and tokens that lie in the environment of
whoever started the program, so it does not get them.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from fnmatch import fnmatchcase

_SYSTEM = ("PATH", "HOME", "USER", "LOGNAME", "SHELL", "TMPDIR", "TMP", "TEMP", "TZ")
_LANGUAGE = ("LANG", "LANGUAGE", "LC_*", "__CF_USER_TEXT_ENCODING")
_LIBRARIES = ("LD_LIBRARY_PATH", "DYLD_*LIBRARY_PATH", "VIRTUAL_ENV", "PYTHON*", "MALLOC_*")
_TRUST = ("SSL_CERT_FILE", "SSL_CERT_DIR")
_FOLDERS = ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR")
_WINDOWS = (
    *("SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "OS", "USERNAME"),
    *("USERPROFILE", "HOMEDRIVE", "HOMEPATH", "APPDATA", "LOCALAPPDATA", "PUBLIC"),
    *("ALLUSERSPROFILE", "PROGRAMDATA", "PROGRAMFILES*", "COMMONPROGRAMFILES*"),
    *("NUMBER_OF_PROCESSORS", "PROCESSOR_*"),
)
KEPT = (*_SYSTEM, *_LANGUAGE, *_LIBRARIES, *_TRUST, *_FOLDERS, *_WINDOWS)
"""The names of the variables that every child gets, `*` for any letters; none is a secret."""


def kept(more: Iterable[str] = ()) -> dict[str, str]:
    """Return the variables that are set and on the list, or named in `more`, patterns as there."""
    return named((*KEPT, *more))


def named(patterns: Collection[str]) -> dict[str, str]:
    """Return the variables that are set and that one of the patterns names."""
    return {name: value for name, value in os.environ.items() if _is_any(name, patterns)}


def forget() -> None:
    """Remove from this process's environment what is not on the list."""
    for name in [name for name in os.environ if not _is_any(name, KEPT)]:
        del os.environ[name]


def _is_any(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
