"""Two workers at one instant: one row, one event; two people at one instant: one acknowledgement."""

from __future__ import annotations

from functools import partial

import pytest

from events.actors import Actor
from events.models import Event
from services.models import Service, SlaBreach
from services.models.sla import AlreadyAcknowledged
from services.models.watching import watch
from tests.racing import at_once
from tests.sla.conftest import ANN, at, outage, promised

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_two_workers_one_records_it() -> None:
    for number in range(5):
        outage(promised(f"Checkout {number}"), 2, minutes=50)
        at_once(*[partial(watch, at(3))] * 2)
    assert SlaBreach.objects.count() == 5
    assert Event.objects.filter(kind="SLA_BREACHED").count() == 5


def test_of_two_that_assess_one_service_one_records_it() -> None:
    for number in range(5):
        service = promised(f"Checkout {number}")
        outage(service, 2, minutes=50)
        ours, theirs = Service.objects.get(pk=service.pk), Service.objects.get(pk=service.pk)
        at_once(partial(SlaBreach.assess, ours, now=at(3)), partial(SlaBreach.assess, theirs, now=at(3)))
    assert SlaBreach.objects.count() == 5


def test_of_two_acknowledgements_one_stands_and_the_other_is_told() -> None:
    outage(promised(), 2, minutes=50)
    watch(at(3))
    ours, theirs = SlaBreach.objects.get(), SlaBreach.objects.get()
    bob = Actor("user", "2", "Bob")
    results = at_once(partial(ours.acknowledge, by=ANN, note="Ours."), partial(theirs.acknowledge, by=bob, note="Hm."))
    assert sum(isinstance(result, AlreadyAcknowledged) for result in results) == 1
    breach = SlaBreach.objects.get()
    assert (breach.acknowledged_by, breach.note) in {("Ann", "Ours."), ("Bob", "Hm.")}
    assert Event.objects.filter(kind="SLA_BREACH_ACKNOWLEDGED").count() == 1
