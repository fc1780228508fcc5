"""What channels are told of the status of services and components. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from events.kinds import Kind
from notifications.transports.outcome import Words
from notifications.wording.clock import moment
from notifications.wording.facts import Place, Touched
from notifications.wording.sheet import Sheet
from services.status import Status


def service_changed(service: Touched, old: Status, new: Status, message: str, at: datetime, place: Place) -> Words:
    """Return the words for a service that turned; ``message`` is what a person said about it, if one did.

    ``service.status`` is left out of account: ``new`` is what it turned to then.
    """
    return _sheet(Kind.SERVICE_STATUS_CHANGED, service, "", old, new, message, at, place).words()


def component_changed(
    service: Touched, component: Touched, old: Status, new: Status, message: str, at: datetime, place: Place
) -> Words:
    """Return the words for a part of a service that turned."""
    sheet = _sheet(Kind.COMPONENT_STATUS_CHANGED, service, component.name, old, new, message, at, place)
    part = {"component": {"id": component.id, "name": component.name, "status": new}}
    return replace(sheet, facts={**sheet.facts, **part}).words()


def _sheet(
    kind: Kind,
    service: Touched,
    part: str,
    old: Status,
    new: Status,
    message: str,
    at: datetime,
    place: Place,
) -> Sheet:
    name = f"{part} of {service.name}" if part else service.name
    return Sheet(
        kind=kind,
        heading=f"{new.label}: {name}",
        at=at,
        message=message,
        rows=[("Status", f"{old.label} → {new.label}"), ("Since", moment(at))],
        link=("See the status of everything", place.at("/status", "/console/services/")),
        services=[service.id],
        facts={
            "title": name,
            "url": place.at("/status", "/console/services/"),
            "service": {"id": service.id, "name": service.name, "status": new if not part else service.status},
            "change": {"old": old, "new": new, "message": message, "at": at},
        },
    )
