"""Which addresses may be asked: `http` and `https`, public, without credentials in them.

The networks that are not public are those of the IANA registries of special-purpose addresses
(RFC 6890 and its successors), with the IPv4 addresses inside IPv6 ones judged as what they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import quote, urlsplit

from renderer.errors import Problem

LONGEST = 4096
"""Characters that an address may have."""

PORTS = {"http": 80, "https": 443}
"""Scheme → the port that may be asked without having been allowed by name."""

_NOT_PUBLIC = [
    ip_network(text)
    for text in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24"),
        *("192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15"),
        *("198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
    )
]
_PUBLIC_6 = ip_network("2000::/3")
_NOT_PUBLIC_6 = [
    ip_network(text)
    for text in ("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20", "3ffe::/16")
]
_SIX_TO_FOUR = ip_network("2002::/16")
_NAT64 = ip_network("64:ff9b::/96")
_BAD = re.compile(r"[\x00-\x20\x7f-\x9f\\\u2028\u2029]")
_HOST = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)\.?")


class NotFetched(Exception):
    """A page is refused or could not be had; carries the problem that says why."""

    def __init__(self, code: str, says: str, hint: str = "") -> None:
        super().__init__(says)
        self.problem = Problem(code, says, hint=hint)


@dataclass(frozen=True, slots=True)
class Target:
    """An address taken apart: `path` holds the query too, percent-encoded; `host` is ASCII."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """Return the address as it may be asked again."""
        return f"{self.scheme}://{self.authority}{self.path}"

    @property
    def authority(self) -> str:
        """Return host and port as the Host header has them: without a scheme's own port."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def place(self) -> str:
        """Return `host:port`, by which an address is allowed."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"

    @property
    def origin(self) -> tuple[str, str, int]:
        """Return what two addresses of one server share."""
        return self.scheme, self.host, self.port


def shown(url: str) -> str:
    """Return an address as messages show it: without credentials, query, fragment or controls."""
    bare = re.sub(r"[?#].*", "", _BAD.sub("", url))
    return re.sub(r"(?<=//)[^/]*@", "", bare)[:200]


def target(url: str) -> Target:
    """Return an address taken apart; raises NotFetched where it is none that may be asked."""
    if len(url) > LONGEST or _BAD.search(url):
        raise _refused(url, "is too long or has spaces or control characters in it")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _refused(url, "is not an address") from None
    if parts.scheme not in PORTS:
        raise _refused(url, "is not an http or https address", "write it from `https://` on")
    if "@" in parts.netloc:
        raise _refused(url, "has a user or a password in it", "leave them out")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = f"?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._')}" if parts.query else ""
    host = _host(parts.hostname or "", url)
    return Target(parts.scheme, host, PORTS[parts.scheme] if port is None else port, path + query)


def _host(written: str, url: str) -> str:
    """Return a host in ASCII; numbers that only look like an address in some systems are none."""
    try:
        return str(ip_address(written))
    except ValueError:
        pass
    try:
        host = written.encode("idna").decode("ascii").lower()
    except UnicodeError:
        host = ""
    last = host.rstrip(".").rpartition(".")[2]
    if len(host) > 253 or not _HOST.fullmatch(host) or _NUMBER.fullmatch(last):
        raise _refused(url, "names no host")
    return host


def _refused(url: str, why: str, hint: str = "") -> NotFetched:
    return NotFetched("bad-address", f"'{shown(url)}' {why}", hint)


def is_public(address: str) -> bool:
    """Return whether an IP address, written out, belongs to a machine of the public internet."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return _public_4(found) if isinstance(found, IPv4Address) else _public_6(found)


def _public_4(address: IPv4Address) -> bool:
    return not any(address in network for network in _NOT_PUBLIC)


def _public_6(address: IPv6Address) -> bool:
    if address.scope_id:
        return False
    inner = address.ipv4_mapped
    if inner is None and address in _SIX_TO_FOUR:
        inner = address.sixtofour
    if inner is None and address in _NAT64:
        inner = IPv4Address(int(address) & 0xFFFFFFFF)
    if inner is not None:
        return _public_4(inner)
    return address in _PUBLIC_6 and not any(address in network for network in _NOT_PUBLIC_6)
