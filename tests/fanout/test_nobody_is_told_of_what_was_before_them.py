"""The log may be read late: whoever came after something happened is not told of it as if it were new."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from events.actors import Actor
from events.models import Event
from incidents.models import Incident
from notifications.choice import Choice
from notifications.fanout import consume
from notifications.kinds import Way
from notifications.links import Reader
from notifications.models import Channel, Delivery, Subscriber
from services.models import Service

pytestmark = pytest.mark.django_db(transaction=True)
ANN = Actor("user", "1", "Ann")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def told() -> set[str]:
    """Hand the whole log to the fan-out and return to whom it has put messages on their way."""
    consume(list(Event.objects.order_by("id")))
    rows = Delivery.objects.select_related("channel")
    return {row.channel.name if row.channel else row.address for row in rows}


def test_a_subscriber_and_a_channel_hear_what_follows_them() -> None:
    checkout = Service.add(by=ANN, name="Checkout API", public=True, now=NOON - MINUTE)
    for name, since in (("early@example.org", NOON - MINUTE), ("late@example.org", NOON + MINUTE)):
        Subscriber.add(Reader(Way.EMAIL, name), Choice(), by=ANN, vouched=True, now=since)
    for name, since in (("Early room", NOON - MINUTE), ("Late room", NOON + MINUTE)):
        options = {"url": "https://hooks.example.org/here"}
        Channel.add(by=ANN, name=name, kind="webhook", options=options, now=since)
    Incident.declare(by=ANN, title="Slow", severity="low", body="Looking.", services={checkout: None}, now=NOON)
    assert told() == {"early@example.org", "Early room"}
