"""One request, and the one that follows from a redirect. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from yarl import URL

from outbound.failures import Failure, Refused
from outbound.urls import read, read_host

REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
# The caller's other headers may hold secrets, and go to nobody else.
_HARMLESS: Final = frozenset({"accept", "accept-language", "user-agent"})
_OF_A_BODY: Final = frozenset({"content-type", "content-encoding", "content-language"})


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked, of whom, and whether it ``follows`` from a redirect."""

    method: str
    url: URL
    headers: Mapping[str, str]
    body: bytes | None
    follows: bool = False

    def redirected(self, status: int, location: str) -> Request:
        """Return the request that follows, as browsers would. Raises :class:`Failure` ``bad_redirect``."""
        url = _joined(self.url, location)
        headers = self.headers if _same_owner(self.url, url) else _only(self.headers, _HARMLESS)
        if (status == 303 and self.method != "HEAD") or (status in {301, 302} and self.method == "POST"):
            return Request("GET", url, _without(headers, _OF_A_BODY), None, follows=True)
        return Request(self.method, url, headers, self.body, follows=True)


@lru_cache(maxsize=4096)
def checked(text: str) -> URL:
    """Return the address for aiohttp. Raises :class:`Refused`, also where aiohttp reads another host than we do."""
    place = read(text)
    try:
        url = URL(text)
        same = read_host(url.raw_host or "") == place.host and url.port == place.port and url.scheme == place.scheme
    except ValueError:
        same = False
    if not same:
        raise Refused("The address can be read in two ways. Write it as in https://example.com/health.", "bad_url")
    return url


def _joined(base: URL, location: str) -> URL:
    try:
        return checked(str(base.join(URL(location))))
    except Refused as refused:
        raise Failure("bad_redirect", f"It redirects to something that is no web address. {refused.detail}") from None
    except ValueError:
        raise Failure("bad_redirect") from None


def _same_owner(one: URL, other: URL) -> bool:
    """The same origin, or the same host going over from http to https, each on its usual port."""
    upgraded = (one.scheme, one.port, other.scheme, other.port) == ("http", 80, "https", 443)
    return one.raw_host == other.raw_host and (upgraded or one.origin() == other.origin())


def _only(headers: Mapping[str, str], names: frozenset[str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() in names}


def _without(headers: Mapping[str, str], names: frozenset[str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name.lower() not in names}
