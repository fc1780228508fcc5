"""From rows to views, in a fixed number of queries however many services there are.

Only what is public is ever read: each query filters for it by itself, so one that is wrong shows too little.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, TypeVar
from uuid import UUID

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Length

from incidents import markdown
from incidents.lifecycle import IncidentStatus, Severity
from incidents.models import Affected, Incident, Update
from incidents.models.affected import suffers
from services.models import Component, Group, Service, StatusChange
from services.models.change import effective
from services.uptime import LONGEST, window
from statuspage import read_postmortems
from statuspage.history import Turn, gaps, history
from statuspage.incident_view import AffectedView, IncidentView, PostmortemView, UpdateView
from statuspage.runs import runs
from statuspage.service_view import ComponentView, ServiceView, figures

# What is older is rendered when somebody asks for it.
AHEAD = timedelta(days=365)
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Heading:
    """A group that has public services."""

    id: UUID
    name: str
    position: int


class AffectedRow(NamedTuple):
    """What an incident names of a service; without an impact of its own it follows the severity."""

    id: UUID
    slug: str
    name: str
    impact: str | None


def headings() -> list[Heading]:
    """Return the groups that have public services, in order."""
    rows = Group.objects.filter(services__public=True).distinct().order_by("position", "name")
    return [Heading(*row) for row in rows.values_list("id", "name", "position")]


def public_ids() -> list[UUID]:
    """Return the ids of the public services."""
    return list(Service.objects.filter(public=True).order_by("id").values_list("id", flat=True))


def services(now: datetime, only: Collection[UUID] | None = None) -> dict[UUID, ServiceView]:
    """Return the public services (of ``only``, if given) by id."""
    chosen = Service.objects.filter(public=True) if only is None else Service.objects.filter(public=True, id__in=only)
    mine = Q() if only is None else Q(service__in=only)
    components = _by_service(
        Component.objects.filter(mine, service__public=True).order_by("position", "name"),
        lambda row: ComponentView(row.id, row.name, row.description, row.current, row.status_since, row.rule),
    )
    found = turns(window(now, LONGEST), mine)
    return {
        row.id: _service(row, components[row.id], found[row.id], now)
        for row in chosen.defer("owner", "sla_target").iterator()
    }


def incidents(now: datetime, only: Collection[UUID] | None = None) -> dict[UUID, IncidentView]:
    """Return the public incidents that are open or were declared within a year (of ``only``, if given)."""
    mine = Q() if only is None else Q(id__in=only)
    return build_incidents(Incident.objects.visible().filter(mine, _kept(now)))


def affecting(touched: Collection[UUID], now: datetime) -> set[UUID]:
    """Return the ids of the incidents that :func:`incidents` would return and that name one of these services."""
    named = Affected.objects.filter(service__in=touched).values("incident")
    return set(Incident.objects.visible().filter(_kept(now), id__in=named).values_list("id", flat=True))


def month(first: date) -> list[IncidentView]:
    """Return the public incidents declared in a month, newest first."""
    start = datetime(first.year, first.month, 1, tzinfo=UTC)
    end = (start + timedelta(days=32)).replace(day=1)
    found = build_incidents(Incident.objects.visible().filter(created_at__gte=start, created_at__lt=end))
    return newest_first(found.values())


def begun() -> date | None:
    """Return the day of the first public incident."""
    first: datetime | None = Incident.objects.visible().aggregate(first=Min("created_at"))["first"]
    return first.astimezone(UTC).date() if first else None


def newest_first(found: Iterable[IncidentView]) -> list[IncidentView]:
    """Return incidents in the order of every list."""
    return sorted(found, key=lambda incident: (incident.declared_at, incident.id), reverse=True)


def build_incidents(chosen: QuerySet[Incident]) -> dict[UUID, IncidentView]:
    """Return views of ``chosen``, which must be visible ones."""
    rows = list(chosen.defer("root_cause", "resolution"))
    keys = [row.id for row in rows]
    affected: dict[UUID, list[AffectedRow]] = defaultdict(list)
    named = Affected.objects.filter(incident__in=keys, service__public=True).order_by("service__name")
    names = named.values_list("incident_id", "service_id", "service__slug", "service__name", "impact")
    for key, service, slug, name, impact in names:
        affected[key].append(AffectedRow(service, slug, name, impact))
    updates: dict[UUID, list[UpdateView]] = defaultdict(list)
    said = Update.objects.filter(incident__in=keys, public=True).annotate(size=Length("message")).filter(size__gt=0)
    for row in said.order_by("-number"):
        updates[row.incident_id].append(_update(row))
    written = read_postmortems.of_incidents(keys)
    return {row.id: _incident(row, affected[row.id], updates[row.id], written.get(row.id)) for row in rows}


def kept_windows(now: datetime) -> Q:
    """Choose the maintenance that is rendered ahead: planned, under way, or ended within a year."""
    return Q(ended_at__isnull=True) | Q(ended_at__gte=now - AHEAD)


def _kept(now: datetime) -> Q:
    return Q(created_at__gte=now - AHEAD) | Q(resolved_at__isnull=True)


def turns(since: datetime, mine: Q) -> dict[UUID, list[Turn]]:
    """Return each service's own changes since an instant, in order."""
    rows = StatusChange.objects.filter(mine, service__public=True, component=None, at__gte=since)
    found: dict[UUID, list[Turn]] = defaultdict(list)
    columns = ("service_id", "at", "old", "old_rule", "new", "rule")
    for key, at, old, old_rule, new, rule in rows.order_by("at", "id").values_list(*columns).iterator():
        found[key].append(Turn(at, effective(old, old_rule), effective(new, rule), birth=not old))
    return found


