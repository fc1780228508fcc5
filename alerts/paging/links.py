"""The link in a message by which one person acknowledges one incident, without signing in.

It is signed for this purpose, says whom and which incident it is for, and ends after a day. Nothing of it is stored.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

from django.conf import settings
from django.core.signing import BadSignature, Signer

LASTS: Final = timedelta(hours=24)
# Written out: a worker that asked the URL map for it would load every view.
PATH: Final = "/oncall/ack/{token}"
# Two ids and a time in seconds since 1970.
_SIZE: Final = 16 + 16 + 4


@dataclass(frozen=True, slots=True)
class Link:
    """What a link says: who may acknowledge which incident, until when."""

    incident: UUID
    user: UUID
    until: datetime


def ack_url(incident_id: UUID | str, user_id: UUID | str, now: datetime) -> str:
    """Return the address, built from ``SITE_URL``."""
    link = Link(UUID(str(incident_id)), UUID(str(user_id)), now + LASTS)
    return settings.SITE_URL + PATH.format(token=token_of(link))


def token_of(link: Link) -> str:
    """Return the secret part of an address."""
    said = link.incident.bytes + link.user.bytes + int(link.until.timestamp()).to_bytes(4, "big")
    return _signer().sign(base64.urlsafe_b64encode(said).decode())


def read(token: str) -> Link | None:
    """Return what the secret part of an address says; ``None`` where we have not written it."""
    try:
        said = base64.urlsafe_b64decode(_signer().unsign(token))
    except (BadSignature, ValueError):
        return None
    if len(said) != _SIZE:
        return None
    until = datetime.fromtimestamp(int.from_bytes(said[32:], "big"), tz=UTC)
    return Link(UUID(bytes=said[:16]), UUID(bytes=said[16:32]), until)


def _signer() -> Signer:
    return Signer(salt="alerts.paging.acknowledge", sep=".")
