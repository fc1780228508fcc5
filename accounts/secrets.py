"""The secret texts of API keys: made here, shown once, kept only as a digest.

An ordinary key is ``ops_`` + 7 characters that name it + ``_`` + 32 random bytes. A key with the scope ``alerts`` is 32
characters of ``[0-9a-z]``, because clients of the PagerDuty format check that; its first 7 characters name it and
the other 25 hold 129 random bits.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import string
from dataclasses import dataclass

_ALPHABET = string.digits + string.ascii_lowercase
_PREFIX_LENGTH = 7
_ALERTS_LENGTH = 32
_KEY = re.compile(r"ops_(?P<long>[0-9a-z]{7})_[A-Za-z0-9_-]{43}|(?P<short>[0-9a-z]{7})[0-9a-z]{25}")


@dataclass(frozen=True, slots=True)
class Secret:
    """A new key: its whole text, the prefix that finds its row, and the digest that is stored."""

    text: str
    prefix: str
    digest: str


def new_secret(*, for_alerts: bool) -> Secret:
    """Make the text of a key; ``for_alerts`` gives the 32 characters that alert clients accept."""
    prefix = _characters(_PREFIX_LENGTH)
    text = (
        prefix + _characters(_ALERTS_LENGTH - _PREFIX_LENGTH)
        if for_alerts
        else f"ops_{prefix}_{secrets.token_urlsafe(32)}"
    )
    return Secret(text, prefix, digest_of(text))


def beginning(prefix: str, *, for_alerts: bool) -> str:
    """Return how the text of a key with ``prefix`` begins."""
    return f"{prefix}…" if for_alerts else f"ops_{prefix}_…"


def prefix_of(text: str) -> str | None:
    """Return the prefix of a key's text, or None when the text cannot be a key."""
    match = _KEY.fullmatch(text)
    return match and (match["long"] or match["short"])


def digest_of(text: str) -> str:
    """Return the digest that is stored for a key's text."""
    return hashlib.sha256(text.encode()).hexdigest()


def same(digest: str, other: str) -> bool:
    """Compare two digests in constant time."""
    return secrets.compare_digest(digest, other)


def _characters(count: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(count))
