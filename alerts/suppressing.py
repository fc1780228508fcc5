"""Which open alerts make no incident: those of a service in maintenance, and those that somebody silenced."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from alerts.models import Alert, Silence
from alerts.states import State, Suppressed
from services.models import Service

SENTENCES = {
    Suppressed.MAINTENANCE: "Its service is in maintenance.",
    Suppressed.SILENCE: "It is silenced.",
}


def suppress(alerts: Iterable[Alert], now: datetime) -> list[Alert]:
    """Put on each alert, unsaved, whether it is suppressed and why. Return those that are not."""
    listed = list(alerts)
    if not listed:
        return []
    resting = _in_maintenance({alert.service_id for alert in listed if alert.service_id})
    silences = list(Silence.objects.standing(now).select_related("alert"))
    for alert in listed:
        alert.silence = next((silence for silence in silences if silence.covers(alert)), None)
        alert.suppressed_by = (
            Suppressed.MAINTENANCE if alert.service_id in resting else Suppressed.SILENCE if alert.silence else ""
        )
        alert.status = State.SUPPRESSED if alert.suppressed_by else State.FIRING
    return [alert for alert in listed if not alert.suppressed_by]


def _in_maintenance(service_ids: set[UUID]) -> set[UUID]:
    return set(Service.objects.filter(pk__in=service_ids, in_maintenance=True).values_list("pk", flat=True))
