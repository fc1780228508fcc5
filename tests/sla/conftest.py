"""A service with a promise, an hour at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from events.actors import Actor
from services.models import Service

ANN = Actor("user", "1", "Ann")
APRIL = datetime(2026, 4, 1, tzinfo=UTC)


def at(days: float) -> datetime:
    """Return the instant so many days after the beginning of April."""
    return APRIL + timedelta(days=days)


def promised(name: str = "Checkout", **fields: object) -> Service:
    """Make a service that has been up since before April."""
    return Service.add(by=ANN, name=name, now=at(-100), **({"sla_target": "99.9"} | fields))


def outage(service: Service, begins: float, minutes: float) -> None:
    """Let the service be down for some minutes, from so many days after the beginning of April on."""
    service.set_status("red", by=ANN, now=at(begins))
    service.set_status(None, by=ANN, now=at(begins) + timedelta(minutes=minutes))


@pytest.fixture
def service(db: None) -> Service:
    return promised()
