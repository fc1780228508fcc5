"""What is told of incidents, read from the log and the incident's rows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from django.utils.dateparse import parse_datetime

from events.kinds import Kind
from events.models import Event
from incidents.lifecycle import IncidentStatus, Severity
from incidents.models import Incident, Update
from incidents.models.affected import suffers
from notifications.telling.touched import touched
from notifications.telling.who import named, who
from notifications.transports.outcome import Words
from notifications.wording import incidents as wording
from notifications.wording.facts import IncidentFacts, Place, Said
from services.status import Status

_Wording: TypeAlias = Callable[[Event, IncidentFacts, Said, Place], Words | None]


def words_of(event: Event, place: Place) -> Words | None:
    """Return the words; ``None`` where this audience is told nothing of it, or the incident is gone."""
    incident = Incident.objects.filter(pk=event.subject_id).first()
    worded = _WORDINGS.get(Kind(event.kind))
    if incident is None or worded is None or not (place.internal or event.public):
        return None
    return worded(event, facts_of(event, incident, place), said_in(event), place)


def facts_of(event: Event, incident: Incident, place: Place) -> IncidentFacts:
    """Return the incident as it stood when the event happened; what the log does not hold is taken as it is now."""
    severity = Severity(event.data["severity"])
    status = IncidentStatus(event.data["status"])
    return IncidentFacts(
        id=str(incident.pk),
        title=event.data["title"],
        severity=severity,
        status=status,
        created_at=incident.created_at,
        resolved_at=_resolved_at(event, incident) if status is IncidentStatus.RESOLVED else None,
        public=_public(event, incident),
        services=touched(event.service_ids, place, _suffering(incident, severity)),
        history=history(incident, place, event.at),
    )


def facts_now(incident: Incident, place: Place) -> IncidentFacts:
    """Return the incident as it is now."""
    severity = Severity(incident.severity)
    suffering = _suffering(incident, severity)
    return IncidentFacts(
        id=str(incident.pk),
        title=incident.title,
        severity=severity,
        status=IncidentStatus(incident.status),
        created_at=incident.created_at,
        resolved_at=incident.resolved_at,
        public=incident.public,
        services=touched(list(suffering), place, suffering),
        body=incident.body,
        history=history(incident, place),
    )


def history(incident: Incident, place: Place, until: datetime | None = None) -> list[Said]:
    """Return what has been told so far, oldest first; notes are for insiders."""
    rows = incident.updates.filter(kind__in=_TOLD).order_by("number")
    rows = rows.filter(created_at__lte=until) if until else rows
    return [said_by(row) for row in (rows if place.internal else rows.filter(public=True))]


def said_by(row: Update) -> Said:
    """Return an entry of the timeline."""
    return Said(
        at=row.created_at,
        by=named(row.author_kind, row.author_name),
        message=row.message,
        status=row.status,
        promised=row.estimated_resolution,
        id=str(row.pk),
        internal=not row.public,
        happened=row.happened_at,
    )


def said_in(event: Event) -> Said:
    """Return what the event says was said."""
    return Said(
        at=event.at,
        by=who(event),
        message=event.data.get("message") or "",
        status=event.data["status"],
        promised=_time(event.data.get("estimated_resolution")),
        id=event.data.get("update", ""),
        internal=_is_note(event),
        next_update=_time(event.data.get("next_update_by")),
        happened=_time(event.data.get("happened_at") or event.data.get("started_at")),
    )


def _time(value: Any) -> datetime | None:
    """Return a time that the log holds: JSON has them as text."""
    return parse_datetime(value) if isinstance(value, str) else value


def _is_note(event: Event) -> bool:
    """Say whether it was for responders alone; of an internal incident the event is never public, so ask the row."""
    if event.kind != Kind.INCIDENT_UPDATE_POSTED or event.public:
        return False
    return Update.objects.filter(pk=event.data["update"], public=False).exists()


def _resolved_at(event: Event, incident: Incident) -> datetime | None:
    """Return when it was resolved: by this event, but for those that only an incident has which is resolved already."""
    return incident.resolved_at if event.kind == Kind.POSTMORTEM_PUBLISHED else event.at


def _public(event: Event, incident: Incident) -> bool:
    """Say whether the public saw it then: some events are never public, whatever the incident is."""
    return event.public or incident.public


def _suffering(incident: Incident, severity: Severity) -> dict[str, Status]:
    rows = incident.affected.values_list("service_id", "impact")
    return {str(service): suffers(impact, severity) for service, impact in rows}


def _edited(event: Event, incident: IncidentFacts, said: Said, place: Place) -> Words | None:
    """Tell insiders of any edit, and outsiders of an incident that they may see from now on."""
    if place.internal:
        return wording.edited(incident, said, place, event.brief)
    appears = event.before.get("public") is False and event.after.get("public") is True
    return wording.appeared(incident, said, place) if appears else None


def _acknowledged(event: Event, incident: IncidentFacts, said: Said, place: Place) -> Words:
    return wording.acknowledged(incident, said, place, event.data.get("assignee", said.by) or "")


def _assigned(event: Event, incident: IncidentFacts, said: Said, place: Place) -> Words:
    return wording.assigned(incident, said, place, event.after.get("assignee") or "")


def _moved(event: Event, incident: IncidentFacts, said: Said, place: Place) -> Words:
    return wording.status_changed(incident, said, place, IncidentStatus(event.data["old"]))


def _plain(words: Callable[[IncidentFacts, Said, Place], Words]) -> _Wording:
    return lambda _event, incident, said, place: words(incident, said, place)


_TOLD = [Update.Kind.OPENED, Update.Kind.UPDATE, Update.Kind.NOTE, Update.Kind.TRANSITION, Update.Kind.REOPENED]
_WORDINGS: dict[Kind, _Wording] = {
    Kind.INCIDENT_CREATED: _plain(wording.created),
    Kind.INCIDENT_STATUS_CHANGED: _moved,
    Kind.INCIDENT_UPDATE_POSTED: _plain(wording.update_posted),
    Kind.INCIDENT_REOPENED: _plain(wording.reopened),
    Kind.INCIDENT_UPDATED: _edited,
    Kind.INCIDENT_ACKNOWLEDGED: _acknowledged,
    Kind.INCIDENT_ASSIGNED: _assigned,
    Kind.POSTMORTEM_PUBLISHED: _plain(wording.postmortem_published),
}
