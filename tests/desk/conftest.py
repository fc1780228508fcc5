"""Messages that went out and messages that did not, and people who look at them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.roles import Role
from notifications.kinds import Audience, Lane, Purpose, State
from notifications.models import Announcement, Delivery
from notifications.transports.outcome import Words
from tests.factories import signed_in

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ENDED = {State.SENT: {"sent_at": NOON}, State.PENDING: {"next_attempt_at": NOON}}


@pytest.fixture
def console(db: None) -> Client:
    """An operator's browser."""
    return signed_in(Role.OPERATOR)


def delivery(to: str = "ann@example.org", status: State = State.SENT, subject: str = "Slow", **more: Any) -> Delivery:
    """Make the row of one message; without a ``text`` of its own it says “It is slow.”"""
    text = more.pop("text", "It is slow.")
    words = Words(kind="INCIDENT_CREATED", subject=subject, text=text, html="", short="", facts={}, at=NOON)
    announcement = Announcement.of(words, Audience.PUBLIC)
    announcement.save()
    told = {
        "recipient": f"email:{to}",
        "purpose": Purpose.EVENT,
        "lane": Lane.URGENT,
        "created_at": NOON,
        "transport": "email",
        "target": "mail",
    }
    return Delivery.objects.create(
        id=uuid4(),
        announcement=announcement,
        status=status,
        **told | ENDED.get(status, {}) | more,
    )
