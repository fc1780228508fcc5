"""Somebody who posts, and the relay that reads."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from config.celery import app
from events.actors import SYSTEM, Actor
from events.relay import drain
from incidents.models import Incident
from notifications.models import Channel, Delivery, Subscriber
from services.models import Service

ANN = Actor("user", "1", "Ann")
START = datetime(2026, 3, 2, 9, 0, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nobody_hears_the_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let tasks wait in their queue: these tests read the log, and send, when they say so."""
    monkeypatch.setitem(app.conf, "task_always_eager", False)


@pytest.fixture
def shop(db: None) -> Service:
    return Service.add(by=SYSTEM, name="Shop", public=True, now=START)


def fan_out() -> None:
    drain("notifications.fanout.consume")


def reader(address: str = "ann@example.org", *services: Service, **fields: Any) -> Subscriber:
    """A confirmed subscriber, of everything unless told otherwise."""
    if services:
        fields["scope"] = "services"
    if "incident" in fields:
        fields["scope"] = "incident"
    made = {"way": "email", "status": "confirmed", "confirmed_at": START, "created_at": START, **fields}
    subscriber = Subscriber.objects.create(address=address, **made)
    subscriber.services.set(services)
    return subscriber


def channel(name: str = "operations", *services: Service, **fields: Any) -> Channel:
    """A webhook of ours."""
    made = {"kind": "webhook", "options": {"url": "https://example.org/hook"}, "created_at": START, "updated_at": START}
    found = Channel.objects.create(name=name, **{**made, **fields})
    found.services.set(services)
    return found


def declare(*services: Service, **fields: Any) -> Incident:
    """Declare an incident."""
    said = {"title": "Checkout fails", "severity": "high", "by": ANN, "now": START, **fields}
    return Incident.declare(services=dict.fromkeys(services), **said)


def told() -> list[str]:
    """Return whom the messages made so far go to, and forget them."""
    names = {f"channel:{row.pk}": row.name for row in Channel.objects.all()}
    found = [names.get(each, each.partition(":")[2]) for each in Delivery.objects.values_list("recipient", flat=True)]
    Delivery.objects.all().delete()
    return sorted(found)
