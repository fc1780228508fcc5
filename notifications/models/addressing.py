"""How a delivery names whom it goes to, by which way, and what must not be overrun on that way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from notifications.kinds import Way
from notifications.models.channel import Channel
from notifications.models.subscriber import Subscriber

if TYPE_CHECKING:
    from accounts.models import User

# All mails go through one mail server.
MAIL = "mail"
# Before the ids, in the recipient of what goes to one of our people.
PERSON: Final = "person:"


@dataclass(frozen=True, slots=True)
class Reached:
    """A person by one of their ways; ``key`` is the way's, as ``oncall.reach`` has it. No address: it may change."""

    person: User
    key: str
    kind: str

    def __str__(self) -> str:
        return f"{PERSON}{self.person.pk}:{self.key}"


def addressed(recipient: Subscriber | Channel | Reached) -> dict[str, Any]:
    """Return the fields of a delivery that follow from its recipient."""
    if isinstance(recipient, Reached):
        # A target of its own: nobody's page waits for what somebody else's address does.
        target = MAIL if recipient.kind == Way.EMAIL else str(recipient)
        return {
            "person": recipient.person,
            "recipient": str(recipient),
            "transport": recipient.kind,
            "target": target,
        }
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


def way_of(recipient: str) -> str:
    """Return the key of the way by which a person is reached, of a delivery's recipient."""
    return recipient.removeprefix(PERSON).partition(":")[2]


def target_of(way: str, address: str) -> str:
    """Return what a subscriber's message must not overrun: the mail server, or a host with its port."""
    return MAIL if way == Way.EMAIL else urlsplit(address).netloc.rpartition("@")[2].lower()[:260]
