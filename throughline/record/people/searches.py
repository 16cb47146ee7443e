"""Searches kept in the session, each under a key: an address names the key, so that no name is ever in an address."""

import secrets
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from throughline.record.people.sought import Sought, from_data

_KEPT = "people_searches"
# Several tabs, a few steps back.
_MOST = 12


@dataclass(frozen=True)
class Search:
    """A search of this session: its key, what was sought, and the receipt once its results were shown."""

    key: str
    sought: Sought
    receipt: str = ""


def keep(request: HttpRequest, sought: Sought) -> str:
    """Keep a search and return its key."""
    key = secrets.token_urlsafe(6)
    _store(request, key, {"sought": sought.as_data(), "receipt": ""})
    return key


def shown(request: HttpRequest, search: Search, receipt: str) -> None:
    """Note that the results of a search were shown: ``receipt`` proves it."""
    _store(request, search.key, {"sought": search.sought.as_data(), "receipt": receipt})


def kept(request: HttpRequest) -> Search | None:
    """Return the search that the address names with ``?search=``, if this session made it."""
    key = request.GET.get("search", "")
    found = request.session.get(_KEPT, {}).get(key)
    if not found:
        return None
    return Search(key, from_data(found["sought"]), found["receipt"])


def _store(request: HttpRequest, key: str, search: dict[str, Any]) -> None:
    searches = request.session.get(_KEPT, {})
    searches.pop(key, None)
    searches[key] = search
    request.session[_KEPT] = dict(list(searches.items())[-_MOST:])
