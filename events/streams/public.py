"""What of an event the public may hear: an allow-list, so that a new kind or field stays inside until it is named here.

An event of a public thing is not public as a whole. It may hold what a heartbeat found, the ids of private services, or
an edit of fields that no visitor sees; and what was public when it happened may be private by now.
"""

from __future__ import annotations

from typing import Any

from events.kinds import Kind
from events.models import Event
from events.streams.sight import Sight

_TIMES = ("scheduled_start", "scheduled_end")
_INCIDENT = ("severity", "status")
_MOVED = (*_INCIDENT, "old", "new", "message")
_TURNED = ("old", "new", "rule")
_WINDOW = ("status", *_TIMES)
_SAID = (*_WINDOW, "message")

# By kind, what of ``data`` goes out. Catalogue edits are left to the next look at the page: nobody waits for them.
TOLD: dict[str, tuple[str, ...]] = {
    Kind.INCIDENT_CREATED: (*_INCIDENT, "message"),
    Kind.INCIDENT_UPDATED: _INCIDENT,
    Kind.INCIDENT_STATUS_CHANGED: _MOVED,
    Kind.INCIDENT_UPDATE_POSTED: (*_INCIDENT, "message"),
    Kind.INCIDENT_REOPENED: _MOVED,
    Kind.INCIDENT_UPDATE_PROMISED: _INCIDENT,
    Kind.INCIDENT_UPDATE_OVERDUE: _INCIDENT,
    # The text is on the page: it may be edited again.
    Kind.POSTMORTEM_PUBLISHED: _INCIDENT,
    Kind.POSTMORTEM_CHANGED: _INCIDENT,
    Kind.SERVICE_STATUS_CHANGED: _TURNED,
    Kind.SERVICE_COUNTING_CHANGED: _TURNED,
    Kind.COMPONENT_STATUS_CHANGED: _TURNED,
    Kind.COMPONENT_COUNTING_CHANGED: _TURNED,
    # Its message is the description, which may have been edited since.
    Kind.MAINTENANCE_SCHEDULED: _WINDOW,
    # What was edited is said inside; see ``_data``.
    Kind.MAINTENANCE_CHANGED: _WINDOW,
    Kind.MAINTENANCE_STARTED: _SAID,
    Kind.MAINTENANCE_UPDATE_POSTED: _SAID,
    Kind.MAINTENANCE_COMPLETED: _SAID,
    Kind.MAINTENANCE_CANCELLED: _SAID,
}
# An edit is told where one of these fields changed, and of the services where one of those that are shown did.
_SEEN: dict[str, frozenset[str]] = {
    Kind.INCIDENT_UPDATED: frozenset({"title", "body", "severity", "public"}),
    Kind.MAINTENANCE_CHANGED: frozenset({"title", "description", "public", "timezone", "recurrence", *_TIMES}),
}


def project(event: Event, sight: Sight) -> dict[str, Any] | None:
    """Return what a visitor is told of ``event``, or None when that is nothing."""
    name = sight.name_of(event.subject_type, event.subject_id)
    if not event.public or event.kind not in TOLD or name is None or not _shows(event, sight):
        return None
    return {
        "id": event.id,
        "kind": event.kind,
        "at": event.at,
        "subject": {"type": event.subject_type, "id": event.subject_id, "name": name},
        "services": [key for key in event.service_ids if key in sight.services],
        **_data(event),
    }


def _data(event: Event) -> dict[str, Any]:
    names = TOLD[event.kind]
    if event.kind == Kind.MAINTENANCE_CHANGED and not event.before.keys().isdisjoint(_TIMES):
        # A window that moves says so on its page; any other edit leaves a note among operators.
        names = _SAID
    return {name: event.data[name] for name in names if event.data.get(name) is not None}


def _shows(event: Event, sight: Sight) -> bool:
    """Say whether an edit changed anything that the page shows; what is no edit always does."""
    seen = _SEEN.get(event.kind)
    if seen is None or not event.before.keys().isdisjoint(seen):
        return True
    return not changed_services(event).isdisjoint(sight.services.values())


def changed_services(event: Event) -> set[str]:
    """Return the names of the services that an edit added, took out or judged anew."""
    was, now = (_by_name(side.get("services")) for side in (event.before, event.after))
    return {name for name in was.keys() | now.keys() if was.get(name) != now.get(name)}


def _by_name(services: Any) -> dict[str, Any]:
    """Read what incidents (impact by name) and windows (a list of names) say of their services."""
    return dict(services) if isinstance(services, dict) else dict.fromkeys(services or (), True)
