"""The public JSON: views to plain data, in the contract's field names. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from statuspage.incident_view import IncidentView, PostmortemView, UpdateView
from statuspage.page import PageState
from statuspage.service_view import ComponentView, ServiceView
from statuspage.v2.shapes import Page
from statuspage.window_view import WindowView


def dump(data: Mapping[str, Any]) -> bytes:
    """Write JSON as every public answer is written."""
    return json.dumps(data, ensure_ascii=False).encode()


def time(at: datetime | None) -> str | None:
    """Write an instant as ISO 8601, UTC."""
    return at.isoformat().replace("+00:00", "Z") if at else None


def service_line(service: ServiceView, group: str) -> dict[str, Any]:
    """Return a service as ``status`` lists it, but for its last check."""
    return {
        "id": str(service.id),
        "slug": service.slug,
        "name": service.name,
        "group": group or None,
        "status": service.status,
        "rule": service.rule,
        "light": service.status.light,
        "uptime": uptime(service),
    }


def checked(line: str, at: datetime | None) -> str:
    """Return a service's object as ``status`` lists it: ``line`` without its last brace, and when it was last checked.

    That moves each minute, and the rest of the line is kept written.
    """
    return f'{line}, "last_checked": {json.dumps(time(at))}}}'


def uptime(service: ServiceView) -> dict[str, float | None]:
    """Return the figures in percent; null is "no data"."""
    return {f"{figure.days}_days": figure.percent for figure in service.figures}


def status(page: PageState, lines: Sequence[str], whose: Page) -> bytes:
    """Return GET ``status``; ``lines`` are the services, written already."""
    incidents = [*page.open_incidents, *(incident for day in page.recent for incident in day.incidents)]
    rest = {
        "recent_incidents": [incident_body(incident) for incident in incidents],
        "scheduled_maintenance": [window(one) for one in (*page.under_way, *page.planned)],
        "last_updated": time(page.updated_at),
        "checks": page.freshness and {"last_ran": time(page.freshness.last_ran), "overdue": page.freshness.overdue},
        "page": {"name": whose.name, "url": f"{whose.url}/status", "time_zone": whose.time_zone},
    }
    head = dump({"overall_status": page.status, "headline": page.headline})[:-1]
    return b"%s, %s, %s" % (head, b'"services": [' + ", ".join(lines).encode() + b"]", dump(rest)[1:])


def service(view: ServiceView, group: str) -> bytes:
    """Return GET ``status/services/{id}``."""
    detail = service_line(view, group) | {
        "description": view.description,
        "url": view.url,
        "message": view.message,
        "status_since": time(view.since),
        "components": [_component(component) for component in view.components],
    }
    days = [
        {
            "first": run.first.isoformat(),
            "last": run.last.isoformat(),
            "status": run.status,
            "down_seconds": int(run.down.total_seconds()),
        }
        for run in view.runs
    ]
    return dump({"service": detail, "uptime": uptime(view), "days": days, "last_updated": time(view.moved_at)})


def incidents(found: Iterable[IncidentView], days: int) -> bytes:
    """Return GET ``status/incidents``."""
    return dump({"incidents": [incident_body(incident) for incident in found], "period_days": days})


def incident(view: IncidentView) -> bytes:
    """Return GET ``status/incidents/{id}``."""
    return dump(incident_body(view))


def postmortem(view: IncidentView, written: PostmortemView) -> bytes:
    """Return GET ``status/incidents/{id}/postmortem``."""
    return dump(
        {
            "incident": {"id": str(view.id), "title": view.title},
            "summary": written.summary,
            "impact": written.impact,
            "root_cause": written.root_cause,
            "resolution": written.resolution,
            "lessons": written.lessons,
            "status": "published",
            "published_at": time(written.published_at),
            "edited_at": time(written.edited_at),
        }
    )


def incident_body(view: IncidentView) -> dict[str, Any]:
    """Return an incident with what was said in public."""
    return {
        "id": str(view.id),
        "title": view.title,
        "body": view.body,
        "severity": view.severity,
        "status": view.stage,
        "services": [
            {"id": str(row.id), "slug": row.slug, "name": row.name, "impact": row.impact} for row in view.affected
        ],
        "started_at": time(view.began_at),
        "created_at": time(view.declared_at),
        "resolved_at": time(view.resolved_at),
        "next_update_by": time(view.next_update_by),
        "updated_at": time(view.moved_at),
        "updates": [_update(update, stands=update == view.expected) for update in view.updates],
    }


def window(view: WindowView) -> dict[str, Any]:
    """Return a maintenance window with what was said in public."""
    return {
        "id": str(view.id),
        "title": view.title,
        "description": view.description,
        "status": view.stage,
        "services": [{"id": str(row.id), "slug": row.slug, "name": row.name} for row in view.services],
        "scheduled_start": time(view.start),
        "scheduled_end": time(view.end),
        "timezone": view.timezone,
        "recurrence": view.recurrence,
        "started_at": time(view.started_at),
        "ended_at": time(view.ended_at),
        "created_at": time(view.created_at),
        "updated_at": time(view.moved_at),
        "updates": [
            {"id": str(one.id), "message": one.message, "status": one.stage, "created_at": time(one.at)}
            for one in view.updates
        ],
    }


def _component(view: ComponentView) -> dict[str, Any]:
    return {
        "id": str(view.id),
        "name": view.name,
        "description": view.description,
        "status": view.status,
        "rule": view.rule,
        "light": view.status.light,
    }


def _update(view: UpdateView, *, stands: bool) -> dict[str, Any]:
    return {
        "id": str(view.id),
        "message": view.message,
        "status": view.stage,
        "estimated_resolution": time(view.estimated_resolution) if stands else None,
        "happened_at": time(view.happened_at),
        "created_at": time(view.at),
    }
