"""Which incident a new alert belongs to: one that is young enough, or a new one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.db.models import Max, Min

from alerts.clean import line
from alerts.models import Alert, Integration
from events.command import Tell
from incidents.lifecycle import IncidentStatus
from incidents.models import Incident
from incidents.models.affected import hold
from services.models import Service

_TITLE = 200


class Candidate(NamedTuple):
    """An open incident with alerts of a correlation: when the first and the last new one came to it."""

    incident: UUID
    first_at: datetime
    last_new_at: datetime


class Gathered(NamedTuple):
    """New alerts in their incident; ``joined`` says that it stood already."""

    incident: Incident
    alerts: list[Alert]
    joined: bool


def joins(last_new_at: datetime, first_at: datetime, now: datetime, window: timedelta, cap: timedelta) -> bool:
    """Say whether a new alert belongs to an incident.

    Its last *new* alert came at most ``window`` ago, and its first at most ``cap``; both bounds belong to it. Pure.
    """
    return now - last_new_at <= window and now - first_at <= cap


def gather(
    alerts: Iterable[Alert], integration: Integration, tell: Tell, *, also: Collection[UUID] = ()
) -> list[Gathered]:
    """Find or declare the incident of each new firing alert. The caller holds the alerts' correlations and rows.

    The incidents that may be joined are locked, with those of ``also`` that the caller will touch, then the services of
    those to be declared; only then the first event is told, because telling holds the log.
    """
    groups = _by_correlation(alerts)
    if not groups:
        return []
    standing = _joinable(groups, tell.now, also)
    missing = [group for key, group in groups.items() if key not in standing]
    hold({alert.service_id for group in missing for alert in group if alert.service_id})
    found = [Gathered(incident, groups[key], joined=True) for key, incident in standing.items()]
    found += [Gathered(_declare(group, integration, tell), group, joined=False) for group in missing]
    for one in found:
        for alert in one.alerts:
            alert.incident, alert.correlated_at = one.incident, tell.now
    return found


def _by_correlation(alerts: Iterable[Alert]) -> dict[int, list[Alert]]:
    groups: dict[int, list[Alert]] = {}
    for alert in alerts:
        groups.setdefault(alert.correlation_id, []).append(alert)
    return groups


def _joinable(correlations: Collection[int], now: datetime, also: Collection[UUID]) -> dict[int, Incident]:
    """Return the incident to join for each correlation that has one, locked and looked at again."""
    found = _candidates(correlations, now)
    ids = {one.incident for some in found.values() for one in some} | set(also)
    rows = Incident.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")
    open_ = {incident.pk: incident for incident in rows if incident.is_open}
    chosen = {key: next((one for one in some if one.incident in open_), None) for key, some in found.items()}
    return {key: open_[one.incident] for key, one in chosen.items() if one}


def _candidates(correlations: Collection[int], now: datetime) -> dict[int, list[Candidate]]:
    """Return the incidents young enough for each correlation, the newest first."""
    rows = (
        Alert.objects.filter(correlation__in=correlations, incident__isnull=False, correlated_at__isnull=False)
        .exclude(incident__status=IncidentStatus.RESOLVED)
        .order_by()
        .values("correlation", "incident", "incident__created_at")
        .annotate(first=Min("correlated_at"), last=Max("correlated_at"))
    )
    window = timedelta(seconds=settings.ALERT_CORRELATION_WINDOW)
    cap = timedelta(seconds=settings.ALERT_CORRELATION_CAP)
    found: dict[int, list[Candidate]] = {}
    for row in sorted(rows, key=lambda row: (row["incident__created_at"], row["last"]), reverse=True):
        if joins(row["last"], row["first"], now, window, cap):
            one = Candidate(row["incident"], row["first"], row["last"])
            found.setdefault(row["correlation"], []).append(one)
    return found


def _declare(group: list[Alert], integration: Integration, tell: Tell) -> Incident:
    alert = group[0]
    service = Service.objects.filter(pk=alert.service_id).first() if alert.service_id else None
    public = integration.publish and service is not None and service.public
    inside = _body(alert, len(group), integration, known=service is not None)
    return Incident.declare(
        by=tell.actor,
        title=title(alert.message, service.name if service else alert.service_name),
        body=_PUBLIC.format(service=service) if public else inside,
        severity=alert.severity,
        services={service: None} if service else {},
        public=public,
        automatic=True,
        now=tell.now,
    )


_PUBLIC = "Our monitoring reports a problem with {service}. We are looking into it."


def title(message: str, about: str) -> str:
    """Return the title of an incident: what it is about goes before what is wrong. Pure."""
    return line(message if not about or about.lower() in message.lower() else f"{about}: {message}", _TITLE)


def _body(alert: Alert, count: int, integration: Integration, *, known: bool) -> str:
    said = [f"{integration.name} reports: {alert.message}"]
    said += [f"With it came {count - 1} more."] if count > 1 else []
    said += [str(alert.annotations["description"])[:2000]] if alert.annotations.get("description") else []
    said += [f"We know no service called “{alert.service_name}”."] if alert.service_name and not known else []
    return "\n\n".join(said)
