"""A signal that repeats what is open is counted with one statement, and what it says holds as in a batch."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from alerts.models import Alert, Integration, RawSignal
from alerts.receiving import receive
from alerts.signal import Signal
from alerts.states import Result, State
from events.actors import SYSTEM
from events.models import Event
from tests.alerts.conftest import Report, at, firing

pytestmark = pytest.mark.django_db
# Who asks, the transaction's two ends, counting, keeping.
STATEMENTS = 5

OWN = {"service": "Checkout", "severity": "high", "message": "It is slow"}
BATCH = [{"labels": {"alertname": "Slow", "service": "Checkout"}}]
EVENT = {
    "event_action": "trigger",
    "dedup_key": "slow",
    "payload": {"summary": "It is slow", "source": "Checkout", "severity": "error"},
}


@pytest.mark.parametrize(("path", "said"), [("/api/v1/alerts", OWN), ("/api/v2/alerts", BATCH), ("/v2/enqueue", EVENT)])
def test_a_repeated_report_asks_for_few_statements(path: str, said: Any, django_assert_max_num_queries: Any) -> None:
    key = Integration.add(by=SYSTEM, name="Prometheus")[1]
    body = json.dumps({**said, "routing_key": key} if said is EVENT else said)
    machine = Client(headers={"Authorization": f"Bearer {key}"})
    for _ in range(2):
        assert machine.post(path, body, content_type="application/json").status_code < 300
    with django_assert_max_num_queries(STATEMENTS):
        machine.post(path, body, content_type="application/json")
    assert Alert.objects.get().count == 3


def test_alone_or_with_others_a_repeated_signal_leaves_the_same(report: Report) -> None:
    later: dict[str, Any] = {"annotations": {"summary": "Worse"}, "lease_until": at(900)}
    report(0, firing("alone", annotations={"summary": "Bad"}), firing("a"), firing("b", annotations={"summary": "Bad"}))
    report(10, firing("alone", **later))
    report(10, firing("b", **later), firing("a"))
    alone, other = (Alert.objects.get(fingerprint=name) for name in ("alone", "b"))
    told = ("count", "annotations", "lease_until", "last_received_at", "received_at", "status", "incident_id")
    assert [getattr(alone, name) for name in told] == [getattr(other, name) for name in told]
    kept = ("result", "severity", "reason", "received_at")
    signals = RawSignal.objects.filter(result=Result.DUPLICATE).order_by().values_list(*kept)
    assert len(signals.filter(alert__in=[alone, other]).distinct()) == 1


def test_a_repeated_signal_that_says_less_takes_no_annotation_away(report: Report) -> None:
    report(0, firing("a", annotations={"summary": "Bad"}, lease_until=at(300)))
    report(10, firing("a"))
    alert = Alert.objects.get()
    assert (alert.annotations, alert.lease_until) == ({"summary": "Bad"}, None)


def test_the_answer_names_the_alert_as_it_stands_now(report: Report) -> None:
    report(0, firing("a"))
    (outcome,) = report(10, firing("a"))
    assert (outcome.result, outcome.alert) == (Result.DUPLICATE, Alert.objects.get())
    assert outcome.alert is not None
    assert (outcome.alert.count, outcome.alert.status, outcome.alert.incident) == (
        2,
        "firing",
        Alert.objects.get().incident,
    )


def test_what_is_suppressed_is_counted_and_stays_so(report: Report) -> None:
    report(0, firing("a"))
    Alert.objects.update(status=State.SUPPRESSED, suppressed_by="silence")
    (outcome,) = report(10, firing("a"))
    assert (outcome.result, Alert.objects.get().state) == (Result.DUPLICATE, State.SUPPRESSED)


def test_the_log_hears_nothing_of_what_repeats(report: Report) -> None:
    report(0, firing("a"))
    events = Event.objects.count()
    report(10, firing("a"))
    assert Event.objects.count() == events


def test_another_integration_counts_its_own(report: Report, checkout: object) -> None:
    report(0, firing("a"))
    other = Integration.add(by=SYSTEM, name="Another")[0]
    said: list[Signal] = [firing("a")]
    assert receive(other, said, at(10))[0].result is Result.NEW
    assert sorted(Alert.objects.values_list("count", flat=True)) == [1, 1]
