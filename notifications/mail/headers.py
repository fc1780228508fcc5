"""The headers of a mail: who, to whom, what thread, and how to leave (RFC 5322, RFC 2369, RFC 3834, RFC 8058)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.headerregistry import Address
from email.utils import format_datetime, formataddr, parseaddr
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from django.conf import settings

from events.kinds import Kind
from notifications.wording.sheet import cut, one_line

if TYPE_CHECKING:
    from notifications.transports.outcome import Parcel, Words

# Long subjects are cut by every reader; the whole title stands in the mail.
_LONGEST: Final = 160
# What may stand before the "@" without quotes (RFC 5322, section 3.2.3), and a name or an address after it.
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")
_DOMAIN: Final = re.compile(r"[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f.:IPv]{2,50}\]")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


def headers(parcel: Parcel, now: datetime) -> Iterator[tuple[str, str]]:
    """Yield name and value of every header; none holds a line break, whatever the words hold.

    ``Message-ID`` is the same at every try, so that a repetition is known as one.
    """
    yield "From", _from(settings.DEFAULT_FROM_EMAIL, parcel.name)
    yield "To", mailbox(parcel.address).addr_spec
    yield "Subject", clean(subject(parcel.words, parcel.name, test=parcel.test))
    yield "Date", format_datetime(now)
    yield "Message-ID", f"<{parcel.delivery}@{host()}>"
    yield from _thread(parcel.words)
    yield from _urgency(parcel.words)
    # Out-of-office replies would come back to nobody.
    yield "Auto-Submitted", "auto-generated"
    yield "X-Auto-Response-Suppress", "All"
    yield from _list(parcel)


def subject(words: Words, name: str, *, test: bool = False) -> str:
    """Return the subject: of an incident or a window always the same, or some readers tear its thread apart.

    They go by the subject as much as by ``References``. How things stand is what the mail begins with.
    """
    about = f"[{name}] {words.facts.get('title', words.subject)}" if words.thread else words.subject
    return f"[Test] {about}" if test else about


def sender() -> Address:
    """Return whom mails are from."""
    return _sender(settings.DEFAULT_FROM_EMAIL)


@lru_cache(maxsize=8)
def _sender(setting: str) -> Address:
    """Read the setting once: the library takes longer for that than for handing over the mail."""
    name, address = parseaddr(setting)
    return mailbox(address, name)


@lru_cache(maxsize=8)
def _from(setting: str, name: str) -> str:
    """Return the setting, with our name where it has an address alone."""
    return formataddr((_sender(setting).display_name or clean(name), _sender(setting).addr_spec))


def mailbox(address: str, name: str = "") -> Address:
    """Return an address as headers and servers write it, the domain in ASCII.

    Raises ``ValueError`` for what is none, line breaks and lists included, and for letters that only some servers take
    before the ``@`` (RFC 6531).
    """
    local, _, domain = address.rpartition("@")
    if not _LOCAL.fullmatch(local) or not domain or len(address) > 254:
        raise ValueError("This is no address of one mailbox.")
    return Address(clean(name), local, _ascii(domain))


def _ascii(domain: str) -> str:
    """Return a domain as the name servers know it. Raises ``ValueError``."""
    name = domain if domain.isascii() else domain.encode("idna").decode("ascii")
    if not _DOMAIN.fullmatch(name):
        raise ValueError("This is no address of one mailbox.")
    return name


def clean(text: str) -> str:
    """Return ``text`` on one line without control characters: nothing in it can begin another header."""
    return cut(_CONTROL.sub("", one_line(text)), _LONGEST)


def host() -> str:
    """Return the name that our identifiers end in."""
    return _host(settings.SITE_URL)


@lru_cache(maxsize=8)
def _host(url: str) -> str:
    return (urlsplit(url).hostname or "localhost").encode("idna").decode("ascii")


def _thread(words: Words) -> Iterator[tuple[str, str]]:
    """All mails of one incident answer one that was never sent: each recipient has a first mail of its own."""
    if words.thread:
        root = f"<{words.thread}@{host()}>"
        yield "In-Reply-To", root
        yield "References", root


def _urgency(words: Words) -> Iterator[tuple[str, str]]:
    """Mark what calls somebody in (RFC 2156, section 5.3): telephones may be told to ring for it at night."""
    if words.kind == Kind.ONCALL_PAGED:
        yield "Importance", "high"
        yield "X-Priority", "1"


def _list(parcel: Parcel) -> Iterator[tuple[str, str]]:
    if parcel.leave_url:
        yield "List-Id", _list_id(parcel.name)
        yield "List-Unsubscribe", f"<{parcel.leave_url}>"
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


@lru_cache(maxsize=8)
def _list_id(name: str) -> str:
    """Return how readers file the list (RFC 2919): what stands in the brackets never changes."""
    return f"{formataddr((clean(name), '')).removesuffix(' <>')} <status.{host()}>"