def _by_service(rows: QuerySet[Component], view: Callable[[Component], Row]) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows.iterator():
        found[row.service_id].append(view(row))
    return found


def _service(row: Service, components: list[ComponentView], turns: list[Turn], now: datetime) -> ServiceView:
    stands = effective(row.status, row.rule)
    days = history(turns, stands, now)
    return ServiceView(
        id=row.id,
        slug=row.slug,
        name=row.name,
        description=row.description,
        url=row.url,
        group_id=row.group_id,
        position=row.position,
        status=row.current,
        since=row.status_since,
        message=row.manual_message if row.manual_status == row.status else "",
        components=tuple(components),
        runs=runs(days, gaps(turns, stands, now)),
        figures=figures(days),
        created_at=row.created_at,
        moved_at=max([row.status_since, *(component.since for component in components)]),
        rule=row.rule,
        watched=row.show_latency,
    )


def _incident(
    row: Incident, affected: Iterable[AffectedRow], updates: list[UpdateView], postmortem: PostmortemView | None
) -> IncidentView:
    shown_at = [postmortem.moved_at] if postmortem else []
    return IncidentView(
        id=row.id,
        title=row.title,
        body=row.body,
        body_html=markdown.to_html(row.body),
        severity=Severity(row.severity),
        stage=row.stage,
        affected=tuple(AffectedView(one.id, one.slug, one.name, suffers(one.impact, row.severity)) for one in affected),
        updates=tuple(updates),
        declared_at=row.created_at,
        resolved_at=row.resolved_at,
        # Not ``updated_at``: an internal note moves that, and the public must not see that it was written.
        moved_at=max([row.created_at, *(update.at for update in updates), *shown_at]),
        postmortem=postmortem,
        next_update_by=row.next_update_by,
        next_update_missed=row.next_update_missed is not None,
        started_at=row.started_at,
    )


def _update(row: Update) -> UpdateView:
    return UpdateView(
        row.id,
        row.message,
        markdown.to_html(row.message),
        IncidentStatus(row.status),
        row.created_at,
        row.estimated_resolution,
        row.happened_at,
    )
