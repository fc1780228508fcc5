"""Signatures of webhooks, as Standard Webhooks 1.0 describes them. Pure, but for the chance of a new secret."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Final

PREFIX: Final = "whsec_"
# So long the secret before signs beside the new one: receivers have the time to change over.
OVERLAP: Final = timedelta(hours=24)

# As the secrets of a channel or a subscriber name them.
NOW, BEFORE, UNTIL = "signing", "signing_before", "signing_before_until"


def new_secret() -> str:
    """Return 32 random bytes as ``whsec_`` and base64."""
    return PREFIX + base64.b64encode(secrets.token_bytes(32)).decode("ascii")


def rotated(held: Mapping[str, str], now: datetime) -> dict[str, str]:
    """Return the secrets with a new one to sign with; the one before goes on signing for :data:`OVERLAP`."""
    fresh = {**held, NOW: new_secret()}
    if NOW in held:
        fresh |= {BEFORE: held[NOW], UNTIL: (now + OVERLAP).isoformat()}
    return fresh


def valid(held: Mapping[str, str], now: datetime) -> list[str]:
    """Return the secrets that sign at ``now``, the newest first."""
    overlaps = BEFORE in held and now < datetime.fromisoformat(held[UNTIL])
    return [held[NOW], *([held[BEFORE]] if overlaps else [])] if NOW in held else []


def headers(message: str, at: datetime, body: bytes, signing: Iterable[str]) -> dict[str, str]:
    """Return the three headers; ``message`` is the same at every try, ``at`` the time of this one."""
    stamp = str(int(at.timestamp()))
    signatures = " ".join(signature(secret, message, stamp, body) for secret in signing)
    found = {"webhook-id": message, "webhook-timestamp": stamp}
    return found | ({"webhook-signature": signatures} if signatures else {})


def signature(secret: str, message: str, stamp: str, body: bytes) -> str:
    """Return ``v1,`` and the HMAC-SHA256 of ``message.stamp.body`` in base64. Raises ``ValueError``."""
    signed = f"{message}.{stamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(_key(secret), signed, hashlib.sha256)).decode("ascii")


def _key(secret: str) -> bytes:
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise ValueError("The secret that signs is not base64.") from None
