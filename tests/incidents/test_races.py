"""Two responders move one incident at the same instant: one wins, the other is told; on either database."""

from __future__ import annotations

import pytest

from events.actors import Actor
from events.models import Event
from incidents.lifecycle import TransitionDenied
from incidents.models import Incident
from services.models import Service
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
ANN, BOB = Actor("user", "1", "Ann"), Actor("user", "2", "Bob")


@pytest.fixture
def checkout() -> Service:
    return Service.add(by=ANN, name="Checkout API", public=True)


def test_of_two_transitions_one_wins_and_the_other_is_denied(checkout: Service) -> None:
    for number in range(10):
        incident = Incident.declare(by=ANN, title=f"Trouble {number}", severity="high", services={checkout: None})
        ours, theirs = Incident.objects.get(pk=incident.pk), Incident.objects.get(pk=incident.pk)
        results = at_once(
            lambda row=ours: row.transition("identified", by=ANN),  # type: ignore[misc]
            lambda row=theirs: row.transition("identified", by=BOB),  # type: ignore[misc]
        )
        assert sum(isinstance(result, TransitionDenied) for result in results) == 1
        assert Event.objects.filter(subject_id=incident.pk, kind="INCIDENT_STATUS_CHANGED").count() == 1
        assert incident.updates.filter(kind="transition").count() == 1


def test_of_two_acknowledgements_the_first_counts(checkout: Service) -> None:
    incident = Incident.declare(by=ANN, title="Trouble", severity="high", services={checkout: None})
    ours, theirs = Incident.objects.get(pk=incident.pk), Incident.objects.get(pk=incident.pk)
    at_once(lambda: ours.acknowledge(by=ANN), lambda: theirs.acknowledge(by=BOB))
    assert Event.objects.filter(kind="INCIDENT_ACKNOWLEDGED").count() == 1


def test_two_incidents_that_end_and_begin_at_once_leave_the_service_as_the_open_one_says(checkout: Service) -> None:
    for number in range(10):
        old = Incident.declare(by=ANN, title=f"Old {number}", severity="low", services={checkout: None})
        at_once(
            lambda row=old: row.resolve(by=ANN),  # type: ignore[misc]
            lambda name=number: Incident.declare(  # type: ignore[misc]
                by=BOB, title=f"New {name}", severity="critical", services={checkout: None}
            ),
        )
        checkout.refresh_from_db()
        assert checkout.status == "major_outage"
        Incident.objects.get(title=f"New {number}").resolve(by=ANN)


def test_notes_written_at_once_all_stand_on_the_timeline_in_order(checkout: Service) -> None:
    incident = Incident.declare(by=ANN, title="Trouble", severity="high", services={checkout: None})
    rows = [Incident.objects.get(pk=incident.pk) for _ in range(6)]
    at_once(*(lambda row=row: row.post_update(by=ANN, message="Seen.", public=False) for row in rows))
    assert list(incident.updates.values_list("number", flat=True)) == list(range(1, 8))


def test_two_edits_that_swap_services_do_not_wait_for_each_other(checkout: Service) -> None:
    search = Service.add(by=ANN, name="Search", public=True)
    one = Incident.declare(by=ANN, title="One", severity="high", services={checkout: None})
    two = Incident.declare(by=ANN, title="Two", severity="low", services={search: None})
    here, there = checkout, search
    for _ in range(15):
        here, there = there, here
        ours, theirs = Incident.objects.get(pk=one.pk), Incident.objects.get(pk=two.pk)
        at_once(
            lambda row=ours, to=here: row.edit(by=ANN, changes={}, services={to: None}),  # type: ignore[misc]
            lambda row=theirs, to=there: row.edit(by=BOB, changes={}, services={to: None}),  # type: ignore[misc]
        )
        statuses = {service.pk: service.status for service in Service.objects.all()}
        assert statuses == {here.pk: "partial_outage", there.pk: "degraded"}
