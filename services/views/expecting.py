"""To how many a message would go about what can be said of a window: the number on each button."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from events.kinds import Kind
from events.models import Event
from services import announcements
from services.announcements import Going
from services.models import Maintenance, Service

_KINDS = {
    "start": Kind.MAINTENANCE_STARTED,
    "complete": Kind.MAINTENANCE_COMPLETED,
    "update": Kind.MAINTENANCE_UPDATE_POSTED,
    "extend": Kind.MAINTENANCE_CHANGED,
    "cancel": Kind.MAINTENANCE_CANCELLED,
}


def of_verbs(window: Maintenance) -> dict[str, Going]:
    """Return the number by verb."""
    services = list(window.services.all())
    return {verb: _expected(kind, services, public=window.public, key=window.pk) for verb, kind in _KINDS.items()}


def of_planning(service_ids: Collection[str]) -> Going:
    """Return the number for a public window that is planned on these services."""
    return _expected(Kind.MAINTENANCE_SCHEDULED, Service.objects.filter(pk__in=service_ids), public=True)


def _expected(kind: Kind, services: Iterable[Service], *, public: bool, key: UUID | str = "") -> Going:
    worked_on = list(services)
    event = Event(
        kind=kind,
        public=public and any(service.public for service in worked_on),
        subject_type="maintenance",
        subject_id=str(key),
        service_ids=[str(service.pk) for service in worked_on],
        # What is extended ends at another time, and that is told.
        before={"scheduled_end": ""} if kind is Kind.MAINTENANCE_CHANGED else {},
    )
    return announcements.recipients(event)
