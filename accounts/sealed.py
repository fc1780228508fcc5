"""Secrets at rest: what must be read again is stored so that the database alone does not give it away.

The key is derived from ``SECRET_KEY``; after a change of that, what was sealed under a key of ``SECRET_KEY_FALLBACKS``
opens still, and is sealed under the new one when it is next saved.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cryptography.fernet import Fernet, MultiFernet

# Says what the key is for, so that no other use of SECRET_KEY has the same one (RFC 5869, section 3.2).
# It names the room where it began: another text would open nothing that stands in databases.
_PURPOSE = b"opstatus notifications sealed 1"


class Unopened(ValueError):
    """What was sealed cannot be opened: ``SECRET_KEY`` is another one now, or the text is not one of ours."""

    def __init__(self) -> None:
        super().__init__(
            "Its secrets cannot be opened: SECRET_KEY has changed since they were saved. Enter them again."
        )


def seal(secrets: Mapping[str, str]) -> str:
    """Return the texts by name as one that only this installation can open; nothing for nothing."""
    if not secrets:
        return ""
    return _box().encrypt(json.dumps(dict(secrets)).encode()).decode("ascii")


def open_(text: str) -> dict[str, str]:
    """Return what :func:`seal` was given. Raises :class:`Unopened`."""
    if not text:
        return {}
    from cryptography.fernet import InvalidToken

    try:
        opened: dict[str, str] = json.loads(_box().decrypt(text.encode()))
    except InvalidToken:
        raise Unopened from None
    return opened


def _box() -> MultiFernet:
    # Costs some memory, and web processes seal next to nothing.
    from cryptography.fernet import MultiFernet

    return MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


@lru_cache(maxsize=8)
def _fernet(secret: str) -> Fernet:
    from cryptography.fernet import Fernet
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(secret.encode())
    return Fernet(base64.urlsafe_b64encode(derived))
