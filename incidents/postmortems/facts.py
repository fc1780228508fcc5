"""Reading what is known of an incident: a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from incidents.models import ActionItem, Incident, Postmortem, Update
from incidents.postmortems.record import Entry, Record, Suffered, Task
from services.models import Service
from services.models.history import changes_since
from services.uptime import intervals, uptime


def record_of(incident: Incident, now: datetime) -> Record:
    """Return the incident as it went until it was resolved, or as far as it has come at ``now``."""
    until = incident.resolved_at or now
    entries = list(incident.updates.order_by("number"))
    return Record(
        title=incident.title,
        severity=incident.sev,
        public=incident.public,
        began=incident.created_at,
        ended=incident.resolved_at,
        until=until,
        services=list(_suffered(incident, until)),
        entries=[Entry(row.created_at, row.status, row.message, row.author, row.public) for row in entries],
        responders=_responders(incident, entries),
        root_cause=incident.root_cause,
        resolution=incident.resolution,
    )


def tasks_of(postmortem: Postmortem, now: datetime) -> list[Task]:
    """Return its action items, in the order in which they were added."""
    return [_task(row, now) for row in postmortem.action_items.select_related("owner")]


def _suffered(incident: Incident, until: datetime) -> Iterator[Suffered]:
    """Yield the services with the downtime that their histories hold of that time, whatever caused it."""
    rows = list(incident.affected.select_related("service", "incident").order_by("service__name"))
    services = Service.objects.filter(pk__in=[row.service_id for row in rows])
    changes = changes_since(incident.created_at, services)
    for row in rows:
        found = intervals(changes.get(row.service_id, []), incident.created_at, until)
        yield Suffered(row.service.name, row.service.public, row.suffers, uptime(found).down)


def _responders(incident: Incident, entries: list[Update]) -> list[str]:
    """Return the people who had a hand in it, in the order in which they came."""
    wrote = [row.author for row in entries if not row.by_machine and row.author_kind == "user"]
    return list(dict.fromkeys(filter(None, [*wrote, str(incident.assignee or "")])))


def _task(row: ActionItem, now: datetime) -> Task:
    return Task(row.title, str(row.owner or ""), row.due_date, row.is_done, row.is_overdue(now))
