"""An incident with a public and a private service, and what the log holds of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from events.actors import Actor
from events.models import Event
from incidents.models import Incident
from services.models import Service

ANN = Actor("user", "1", "Ann")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def checkout(db: None) -> Service:
    return Service.add(by=ANN, name="Checkout API", public=True)


@pytest.fixture
def ledger(db: None) -> Service:
    return Service.add(by=ANN, name="Ledger (private)", public=False)


@pytest.fixture
def incident(transactional_db: None, checkout: Service, ledger: Service) -> Incident:
    return Incident.declare(
        by=ANN,
        title="Payments fail",
        severity="critical",
        body="Cards are **declined**.",
        services={checkout: None, ledger: None},
        now=NOON,
    )


def last(kind: str) -> Event:
    """Return the latest event of a kind."""
    return Event.objects.filter(kind=kind).latest("id")
