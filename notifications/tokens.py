"""What a mail that asks "is it you?" carries: 32 random bytes, good once, for two days. Stored is the digest. Pure."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Final

HOURS: Final = 48
LASTS: Final = timedelta(hours=HOURS)


def new() -> str:
    """Return a new token."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what is stored of it."""
    return hashlib.sha256(token.encode()).hexdigest()
