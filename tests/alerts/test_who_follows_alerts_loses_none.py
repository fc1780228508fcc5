"""Whoever acts on alerts that join an incident loses, where it breaks, neither the alert nor what others do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alerts.models import Alert
from events.command import Tell
from events.kinds import Kind
from events.models import Event
from incidents.models import Incident
from tests.alerts.conftest import Report, firing

HERE = "tests.alerts.test_who_follows_alerts_loses_none"


def breaks(incident: Incident, _alerts: Sequence[Alert], tell: Tell) -> None:
    """Do half of what it does: a note, and an event."""
    incident.note(tell, "half done")
    tell(Kind.ALERT_MOVED, subject=incident.subject)
    raise RuntimeError("this is the fault")


def notes(incident: Incident, alerts: Sequence[Alert], tell: Tell) -> None:
    incident.note(tell, f"joined by {', '.join(alert.fingerprint for alert in alerts)}")


def test_one_that_breaks_is_undone_alone(report: Report, settings: Any) -> None:
    settings.ALERT_FOLLOWERS = [f"{HERE}.breaks", f"{HERE}.is_not_there", f"{HERE}.notes"]
    report(0, firing("a"))
    report(10, firing("b"))
    incident = Incident.objects.get()
    assert set(incident.alerts.values_list("fingerprint", flat=True)) == {"a", "b"}
    said = incident.updates.filter(message__in=["half done", "joined by b"])
    assert list(said.values_list("message", flat=True)) == ["joined by b"]
    assert not Event.objects.filter(kind=Kind.ALERT_MOVED).exists()
