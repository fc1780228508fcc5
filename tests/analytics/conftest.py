"""A week in March, in which a few things went wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from events.actors import CLOCK, Actor
from incidents.models import Incident
from services.models import Service

ANN = Actor("user", "1", "Ann")
ROBOT = Actor("key", "7", "robot")
__all__ = ["ANN", "CLOCK", "NOW", "ROBOT", "ago", "incident", "service"]
# A Thursday.
NOW = datetime(2026, 3, 19, 12, tzinfo=UTC)


def ago(days: float) -> datetime:
    """Return the instant so many days before now."""
    return NOW - timedelta(days=days)


def service(name: str, **fields: Any) -> Service:
    """Make a service that has been up for a year."""
    return Service.add(by=ANN, name=name, now=ago(365), **fields)


def incident(
    days: float,
    *services: Service,
    severity: str = "high",
    answered: float | None = None,
    by: Actor = ANN,
    resolved: float | None = None,
    **fields: Any,
) -> Incident:
    """Declare an incident so many days ago, answered and resolved so many minutes later."""
    begun = ago(days)
    made = Incident.declare(
        by=ANN, title="Trouble", severity=severity, services=dict.fromkeys(services), now=begun, **fields
    )
    if answered is not None:
        made.acknowledge(by=by, now=begun + timedelta(minutes=answered))
    if resolved is not None:
        made.resolve(by=ANN, now=begun + timedelta(minutes=resolved))
    return made
