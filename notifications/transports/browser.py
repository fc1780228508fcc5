"""Browsers of visitors who asked: Web Push, encrypted so that the push service reads nothing (RFC 8030, 8291)."""

from __future__ import annotations

import base64
import os
import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from notifications.transports import calls, replies, vapid
from notifications.transports.outcome import Nature, Outcome, Parcel
from notifications.transports.transport import Transport, failed

if TYPE_CHECKING:
    from notifications.transports.outside import Outside

# One record: a service takes 4096 bytes in all (RFC 8291, section 4), and what is shown is cut to fit.
RECORD: Final = 4096
# In seconds: so long the service keeps it for a browser that sleeps.
TTL: Final = 24 * 60 * 60
# A subscription that has ended, or whose browser is gone, never comes back (RFC 8030, section 7.3).
_MEANINGS: replies.Meanings = {
    404: ("gone", Nature.RECIPIENT),
    410: ("gone", Nature.RECIPIENT),
    413: ("rejected", Nature.MESSAGE),
    # Our key, or our clock: no fault of this one browser.
    401: ("unauthorized", Nature.LATER),
    403: ("unauthorized", Nature.LATER),
}


class Browser(Transport):
    """Pushes; ``parcel.secrets`` holds the browser's ``p256dh`` and ``auth``."""

    kind = "browser"
    label = "Browser"
    about = "A notification in the browser of a visitor who asked for it."
    for_channels = False

    async def hand_over(self, parcel: Parcel, outside: Outside) -> Outcome:
        """Encrypt for this browser alone, and push."""
        try:
            body = encrypted(said(parcel), parcel.secrets)
        except (KeyError, ValueError):
            return failed("not_set_up", "The keys of this browser cannot be read.", nature=Nature.RECIPIENT)
        parts = urlsplit(parcel.address)
        headers = {
            "Content-Encoding": "aes128gcm",
            "TTL": str(TTL),
            "Urgency": "high",
            "Authorization": vapid.authorization(f"{parts.scheme}://{parts.netloc}", datetime.now(UTC)),
        }
        reply = await calls.send(outside, parcel.address, body, "application/octet-stream", headers)
        return replies.outcome(reply, _MEANINGS)


def said(parcel: Parcel) -> bytes:
    """Return what the worker in the browser shows: ``title``, ``body``, ``url``, and a ``tag`` for the incident."""
    words = parcel.words
    body, url = _parted(words.short.removeprefix(f"{words.subject}. "))
    shown = {
        "title": calls.heading(parcel, 200),
        "body": calls.cut(body, 500),
        "url": url,
        "tag": words.thread,
        "id": str(parcel.delivery),
    }
    return calls.as_json(shown)


def _parted(short: str) -> tuple[str, str]:
    """Return the short form in two: what it says, and the link that it ends in."""
    body, _, url = short.rpartition(" ")
    return (body, url) if url.startswith(("http://", "https://")) else (short, "")


def encrypted(message: bytes, keys: Mapping[str, str]) -> bytes:
    """Return one aes128gcm record that only the browser with these keys reads. Raises ``ValueError``, ``KeyError``."""
    from cryptography.hazmat.primitives.asymmetric.ec import (
        ECDH,
        SECP256R1,
        EllipticCurvePublicKey,
        generate_private_key,
    )
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    theirs, auth = _decoded(keys["p256dh"]), _decoded(keys["auth"])
    ours = generate_private_key(SECP256R1())
    shared = ours.exchange(ECDH(), EllipticCurvePublicKey.from_encoded_point(SECP256R1(), theirs))
    salt, sender = os.urandom(16), vapid.point(ours)
    secret = _derived(shared, auth, b"WebPush: info\0" + theirs + sender, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    # RFC 8188, section 2.1: salt, size of a record, and the sender's key as its id; 2 ends the last record.
    header = salt + struct.pack("!LB", RECORD, len(sender)) + sender
    return header + AESGCM(key).encrypt(nonce, message + b"\x02", None)


def usable(keys: Mapping[str, str]) -> bool:
    """Say whether a browser's keys can be encrypted for."""
    try:
        encrypted(b"", keys)
    except (KeyError, ValueError):
        return False
    return len(_decoded(keys["auth"])) == 16


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def _decoded(text: str) -> bytes:
    """Raises ``ValueError``."""
    return base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
