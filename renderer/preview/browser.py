"""The browser of this machine, as far as there is one with windows."""

from __future__ import annotations

import os
import sys
import webbrowser

_SIGNS = ("BROWSER", "DISPLAY", "WAYLAND_DISPLAY")


def show(address: str) -> bool:
    """Open a page in the browser; return whether there is one.

    Where X11 or Wayland may be absent, a browser that would take the terminal is not started.
    """
    windows = sys.platform in ("win32", "darwin") or any(os.environ.get(each) for each in _SIGNS)
    return windows and webbrowser.open(address)
