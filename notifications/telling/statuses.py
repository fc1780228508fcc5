"""What is told of the status of services and components."""

from __future__ import annotations

from events.kinds import Kind
from events.models import Event
from notifications.transports.outcome import Words
from notifications.wording import statuses as wording
from notifications.wording.facts import Place, Touched
from services.models import Component, Service
from services.models.change import Source
from services.status import Status


def of_service(event: Event, place: Place) -> Words | None:
    """Return the words for a service that turned; ``None`` for anything else about one."""
    if event.kind != Kind.SERVICE_STATUS_CHANGED or not _may(event, place):
        return None
    service = Touched(event.subject_id, event.subject_name, _new(event))
    return wording.service_changed(service, _old(event), _new(event), _said(event), event.at, place)


def of_component(event: Event, place: Place) -> Words | None:
    """Return the words for a component that turned; ``None`` for anything else about one."""
    if event.kind != Kind.COMPONENT_STATUS_CHANGED or not _may(event, place):
        return None
    row = Component.objects.filter(pk=event.subject_id).select_related("service").first()
    if row is None or not (place.internal or row.service.public):
        return None
    service = Touched(str(row.service_id), row.service.name, Status(row.service.status))
    component = Touched(event.subject_id, row.name, _new(event))
    return wording.component_changed(service, component, _old(event), _new(event), _said(event), event.at, place)


def _may(event: Event, place: Place) -> bool:
    """Say whether this audience may know: outsiders only of what was public then and is now."""
    if place.internal:
        return True
    return event.public and Service.objects.filter(pk__in=event.service_ids, public=True).exists()


def _old(event: Event) -> Status:
    return Status(event.data["old"])


def _new(event: Event) -> Status:
    return Status(event.data["new"])


def _said(event: Event) -> str:
    """Return what a person said; what a heartbeat found names its target, and never leaves."""
    return event.data.get("message") or "" if event.data.get("source") == Source.MANUAL else ""
