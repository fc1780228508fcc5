"""What is handed to a transport, and what comes back. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from branding import DEFAULT_NAME


class Nature(StrEnum):
    """What a try that failed says about the next one."""

    # The same message may go through later.
    LATER = "later"
    # This recipient refuses for good: an address that does not exist, an endpoint that is gone.
    RECIPIENT = "recipient"
    # This one message is refused for good, others may go through.
    MESSAGE = "message"
    # The way there is shut for every message: a refused sign-in, a server that turns us away.
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one try ended. A failure has a ``code``, a ``reason`` (a fixed sentence, never the other side's words)."""

    ok: bool
    code: str = ""
    reason: str = ""
    nature: Nature = Nature.LATER
    # In seconds; what the other side asked us to wait.
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A message, worded. ``short`` is for chats and SMS; ``facts`` is JSON-ready (``docs/webhooks.md``)."""

    kind: str
    subject: str
    text: str
    html: str
    short: str
    facts: Mapping[str, Any]
    at: datetime
    # What belongs together: one incident, one thread.
    thread: str = ""
    services: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message for one recipient. ``delivery`` is the same at every try: receivers know a repetition by it."""

    delivery: UUID
    words: Words
    address: str
    options: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict)
    # Where the recipient changes or ends what it is told; empty for channels inside.
    manage_url: str = ""
    leave_url: str = ""
    # A person's test; its words say so.
    test: bool = False
    # Set up by one of ours: it may go where checks may.
    inside: bool = False
    # What this installation is called.
    name: str = DEFAULT_NAME


SENT = Outcome(ok=True)
