"""Incidents that heartbeats open, and close again where no human has touched them.

A component that has been down for longer than its service waits gets an incident: an internal draft or a published
one, as the service says. Where an incident is open on the service already, that one is told instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.db import IntegrityError
from django.db.models import Q

from events.actors import HEARTBEAT, MACHINES
from events.command import join
from events.errors import Refused
from events.locking import lock
from incidents.lifecycle import IncidentStatus, Severity
from incidents.models import Incident, Outage, Update
from services import checks
from services.models import Component, Service
from services.models.depending import excused
from services.status import Status

log = structlog.get_logger(__name__)

DOWN = [status for status in Status if status.is_down]
_NOT_OVER = Q(outages__over_at__isnull=True)
_OURS = Q(updates__kind=Update.Kind.OPENED, updates__author_id=HEARTBEAT.id)


def keep(now: datetime) -> int:
    """Open what is due and settle what is over. Return how many incidents were opened, told or settled.

    One that fails does not keep the others waiting; it is tried again the next time. What nobody has checked for long
    is not known to be down: that is said first, since the worker that checks may be away.
    """
    checks.wake(now)
    opened = sum(_safely(partial(open_for, part, now)) for part in due(now))
    return opened + sum(_safely(partial(settle, incident, now)) for incident in waiting())


def due(now: datetime) -> list[Component]:
    """Return the components for which an incident is due: down by their own fault, for as long as the service waits."""
    down = (
        Component.objects.filter(heartbeat__enabled=True, heartbeat_status__in=DOWN, status__in=DOWN, unknown=False)
        .filter(service__in_maintenance=False)
        .exclude(service__auto_incident=Service.AutoIncident.OFF)
        .exclude(id__in=Outage.objects.filter(over_at__isnull=True).values("component"))
        .select_related("service", "heartbeat", "depends_on")
        .order_by("status_since", "id")
    )
    return [part for part in down if part.status_since + _patience(part) <= now and excused(part) is None]


def open_for(component: Component, now: datetime) -> bool:
    """Open an incident for the component, or tell the one that is open on its service. Return whether it was us.

    Where that one has just ended, or has just begun for another component, nothing is done: the next round sees it.
    """
    try:
        with join():
            standing = _hold(component.service)
            if not _is_still_down(component) or _open_on(component.service) != standing:
                return False
            incident = standing or _declare(component, now)
            _found(incident, component, now, opened=standing is None)
    except IntegrityError:
        # Another worker was first.
        return False
    return True


def waiting() -> Iterable[Incident]:
    """Return the incidents with an outage that is not over, or that were opened for components since deleted."""
    return Incident.objects.filter(_NOT_OVER & Q(outages__isnull=False) | _left_alone()).distinct()


def settle(incident: Incident, now: datetime) -> bool:
    """Note which outages are over. When all are, and no human has touched it, resolve what heartbeats opened."""
    with join():
        # Who acts on it at this very moment comes before or after, never in between.
        lock(incident)
        back = [one for one in incident.outages.filter(over_at__isnull=True) if _is_up(one.component)]
        for one in back:
            one.over_at = max(one.since, one.component.status_since)
            one.save()
        if not incident.is_open:
            return bool(back)
        over = not incident.outages.filter(over_at__isnull=True).exists()
        if over and is_untouched(incident) and _is_ours(incident):
            incident.resolve(by=HEARTBEAT, message=_over(back), now=now)
            return True
        for one in back:
            message = f"{one.component} answers again since {one.over_at:%H:%M} UTC."
            incident.post_update(by=HEARTBEAT, message=message, public=False, now=now)
    return bool(back)


def is_untouched(incident: Incident) -> bool:
    """Say whether a machine declared it and no human has said or done anything about it since."""
    return incident.automatic and not incident.updates.exclude(author_kind__in=MACHINES).exists()


def _declare(component: Component, now: datetime) -> Incident:
    service = component.service
    total = service.status == Status.MAJOR_OUTAGE
    return Incident.declare(
        by=HEARTBEAT,
        title=f"{component.name} of {service.name} is down"[:200],
        body=f"Our checks find {component.name} down since {component.status_since:%H:%M} UTC. We are looking into it.",
        severity=Severity.CRITICAL if total else Severity.HIGH,
        services={service: None},
        public=service.public and service.auto_incident == Service.AutoIncident.PUBLISH,
        automatic=True,
        now=now,
    )


def _found(incident: Incident, component: Component, now: datetime, *, opened: bool) -> None:
    Outage.objects.create(incident=incident, component=component, opened=opened, since=component.status_since)
    heartbeat = component.heartbeat
    why = heartbeat.last_detail or heartbeat.last_code.replace("_", " ") or "no reason given"
    message = f"{component.name} of {component.service.name} is down since {component.status_since:%H:%M} UTC: {why}"
    incident.post_update(by=HEARTBEAT, message=message, public=False, now=now)


def _hold(service: Service) -> Incident | None:
    """Hold the service and the incident that is open on it, in the order in which everybody takes them."""
    standing = _open_on(service)
    if standing:
        lock(standing)
    lock(service)
    return standing


def _open_on(service: Service) -> Incident | None:
    return Incident.objects.open().filter(affected__service=service).order_by("-created_at", "id").first()


def _patience(component: Component) -> timedelta:
    return timedelta(minutes=component.service.auto_incident_after)


def _is_still_down(component: Component) -> bool:
    """Look again: others were opened since it was found."""
    return Component.objects.filter(pk=component.pk, heartbeat_status__in=DOWN, unknown=False).exists()


def _is_up(component: Component) -> bool:
    return not component.unknown and not component.current.is_down


def _left_alone() -> Q:
    return _OURS & Q(automatic=True, outages__isnull=True) & ~Q(status=IncidentStatus.RESOLVED)


def _is_ours(incident: Incident) -> bool:
    """Say whether heartbeats opened it. Other machines declare incidents, too, and know when theirs are over."""
    return Incident.objects.filter(_OURS, pk=incident.pk).exists()


def _over(back: list[Outage]) -> str:
    if not back:
        return "What was checked here is no longer checked."
    latest = max(one.over_at for one in back if one.over_at)
    return f"Our checks find everything answering again since {latest:%H:%M} UTC."


def _safely(act: Callable[[], bool]) -> bool:
    try:
        return act()
    except Refused as refusal:
        log.info("automatic_incident_refused", reason=str(refusal))
    except Exception:
        log.exception("automatic_incident_failed")
    return False
