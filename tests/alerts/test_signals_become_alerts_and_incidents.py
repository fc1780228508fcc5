"""What is new declares an incident; what is repeated is counted; what is over closes."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import OperationalError

from alerts import places, receiving
from alerts.models import Alert, Integration, RawSignal
from alerts.receiving import receive
from alerts.signal import Action, Rejected, Signal
from alerts.states import Result
from events.actors import SYSTEM
from events.kinds import Kind
from events.models import Event
from incidents.models import Incident
from services.models import Service
from tests.alerts.conftest import NOW, Report, firing, resolved

pytestmark = pytest.mark.django_db


def test_a_new_alert_declares_an_incident_on_its_service(report: Report, checkout: Service) -> None:
    (outcome,) = report(0, firing("a", message="Payments fail"))
    incident = Incident.objects.get()
    assert outcome.result is Result.NEW
    assert outcome.alert is not None
    assert outcome.alert.incident == incident
    assert (incident.title, incident.severity, incident.automatic) == ("Checkout: Payments fail", "high", True)
    assert incident.service_ids() == [checkout.pk]
    assert incident.declared_by == "Prometheus"
    assert incident.public is False


def test_what_is_repeated_is_counted_and_told_to_nobody(report: Report) -> None:
    report(0, firing("a"))
    before = Event.objects.count()
    (outcome,) = report(10, firing("a", annotations={"summary": "worse"}))
    alert = Alert.objects.get()
    assert outcome.result is Result.DUPLICATE
    assert (alert.count, alert.annotations) == (2, {"summary": "worse"})
    assert (alert.last_received_at - alert.received_at).total_seconds() == 10
    assert Event.objects.count() == before
    assert Incident.objects.get().updates.count() == 1


def test_the_same_thing_twice_in_a_batch_is_one_alert(report: Report) -> None:
    results = [outcome.result for outcome in report(0, firing("a"), firing("a"), firing("b"))]
    assert results == [Result.NEW, Result.DUPLICATE, Result.NEW]
    assert sorted(Alert.objects.values_list("fingerprint", "count")) == [("a", 2), ("b", 1)]
    assert Incident.objects.count() == 1


def test_what_ends_and_begins_in_one_batch_is_two_alerts(report: Report) -> None:
    report(0, firing("a"))
    results = [outcome.result for outcome in report(5, resolved("a"), firing("a"), firing("a"))]
    assert results == [Result.RESOLVED, Result.NEW, Result.DUPLICATE]
    assert sorted(Alert.objects.values_list("status", "count")) == [("firing", 2), ("resolved", 1)]
    assert Incident.objects.count() == 1


def test_a_resolve_closes_the_fingerprint_that_it_names_alone(report: Report) -> None:
    report(0, firing("a"), firing("b"))
    report(5, resolved("a"))
    assert dict(Alert.objects.values_list("fingerprint", "status")) == {"a": "resolved", "b": "firing"}


def test_every_signal_is_kept_with_its_result(integration: Integration, report: Report) -> None:
    report(0, firing("a"), Rejected("labels are missing", {"alert": 1}), resolved("never seen"))
    kept = [(row.result, row.reason, row.raw) for row in RawSignal.objects.order_by("id")]
    assert kept == [
        ("new", "", {"fingerprint": "a"}),
        ("rejected", "labels are missing", {"alert": 1}),
        ("ignored", "Nothing with this fingerprint is open.", {"fingerprint": "never seen"}),
    ]


def test_two_integrations_may_hold_the_same_fingerprint(report: Report) -> None:
    other = Integration.add(by=SYSTEM, name="Other")[0]
    report(0, firing("a"))
    (outcome,) = receive(other, [firing("a")], NOW)
    assert outcome.result is Result.NEW
    assert Alert.objects.count() == 2


def test_a_service_that_we_do_not_know_is_named_by_the_incident(report: Report) -> None:
    report(0, firing("a", service="Ledger", message="Disk is full"))
    report(1, firing("b", service="ledger", message="Disk is fuller"))
    incident = Incident.objects.get()
    assert incident.title == "Ledger: Disk is full"
    assert "We know no service called “Ledger”." in incident.body
    assert incident.service_ids() == []
    assert Alert.objects.filter(incident=incident).count() == 2


def test_a_batch_that_breaks_off_in_the_middle_is_sent_again_and_nothing_is_lost(
    integration: Integration, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def trouble(*arguments: Any) -> Any:
        tried.append(1)
        if len(tried) == 3:
            raise OperationalError("no connection")
        return whole(*arguments)

    whole = receiving._try
    monkeypatch.setattr(receiving, "STEP", 2)
    monkeypatch.setattr(receiving, "_try", trouble)
    batch = [firing(name) for name in "abcde"]
    with pytest.raises(OperationalError):
        receive(integration, batch, NOW)
    assert Alert.objects.count() == 2
    assert [outcome.result for outcome in receive(integration, batch, NOW)] == [Result.DUPLICATE] * 2 + [Result.NEW] * 3
    assert set(Alert.objects.values_list("fingerprint", flat=True)) == set("abcde")
    assert Incident.objects.count() == 1


def test_a_batch_about_thousands_of_services_finds_a_place_for_each(integration: Integration) -> None:
    signals = [firing(str(number), service=f"Service {number}") for number in range(3000)]
    found = places.find(signals, integration)
    assert [row.service_key for row in places.of([place.key for place in found.values()])] == sorted(
        f"name:service {number}" for number in range(3000)
    )


def test_a_setting_makes_the_services_that_we_do_not_know(integration: Integration, report: Report) -> None:
    integration.edit(by=SYSTEM, changes={"creates_services": True})
    report(0, firing("a", service="Ledger"))
    made = Service.objects.get(name="Ledger")
    assert made.public is False
    assert Incident.objects.get().service_ids() == [made.pk]


def test_it_is_published_where_integration_and_service_are_public(integration: Integration, report: Report) -> None:
    integration.edit(by=SYSTEM, changes={"publish": True})
    report(0, firing("a"), firing("b", service="Unknown"))
    assert dict(Incident.objects.values_list("title", "public")) == {
        "Checkout: a is wrong": True,
        "Unknown: b is wrong": False,
    }


def test_an_acknowledgement_from_a_machine_stops_nobodys_clock(report: Report) -> None:
    report(0, firing("a"))
    (outcome,) = report(5, Signal(fingerprint="a", action=Action.ACKNOWLEDGE))
    incident = Incident.objects.get()
    assert outcome.result is Result.ACKNOWLEDGED
    assert incident.acknowledged is True
    assert incident.acknowledged_at is None
    assert report(6, Signal(fingerprint="unknown", action=Action.ACKNOWLEDGE))[0].result is Result.IGNORED


def test_a_message_that_no_page_could_hold_is_made_to_fit(report: Report) -> None:
    report(0, firing("a", message="first\nline\x01 " + "x" * 5000))
    alert = Alert.objects.get()
    assert alert.message.startswith("first line xxx")
    assert len(alert.message) == 1024
    assert len(Incident.objects.get().title) == 200


def test_the_log_hears_of_what_is_new_and_what_is_over(report: Report) -> None:
    report(0, firing("a"))
    report(1, firing("a"))
    report(2, resolved("a"))
    kinds = list(Event.objects.filter(subject_type="alert").order_by("id").values_list("kind", "public"))
    assert kinds == [(Kind.ALERT_RECEIVED, False), (Kind.ALERT_RESOLVED, False)]


@pytest.mark.django_db(transaction=True)
def test_a_service_that_is_deleted_meanwhile_is_one_that_we_do_not_know(
    integration: Integration, report: Report, checkout: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    find = places.find

    def too_early(*args: Any) -> dict[str, places.Place]:
        found = find(*args)
        if found:
            Service.objects.filter(pk=checkout.pk).delete()
        return found

    monkeypatch.setattr(places, "find", too_early)
    assert report(0, firing("a"))[0].result is Result.NEW
    assert Incident.objects.get().service_ids() == []
