"""The one way out: pages are fetched over HTTP from public addresses, within limits.

Nothing here reads the environment for proxies, cookies or credentials, and nothing follows a
redirect or decodes an answer without the checks that the first address went through.
"""

from reelspec.author.net.address import NotFetched, Target, is_public, shown, target
from reelspec.author.net.fetcher import Fetcher, places
from reelspec.author.net.kept import Pages
from reelspec.author.net.page import ANY_TEXT, JSON, PICTURES, Limits, Page, Request

__all__ = [
    "ANY_TEXT",
    "JSON",
    "PICTURES",
    "Fetcher",
    "Limits",
    "NotFetched",
    "Page",
    "Pages",
    "Request",
    "Target",
    "is_public",
    "places",
    "shown",
    "target",
]
