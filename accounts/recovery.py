"""Codes for whoever has lost the device: shown once, each good for one sign-in. Pure."""

from __future__ import annotations

import hashlib
import secrets
from typing import Final

COUNT: Final = 10
LENGTH: Final = 10
# Without what is mistaken for something else when it is read from paper: 0 o, 1 l i. 49 random bits a code.
_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"


def new_codes() -> list[str]:
    """Return fresh codes, as ``ab2cd-ef3gh``."""
    return [f"{_letters(LENGTH // 2)}-{_letters(LENGTH // 2)}" for _ in range(COUNT)]


def digest_of(typed: str) -> str:
    """Return what is kept of a code, however it is spaced and in whatever case. It is sealed besides."""
    return hashlib.sha256("".join(typed.lower().replace("-", "").split()).encode(errors="replace")).hexdigest()


def without(typed: str, digests: list[str]) -> list[str] | None:
    """Return ``digests`` without that of the code that was ``typed``; None where it is none of them."""
    wanted = digest_of(typed)
    left = [digest for digest in digests if not secrets.compare_digest(digest, wanted)]
    return None if len(left) == len(digests) else left


def _letters(count: int) -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(count))
