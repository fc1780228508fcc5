"""Listeners, and something to listen to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from events.actors import Actor
from events.kinds import Kind
from events.models import Event
from incidents.models import Incident
from services.models import Service
from tests.streams.radio import Radio, on_air

ANN = Actor("user", "1", "Ann")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look often, so that tests without Redis need not wait."""
    monkeypatch.setattr("events.streams.hub.PERIOD", 0.02)
    monkeypatch.setattr("events.streams.hub.TICK", 0.02)


def burst(incident: Incident, count: int, size: int) -> None:
    """Write many large updates into the log at once."""
    text = "x" * size
    Event.objects.bulk_create(
        Event(
            kind=Kind.INCIDENT_UPDATE_POSTED,
            public=True,
            actor_kind="user",
            subject_type="incident",
            subject_id=str(incident.pk),
            data={"message": f"{number} {text}"},
        )
        for number in range(count)
    )


@pytest.fixture
def radio(transactional_db: None) -> Iterator[Radio]:
    """The streams; other threads see only what has been committed."""
    with on_air() as radio:
        yield radio


@pytest.fixture
def checkout(transactional_db: None) -> Service:
    return Service.add(by=ANN, name="Checkout", public=True)


@pytest.fixture
def incident(checkout: Service) -> Incident:
    return Incident.declare(by=ANN, title="Slow", severity="low", services={checkout: None})
