"""The part of a host's name that somebody registers: whose site a page is of."""

from __future__ import annotations

import re
from ipaddress import ip_address
from urllib.parse import urlsplit

_SECOND = {
    *("ac", "co", "com", "edu", "gov", "gob", "gouv", "go", "govt", "gv", "info", "ltd", "mil"),
    *("ne", "net", "nhs", "nic", "or", "org", "plc", "sch", "school"),
}
"""Second levels under which countries register names, as in `bbc.co.uk`."""

_SHARED = {
    *("blogspot.com", "wordpress.com", "github.io", "gitlab.io", "netlify.app", "vercel.app"),
    *("pages.dev", "web.app", "herokuapp.com", "substack.com", "medium.com", "tumblr.com"),
    *("weebly.com", "wixsite.com", "neocities.org"),
}
"""Names under which others have sites of their own."""


def host_of(url: str) -> str:
    """Return the host in an address, in small letters; empty where it has none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def registrable(host: str) -> str:
    """Return the registered name that a host belongs to, such as `bbc.co.uk` for `news.bbc.co.uk`.

    By rule, without the Public Suffix List: two labels, three under the usual second levels of
    countries and under names that many share. An IP address is its own.
    """
    labels = host.lower().rstrip(".").split(".")
    if _is_address(host) or len(labels) < 3:
        return ".".join(labels)
    under = ".".join(labels[-2:])
    country = len(labels[-1]) == 2 and labels[-2] in _SECOND
    return ".".join(labels[-3:]) if country or under in _SHARED else under


def site_of(url: str) -> str:
    """Return whose site an address belongs to: a registered name, with the port where it has one.

    It is empty where the address has no host.
    """
    try:
        port = urlsplit(url).port
    except ValueError:
        return ""
    name = registrable(host_of(url))
    return f"{name}:{port}" if name and port else name


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def label(url: str) -> str:
    """Return a short name for the site of an address: `wikipedia` for `ar.wikipedia.org`."""
    host = host_of(url)
    name = host if _is_address(host) else registrable(host).split(".")[0]
    return re.sub(r"[^a-z0-9]+", "-", name).strip("-") or "source"
