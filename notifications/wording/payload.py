"""What a message was made of, ready for JSON (``docs/webhooks.md``). Pure."""

from __future__ import annotations

from typing import Any

from notifications.wording.facts import IncidentFacts, Said, WindowFacts


def of_incident(incident: IncidentFacts, said: Said, url: str) -> dict[str, Any]:
    """Return the incident, newest update first, and what was just said of it."""
    return {
        "title": incident.title,
        "url": url,
        "incident": of_incident_alone(incident),
        "update": entry(said),
    }


def of_incident_alone(incident: IncidentFacts) -> dict[str, Any]:
    """Return the incident, newest update first."""
    return {
        "id": incident.id,
        "title": incident.title,
        "severity": incident.severity,
        "status": incident.status,
        "public": incident.public,
        "services": [
            {"id": service.id, "name": service.name, "impact": service.status} for service in incident.services
        ],
        "created_at": incident.created_at,
        "resolved_at": incident.resolved_at,
        "updates": [entry(one) for one in reversed(incident.history)],
    }


def of_window(window: WindowFacts, said: Said, url: str) -> dict[str, Any]:
    """Return the window, newest update first, and what was just said of it."""
    return {
        "title": window.title,
        "url": url,
        "maintenance": {
            "id": window.id,
            "title": window.title,
            "description": window.description,
            "status": window.status,
            "public": window.public,
            "scheduled_start": window.start,
            "scheduled_end": window.end,
            "timezone": window.timezone,
            "repeats": window.repeats,
            "services": [{"id": service.id, "name": service.name} for service in window.services],
            "updates": [entry(one) for one in reversed(window.history)],
        },
        "update": entry(said),
    }


def entry(said: Said) -> dict[str, Any]:
    """Return an entry of a timeline, ready for JSON."""
    return {
        "id": said.id or None,
        "message": said.message,
        "status": said.status,
        "public": not said.internal,
        "author": said.by,
        "estimated_resolution": said.promised,
        "next_update_by": said.next_update,
        "created_at": said.at,
        "happened_at": said.happened,
    }
