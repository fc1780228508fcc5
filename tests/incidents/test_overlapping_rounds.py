"""Two rounds of the clock at the same instant, because one took long: each thing is said and opened once."""

from __future__ import annotations

from datetime import timedelta

import pytest

from events.actors import HEARTBEAT
from incidents import automatic
from incidents.models import Incident, Outage
from services.models import Component, Heartbeat, Service
from services.status import Status
from tests.incidents.conftest import ANN, NOON
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


def down(service: Service, name: str) -> Component:
    part = Component.add(service, by=ANN, name=name, now=NOON - timedelta(days=1))
    Heartbeat.objects.create(component=part, kind="tcp", url="db.example.com:5432", last_detail="Refused.")
    part.measure(Status.MAJOR_OUTAGE, by=HEARTBEAT, now=NOON)
    return part


def found(part: Component) -> Component:
    return Component.objects.select_related("service", "heartbeat", "depends_on").get(pk=part.pk)


@pytest.fixture
def watched(checkout: Service) -> Service:
    checkout.edit(by=ANN, changes={"auto_incident": "publish"})
    return checkout


def test_that_it_answers_again_is_said_once(watched: Service) -> None:
    part = down(watched, "Database")
    automatic.keep(NOON + 5 * MINUTE)
    incident = Incident.objects.get()
    incident.acknowledge(by=ANN, now=NOON + 6 * MINUTE)
    for minute in range(10, 30, 2):
        Outage.objects.update(over_at=None)
        part.measure(Status.OPERATIONAL, by=HEARTBEAT, now=NOON + 9 * MINUTE)
        before = incident.updates.count()
        rows = [Incident.objects.get(), Incident.objects.get()]
        results = at_once(*(lambda row=row, m=minute: automatic.settle(row, NOON + m * MINUTE) for row in rows))
        assert sorted(map(bool, results)) == [False, True]
        assert incident.updates.count() == before + 1


def test_two_components_of_one_service_open_one_incident(watched: Service) -> None:
    for number in range(8):
        parts = [found(down(watched, f"{name} {number}")) for name in ("Database", "Cache")]
        at_once(*(lambda part=part: automatic.open_for(part, NOON + 5 * MINUTE) for part in parts))
        automatic.keep(NOON + 6 * MINUTE)
        incident = Incident.objects.open().get()
        assert incident.outages.count() == 2
        incident.resolve(by=ANN, now=NOON + 7 * MINUTE)
