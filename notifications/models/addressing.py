"""How a delivery names whom it goes to, by which way, and what must not be overrun on that way."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from notifications.kinds import Way
from notifications.models.channel import Channel
from notifications.models.subscriber import Subscriber

# All mails go through one mail server.
MAIL = "mail"


def addressed(recipient: Subscriber | Channel) -> dict[str, Any]:
    """Return the fields of a delivery that follow from its recipient."""
    if isinstance(recipient, Channel):
        target = MAIL if recipient.kind == Way.EMAIL else f"channel:{recipient.id}"
        return {
            "channel": recipient,
            "recipient": f"channel:{recipient.id}",
            "transport": recipient.kind,
            "target": target,
        }
    way, address = recipient.way, recipient.address
    return {
        "subscriber": recipient,
        "recipient": f"{way}:{address}",
        "transport": way,
        "target": target_of(way, address),
    }


def target_of(way: str, address: str) -> str:
    """Return what a subscriber's message must not overrun: the mail server, or a host with its port."""
    return MAIL if way == Way.EMAIL else urlsplit(address).netloc.rpartition("@")[2].lower()[:260]
