"""Services to work on, a window of two hours, and who plans it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from events.actors import Actor
from services.models import Maintenance, Service

ANN, BOB = Actor("user", "1", "Ann"), Actor("user", "2", "Bob")
NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
START = datetime(2026, 3, 3, 2, 0, tzinfo=UTC)
END = START + timedelta(hours=2)
Plan = Callable[..., Maintenance]


@pytest.fixture
def service(db: None) -> Service:
    return Service.add(by=ANN, name="Checkout", public=True, now=NOW - timedelta(days=100))


@pytest.fixture
def other(db: None) -> Service:
    return Service.add(by=ANN, name="Login", public=False, now=NOW - timedelta(days=100))


@pytest.fixture
def plan(service: Service) -> Plan:
    """Return a function that plans a window; it takes the arguments of ``schedule`` that differ."""

    def make(**fields: Any) -> Maintenance:
        usual: dict[str, Any] = {
            "title": "Database upgrade",
            "services": [service],
            "start": START,
            "end": END,
            "now": NOW,
        }
        return Maintenance.schedule(by=ANN, **(usual | fields))

    return make
