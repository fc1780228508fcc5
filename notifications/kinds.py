"""The words of this room. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Way(StrEnum):
    """How a subscriber is reached."""

    EMAIL = "email"
    WEBHOOK = "webhook"
    BROWSER = "browser"


class Scope(StrEnum):
    """What a subscriber asked to be told of."""

    ALL = "all"
    SERVICES = "services"
    INCIDENT = "incident"


class Mode(StrEnum):
    """How much of it."""

    ALL = "all"
    NEW_AND_RESOLVED = "new_and_resolved"
    DIGEST = "digest"


class Standing(StrEnum):
    """Whether a subscriber has said yes."""

    PENDING = "pending"
    CONFIRMED = "confirmed"


class Audience(StrEnum):
    """Whose eyes a channel is for: ``public`` is told what the public page shows, ``internal`` everything."""

    PUBLIC = "public"
    INTERNAL = "internal"


class State(StrEnum):
    """How far a delivery is. ``DROPPED``: nobody wants it any more, and the reason is kept."""

    PENDING = "PENDING"
    SENT = "SENT"
    FAILED = "FAILED"
    DROPPED = "DROPPED"


class Lane(StrEnum):
    """Messages that may not wait for each other. First tries come before retries: those have a lane of their own.

    What calls somebody in stays in ``PAGE`` until it is through, before all else and with senders of its own.
    """

    PAGE = "page"
    URGENT = "urgent"
    CONFIRMATION = "confirmation"
    BULK = "bulk"
    RETRY = "retry"


class Purpose(StrEnum):
    """Why a delivery was made."""

    EVENT = "event"
    PAGE = "page"
    CONFIRMATION = "confirmation"
    DIGEST = "digest"
    TEST = "test"
    NOTE = "note"


# In seconds: so long a message that a person has posted can be taken back before it goes.
UNDO: Final = 10
# Who makes the messages, as the relay calls it: a consumer of ``settings.EVENT_CONSUMERS``.
FANOUT: Final = "notifications.fanout.consume"
# Among a delivery's own links: whom a test goes to in place of all who read the channel.
ONLY_TO: Final = "only_to"
