"""The one form of an address: what is stored, compared and written to. Pure.

Mail goes to the form that is compared, so two spellings that look alike can never reach two people.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from django.utils.translation import gettext_noop

from notifications.kinds import Way
from outbound.failures import Refused
from outbound.urls import PORTS, read, read_host

# RFC 5321, 4.5.3.1: a path of 256 characters holds its two brackets.
LONGEST_EMAIL: Final = 254
LONGEST_LOCAL: Final = 64
LONGEST_URL: Final = 500
# In English, as everything that is raised: the form says it in the language of whoever typed.
NO_ADDRESS: Final = gettext_noop("Write the address as in name@example.com.")
NO_MAILBOX: Final = gettext_noop(
    "The part before the @ holds something that cannot be written to. Write the address as in name@example.com."
)
NO_DOMAIN: Final = gettext_noop("The part after the @ is no domain. Write the address as in name@example.com.")
LONG_EMAIL: Final = gettext_noop("The address is too long: at most 254 characters.")
LONG_ADDRESS: Final = gettext_noop("The address is too long: at most 500 characters.")
HALF: Final = gettext_noop("The address holds half a character.")

_LOCAL = re.compile(r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])")
_KEPT = "%/:=&?~+!$,;'@()*"


class UnusableAddress(ValueError):
    """Nothing can be sent there. The message is a sentence that says why."""


def one_form(way: Way, text: str) -> str:
    """Return the one form of an address of this kind; raises :class:`UnusableAddress`."""
    return email(text) if way is Way.EMAIL else url(text)


def email(text: str) -> str:
    """Return the mail address in small letters, its domain in ASCII; raises :class:`UnusableAddress`.

    The part before the @ may hold what RFC 5321 calls a dot-string. Servers that tell ``Ann`` from ``ann`` there are
    not known to exist; quoted names and letters beyond ASCII are refused, because many servers cannot take them.
    """
    local, at, domain = text.strip().rpartition("@")
    if not at or not local:
        raise UnusableAddress(NO_ADDRESS)
    if not local.isascii() or not _LOCAL.fullmatch(local.lower()) or len(local) > LONGEST_LOCAL:
        raise UnusableAddress(NO_MAILBOX)
    found = f"{local.lower()}@{_domain(domain)}"
    if len(found) > LONGEST_EMAIL:
        raise UnusableAddress(LONG_EMAIL)
    return found


def url(text: str) -> str:
    """Return the address of a webhook or a browser without fragment and needless port; raises its error."""
    text = text.strip()
    try:
        place = read(text)
        parts = urlsplit(text)
        path, query = (quote(part, safe=_KEPT) for part in (parts.path or "/", parts.query))
    except (Refused, UnicodeError) as error:
        sentence = str(error) if isinstance(error, Refused) else HALF
        raise UnusableAddress(sentence) from None
    host = f"[{place.host}]" if ":" in place.host else place.host
    port = "" if place.port == PORTS[place.scheme] else f":{place.port}"
    found = urlunsplit((place.scheme, host + port, path, query, ""))
    if len(found) > LONGEST_URL:
        raise UnusableAddress(LONG_ADDRESS)
    return found


def masked(way: str, address: str) -> str:
    """Return what the log may keep for good: ``a…@example.org``, or the place without its path."""
    if way == Way.EMAIL:
        local, _, domain = address.rpartition("@")
        return f"{local[:1]}…@{domain}"
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}/…"


def inbox(address: str) -> str:
    """Return what stands for one mailbox when counting: many servers drop what follows a plus sign."""
    local, _, domain = address.rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def host(address: str) -> str:
    """Return the machine that a web address leads to."""
    return urlsplit(address).netloc


def _domain(text: str) -> str:
    try:
        found = read_host(text).rstrip(".")
    except Refused:
        raise UnusableAddress(NO_DOMAIN) from None
    if not _DOMAIN.fullmatch(found):
        raise UnusableAddress(NO_DOMAIN)
    return found
