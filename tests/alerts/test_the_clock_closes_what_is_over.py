"""Leases, silence of the sender, quiet incidents."""

from __future__ import annotations

import pytest

from alerts.closing import keep
from alerts.models import Alert, Integration
from alerts.states import Result
from events.actors import SYSTEM, Actor
from incidents import automatic
from incidents.models import Incident, Outage
from services.models import Component, Service
from tests.alerts.conftest import Report, at, firing, resolved

pytestmark = pytest.mark.django_db
ADA = Actor("user", "1", "Ada")


def statuses() -> dict[str, str]:
    return dict(Alert.objects.values_list("fingerprint", "status"))


def test_a_lease_that_is_not_renewed_ends(report: Report) -> None:
    report(0, firing("a", lease_until=at(300)), firing("b", lease_until=at(300)))
    report(200, firing("b", lease_until=at(500)))
    keep(at(300))
    assert statuses() == {"a": "expired", "b": "firing"}
    assert Alert.objects.get(fingerprint="a").ends_at == at(300)


def test_what_expired_and_is_heard_of_again_goes_on_in_its_incident(report: Report) -> None:
    report(0, firing("a", starts_at=at(0), lease_until=at(300)))
    keep(at(301))
    (again,) = report(320, firing("a", starts_at=at(0), lease_until=at(700)))
    assert (again.result, again.reason) == (Result.DUPLICATE, "It had expired, and is heard of again.")
    alert = Alert.objects.get()
    assert (alert.status, alert.count, alert.closed_at, alert.incident) == ("firing", 2, None, Incident.objects.get())


def test_what_expired_with_its_incident_fires_anew(report: Report) -> None:
    report(0, firing("a", starts_at=at(0), lease_until=at(300)))
    keep(at(301))
    keep(at(361))
    assert not Incident.objects.get().is_open
    assert report(400, firing("a", starts_at=at(0), lease_until=at(700)))[0].result is Result.NEW
    assert Incident.objects.count() == 2


def test_what_is_not_heard_of_for_long_expires(report: Report, integration: Integration) -> None:
    integration.edit(by=SYSTEM, changes={"stale_after": 600})
    report(0, firing("a"), firing("b"))
    report(100, firing("b"))
    keep(at(600))
    assert statuses() == {"a": "expired", "b": "firing"}


def test_an_integration_may_wait_for_ever(report: Report, integration: Integration) -> None:
    integration.edit(by=SYSTEM, changes={"stale_after": 0})
    report(0, firing("a"))
    keep(at(10**8))
    assert statuses() == {"a": "firing"}


def test_an_incident_that_nobody_touched_resolves_after_the_quiet_time(report: Report) -> None:
    report(0, firing("a"), firing("b"))
    report(10, resolved("a"))
    keep(at(100))
    assert Incident.objects.get().is_open
    report(110, resolved("b"))
    keep(at(169))
    assert Incident.objects.get().is_open
    keep(at(170))
    incident = Incident.objects.get()
    assert incident.resolved_at == at(170)
    assert "in order again since 14:01 UTC" in incident.updates.get(kind="transition").message


def test_one_that_fires_again_in_the_quiet_time_keeps_it_open(report: Report) -> None:
    report(0, firing("a"))
    report(10, resolved("a"))
    report(60, firing("a"))
    keep(at(75))
    assert Incident.objects.get().is_open


def test_what_a_human_has_touched_is_theirs_to_resolve_and_told_so_once(report: Report) -> None:
    report(0, firing("a"))
    Incident.objects.get().acknowledge(by=ADA, now=at(5))
    report(10, resolved("a"))
    for seconds in (70, 75, 80):
        keep(at(seconds))
    incident = Incident.objects.get()
    notes = [update.message for update in incident.updates.filter(kind="note")]
    assert incident.is_open
    assert len(notes) == 1
    assert "left to you to resolve" in notes[0]


def test_a_machines_acknowledgement_is_no_touch(report: Report) -> None:
    report(0, firing("a"))
    Incident.objects.get().acknowledge(by=Actor("system", "alerts", "Prometheus"), now=at(5))
    report(10, resolved("a"))
    keep(at(70))
    assert not Incident.objects.get().is_open


def test_heartbeats_leave_the_incidents_of_alerts_alone(report: Report, checkout: Service) -> None:
    report(0, firing("a"))
    automatic.keep(at(60))
    assert Incident.objects.get().is_open
    part = Component.add(by=SYSTEM, service=checkout, name="Redis")
    Outage.objects.create(incident=Incident.objects.get(), component=part, opened=False, since=at(0))
    automatic.keep(at(70))
    assert Outage.objects.get().over_at is not None
    assert Incident.objects.get().is_open


def test_alerts_leave_an_outage_its_time(report: Report, checkout: Service) -> None:
    report(0, firing("a"))
    part = Component.add(by=SYSTEM, service=checkout, name="Redis")
    outage = Outage.objects.create(incident=Incident.objects.get(), component=part, opened=False, since=at(0))
    report(10, resolved("a"))
    keep(at(100))
    assert Incident.objects.get().is_open
    outage.over_at = at(150)
    outage.save()
    keep(at(160))
    assert not Incident.objects.get().is_open
