"""What other rooms attach to an incident: parts of its page, and the alerts that led to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeAlias, TypedDict
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from accounts.access import ConsoleRequest
from incidents.analytics.stretch import Stretch
from incidents.models import Incident
from services.models import Service


class AlertSummary(TypedDict):
    """An alert as its incident shows it. Times are UTC; ``ends_at`` is null while it fires."""

    id: UUID
    fingerprint: str
    message: str
    status: str
    count: int
    severity: str
    starts_at: datetime | None
    ends_at: datetime | None
    last_received_at: datetime


Panel: TypeAlias = Callable[[Incident, ConsoleRequest], str]
Count: TypeAlias = Callable[[datetime, datetime, Service | None], int]
Alerts: TypeAlias = Callable[[Incident], Sequence[AlertSummary]]


def panels(incident: Incident, request: ConsoleRequest) -> list[str]:
    """Return what ``settings.INCIDENT_PANELS`` show on its page in the console: safe HTML, none that is empty."""
    return _shown(settings.INCIDENT_PANELS, incident, request)


def news(incident: Incident, request: ConsoleRequest) -> list[str]:
    """Return what ``settings.INCIDENT_NEWS`` show of what is happening, beside the timeline."""
    return _shown(settings.INCIDENT_NEWS, incident, request)


def notes(incident: Incident, request: ConsoleRequest) -> list[str]:
    """Return what ``settings.INCIDENT_NOTES`` say of how it stands, at the top of its page."""
    return _shown(settings.INCIDENT_NOTES, incident, request)


def verbs(incident: Incident, request: ConsoleRequest) -> list[str]:
    """Return the forms that ``settings.INCIDENT_VERBS`` put beside “Acknowledge”."""
    return _shown(settings.INCIDENT_VERBS, incident, request)


def counted(*stretches: Stretch, service: Service | None = None) -> list[tuple[str, list[int]]]:
    """Return what ``settings.ANALYTICS_COUNTS`` count besides incidents: a label, and a number for each stretch."""
    found: list[tuple[str, str]] = settings.ANALYTICS_COUNTS
    counts: list[tuple[str, Count]] = [(label, import_string(path)) for label, path in found]
    return [(label, [count(one.start, one.end, service) for one in stretches]) for label, count in counts]


def alerts_of(incident: Incident) -> Sequence[AlertSummary]:
    """Return its alerts, of which ``settings.INCIDENT_ALERTS`` knows; none where that is empty."""
    if not settings.INCIDENT_ALERTS:
        return []
    source: Alerts = import_string(settings.INCIDENT_ALERTS)
    return source(incident)


def _shown(paths: Sequence[str], incident: Incident, request: ConsoleRequest) -> list[str]:
    found: list[Panel] = [import_string(path) for path in paths]
    return [html for panel in found if (html := panel(incident, request))]
