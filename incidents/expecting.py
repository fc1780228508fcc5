"""To how many a message would go about what can be said of an incident now: the number on each button."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from events.kinds import Kind
from events.models import Event
from incidents.lifecycle import IncidentStatus, Severity
from incidents.models import Incident
from services import announcements
from services.announcements import Going


def of_verbs(incident: Incident) -> dict[str, Going]:
    """Return the number by verb, for those that the status allows."""
    if not incident.is_open:
        return {"reopen": _expected(incident, Kind.INCIDENT_REOPENED)}
    return {
        "update": _expected(incident, Kind.INCIDENT_UPDATE_POSTED),
        "resolve": _expected(incident, Kind.INCIDENT_STATUS_CHANGED, new=IncidentStatus.RESOLVED),
    }


def of_editing(incident: Incident) -> Going:
    """Return the number for an edit that leaves who sees it as it is."""
    return _expected(incident, Kind.INCIDENT_UPDATED)


def of_publishing(incident: Incident) -> Going:
    """Return the number for an internal incident that becomes public."""
    event = _told(incident, Kind.INCIDENT_UPDATED, public=True, data={})
    event.before, event.after = {"public": False}, {"public": True}
    return announcements.recipients(event)


def of_postmortem(incident: Incident) -> Going:
    """Return the number for publishing the incident's postmortem."""
    return _expected(incident, Kind.POSTMORTEM_PUBLISHED)


def of_declaring(services: Collection[UUID | str], severity: Severity) -> Going:
    """Return the number for a public incident that is declared on these services."""
    event = Event(
        kind=Kind.INCIDENT_CREATED,
        public=True,
        subject_type="incident",
        service_ids=[str(service) for service in services],
        data={"severity": severity},
    )
    return announcements.recipients(event)


def _expected(incident: Incident, kind: Kind, **data: object) -> Going:
    return announcements.recipients(_told(incident, kind, public=incident.public, data=data))


def _told(incident: Incident, kind: Kind, *, public: bool, data: dict[str, object]) -> Event:
    return Event(
        kind=kind,
        public=public,
        subject_type="incident",
        subject_id=str(incident.pk),
        service_ids=[str(key) for key in incident.service_ids()],
        data={"severity": incident.severity, **data},
    )
