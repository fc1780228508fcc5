"""TLS contexts, made once a process, and when a certificate ends."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime
from functools import cache


@cache
def context(*, verify: bool, http: bool = False) -> ssl.SSLContext:
    """Return the context for a client. Takes the system's roots, which costs some 20 ms and is done once."""
    made = ssl.create_default_context()
    if not verify:
        made.check_hostname = False
        made.verify_mode = ssl.CERT_NONE
    if http:
        made.set_alpn_protocols(["http/1.1"])
    return made


def expires(connection: ssl.SSLObject) -> datetime | None:
    """Return when the other side's certificate ends, UTC, verified or not."""
    der = connection.getpeercert(binary_form=True)
    return _not_after(der) if der else None


def _not_after(der: bytes) -> datetime:
    """Read the end out of a certificate: Python does so for verified ones alone.

    RFC 5280: Certificate { TBSCertificate { [0] version?, serial, algorithm, issuer, validity { from, to }, ... } ... }
    """
    at = _inside(der, _inside(der, 0))
    for _ in range(4 if der[at] == 0xA0 else 3):
        at = _after(der, at)
    at = _after(der, _inside(der, at))
    text = der[_inside(der, at) : _after(der, at)].decode("ascii")
    return datetime.strptime(_full_year(text), "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _full_year(text: str) -> str:
    """A time with two digits for the year (``YYMMDDHHMMSSZ``) is of 1950 to 2049."""
    if len(text) == len("YYYYMMDDHHMMSSZ"):
        return text
    return ("19" if text >= "50" else "20") + text


def _length(der: bytes, at: int) -> tuple[int, int]:
    """Return where the content of the element at ``at`` begins, and how long it is."""
    length = der[at + 1]
    if length < 0x80:
        return at + 2, length
    size = length & 0x7F
    return at + 2 + size, int.from_bytes(der[at + 2 : at + 2 + size], "big")


def _inside(der: bytes, at: int) -> int:
    return _length(der, at)[0]


def _after(der: bytes, at: int) -> int:
    return sum(_length(der, at))
