"""Two incidents become one; an alert becomes an incident of its own."""

from __future__ import annotations

import pytest

from alerts.closing import keep
from alerts.merging import NotSplit, merge, split
from alerts.models import Alert
from alerts.shown import of_incident
from events.actors import Actor
from events.kinds import Kind
from events.models import Event
from incidents.models import Incident
from tests.alerts.conftest import Report, at, firing, resolved

pytestmark = pytest.mark.django_db
ADA = Actor("user", "1", "Ada")


def test_alerts_go_where_their_incident_goes_on(report: Report) -> None:
    report(0, firing("a"), firing("b", severity="low"))
    high, low = Incident.objects.get(severity="high"), Incident.objects.get(severity="low")
    merge(low, high, by=ADA, now=at(10))
    assert set(Alert.objects.values_list("incident", flat=True)) == {high.pk}
    low.refresh_from_db()
    assert not low.is_open
    assert [alert["fingerprint"] for alert in of_incident(high)] == ["a", "b"]


def test_they_go_too_when_somebody_merges_elsewhere(report: Report) -> None:
    report(0, firing("a"), firing("b", severity="low"))
    high, low = Incident.objects.get(severity="high"), Incident.objects.get(severity="low")
    low.merge_into(high, by=ADA, now=at(10))
    assert set(Alert.objects.values_list("incident", flat=True)) == {high.pk}


def test_new_alerts_join_the_incident_that_goes_on(report: Report) -> None:
    report(0, firing("a"), firing("b", severity="low"))
    high, low = Incident.objects.get(severity="high"), Incident.objects.get(severity="low")
    merge(low, high, by=ADA, now=at(10))
    (outcome,) = report(20, firing("c", severity="low"))
    assert outcome.alert is not None
    assert outcome.alert.incident == high


def test_an_alert_that_is_split_off_has_an_incident_of_its_own(report: Report) -> None:
    report(0, firing("a"), firing("b"))
    old = Incident.objects.get()
    new = split(Alert.objects.get(fingerprint="b"), by=ADA, now=at(10))
    assert dict(Alert.objects.values_list("fingerprint", "incident")) == {"a": old.pk, "b": new.pk}
    assert (new.severity, new.declared_by, new.automatic) == ("high", "Ada", False)
    assert "is an incident of its own now" in old.updates.order_by("number").values_list("message", flat=True)[1]
    assert Event.objects.filter(kind=Kind.ALERT_MOVED).count() == 1


def test_the_only_alert_of_an_incident_is_not_split_off(report: Report) -> None:
    report(0, firing("a"))
    with pytest.raises(NotSplit, match="the only alert"):
        split(Alert.objects.get(), by=ADA, now=at(10))


def test_what_a_human_made_waits_for_a_human(report: Report) -> None:
    report(0, firing("a"), firing("b"))
    new = split(Alert.objects.get(fingerprint="b"), by=ADA, now=at(10))
    report(20, resolved("b"))
    keep(at(100))
    new.refresh_from_db()
    assert new.is_open


def test_open_alerts_come_first(report: Report) -> None:
    report(0, firing("a"), firing("b"))
    report(5, resolved("a"))
    assert [alert["fingerprint"] for alert in of_incident(Incident.objects.get())] == ["b", "a"]
