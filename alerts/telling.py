"""What the log hears of alerts: what is new, what is over, and not what is repeated."""

from __future__ import annotations

from collections.abc import Iterable

from alerts.models import Alert
from alerts.outcome import Outcome
from alerts.states import Result
from events.command import Tell
from events.kinds import Kind

_KINDS = {
    Result.NEW: Kind.ALERT_RECEIVED,
    Result.SUPPRESSED: Kind.ALERT_RECEIVED,
    Result.RESOLVED: Kind.ALERT_RESOLVED,
    Result.ACKNOWLEDGED: Kind.ALERT_ACKNOWLEDGED,
}


def tell_outcomes(outcomes: Iterable[Outcome], tell: Tell) -> None:
    """Tell each thing that happened to an alert; what changed nothing is not told."""
    for outcome in outcomes:
        kind = _KINDS.get(outcome.result)
        if kind and outcome.alert:
            tell_of(outcome.alert, kind, tell)


def tell_of(alert: Alert, kind: Kind, tell: Tell, **more: object) -> None:
    """Tell of one alert. Never public: its text is a machine's."""
    facts = {
        "alert": str(alert.pk),
        "integration": str(alert.integration_id),
        "service": alert.service_name,
        "severity": str(alert.severity),
        "status": str(alert.status),
        "suppressed_by": str(alert.suppressed_by),
        "incident": str(alert.incident_id) if alert.incident_id else None,
    }
    services = [alert.service_id] if alert.service_id else []
    tell(kind, subject=alert.subject, services=services, data={**facts, **more})
