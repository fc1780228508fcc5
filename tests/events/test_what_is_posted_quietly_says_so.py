"""Whoever posts quietly leaves a mark in the log: the page shows it, and nobody is sent a message."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from events.actors import Actor
from events.models import Event
from incidents.models import Incident
from services.models import Maintenance, Service

pytestmark = pytest.mark.django_db(transaction=True)
ANN = Actor("user", "1", "Ann")
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
END = NOON + timedelta(hours=2)
Incidents = list[tuple[str, Callable[[Incident], object]]]
Windows = list[tuple[str, Callable[[Maintenance], object]]]

OF_INCIDENTS: Incidents = [
    ("update", lambda one: one.post_update(by=ANN, message="Hm.", quiet=True)),
    ("move", lambda one: one.transition("identified", by=ANN, quiet=True)),
    ("resolve", lambda one: one.resolve(by=ANN, quiet=True)),
    ("edit", lambda one: one.edit(by=ANN, changes={"title": "Other"}, quiet=True)),
]
OF_WINDOWS: Windows = [
    ("update", lambda one: one.post_update(by=ANN, message="Hm.", quiet=True, now=NOON)),
    ("start", lambda one: one.start(by=ANN, quiet=True, now=NOON)),
    ("extend", lambda one: one.extend(by=ANN, until=END + timedelta(hours=1), quiet=True, now=NOON)),
    ("edit", lambda one: one.edit(by=ANN, changes={"title": "Other"}, quiet=True, now=NOON)),
    ("cancel", lambda one: one.cancel(by=ANN, quiet=True, now=NOON)),
]


def service() -> Service:
    return Service.add(by=ANN, name="Checkout", public=True)


def quiet_ones(act: Callable[[], object]) -> set[bool]:
    """Return whether the events of the act say that it was quiet."""
    last = Event.objects.latest("id").id
    act()
    told = Event.objects.filter(id__gt=last)
    assert told
    return {event.data.get("quiet", False) for event in told}


@pytest.mark.parametrize(("name", "act"), OF_INCIDENTS, ids=[name for name, _ in OF_INCIDENTS])
def test_every_verb_of_an_incident_can_be_quiet(name: str, act: Callable[[Incident], object]) -> None:
    incident = Incident.declare(by=ANN, title="Cards fail", severity="high", services={service(): None})
    assert quiet_ones(lambda: act(incident)) == {True}


@pytest.mark.parametrize(("name", "act"), OF_WINDOWS, ids=[name for name, _ in OF_WINDOWS])
def test_every_verb_of_a_window_can_be_quiet(name: str, act: Callable[[Maintenance], object]) -> None:
    window = Maintenance.schedule(by=ANN, title="Upgrade", services=[service()], start=NOON, end=END, now=NOON)
    assert quiet_ones(lambda: act(window)) == {True}


def test_declaring_and_planning_can_be_quiet() -> None:
    checkout = service()
    declare = {"title": "Cards fail", "severity": "high", "services": {checkout: None}, "quiet": True}
    assert quiet_ones(lambda: Incident.declare(by=ANN, **declare)) == {True}  # type: ignore[arg-type]
    plan = {"title": "Upgrade", "services": [checkout], "start": NOON, "end": END, "quiet": True, "now": NOON}
    assert quiet_ones(lambda: Maintenance.schedule(by=ANN, **plan)) == {True}  # type: ignore[arg-type]


def test_reopening_can_be_quiet_and_nothing_is_so_by_itself() -> None:
    incident = Incident.declare(by=ANN, title="Cards fail", severity="high")
    assert quiet_ones(lambda: incident.resolve(by=ANN)) == {False}
    assert quiet_ones(lambda: incident.reopen(by=ANN, quiet=True)) == {True}
