"""Reads the addresses that people type, strictly: what two parsers could read in two ways is refused. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from outbound.addresses import literal
from outbound.failures import Refused

LONGEST_URL: Final = 2048
LONGEST_NAME: Final = 253
PORTS: Final = {"http": 80, "https": 443}

_FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
_NAME = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\.?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a web address leads: scheme, host in ASCII without brackets, port."""

    scheme: str
    host: str
    port: int


@lru_cache(maxsize=4096)
def read(url: str) -> Place:
    """Return where the address leads. Raises :class:`Refused` with a sentence."""
    if len(url) > LONGEST_URL:
        raise _bad(f"The address is too long: at most {LONGEST_URL} characters.")
    if _FORBIDDEN.search(url):
        raise _bad("The address holds a blank, a backslash or a control character; write a blank as %20.")
    try:
        parts = urlsplit(url)
        scheme, name, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        raise _bad("The address cannot be read. Write it as in https://example.com/health.") from None
    if scheme not in PORTS:
        raise _bad("The address must begin with http:// or https://.")
    if "@" in parts.netloc:
        raise _bad("The address holds a user or a password. Send them in a header instead.")
    if port == 0:
        raise _bad("There is no port 0.")
    return Place(scheme, read_host(name or ""), port or PORTS[scheme])


@lru_cache(maxsize=4096)
def read_host(text: str) -> str:
    """Return a name in ASCII and small letters, or an address in its one spelling, both as a name server would see it.

    Raises :class:`Refused` with a sentence.
    """
    host = _ascii(text).lower()
    if ":" in host and "%" in host:
        raise _bad("An address with a zone (%) holds on one machine alone. Leave the zone out.")
    try:
        address = literal(host)
    except ValueError:
        raise _bad("The address ends in a number, or holds colons, and is no IP address.") from None
    if address is None and (not _NAME.fullmatch(host) or len(host.rstrip(".")) > LONGEST_NAME):
        raise _bad("The address names no machine. Write one as in example.com.")
    return host if address is None else str(address)


def _ascii(host: str) -> str:
    """Full-width digits and dots turn into plain ones, as they would on the way to the name server."""
    if host.isascii():
        return host
    # Needed for few names, and takes memory.
    from yarl import URL

    try:
        return URL(f"http://{host}/").raw_host or ""
    except ValueError:
        raise _bad("The address holds a character that no name on the internet can have.") from None


def _bad(sentence: str) -> Refused:
    return Refused(sentence, "bad_url")
