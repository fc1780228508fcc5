"""From rows of maintenance to views, in a fixed number of queries however many windows there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from django.db.models import Min, Q, QuerySet
from django.db.models.functions import Length

from incidents import markdown
from services.maintenance.lifecycle import Stage
from services.models import Maintenance, MaintenanceUpdate
from statuspage.window_view import NamedService, WindowUpdateView, WindowView, latest_first

_Named = Maintenance.services.through


def windows(kept: Q, only: Collection[UUID] | None = None) -> dict[UUID, WindowView]:
    """Return the public windows that are ``kept`` (of ``only``, if given)."""
    return build(Maintenance.objects.visible().filter(kept, Q() if only is None else Q(id__in=only)))


def naming(services: Collection[UUID], kept: Q) -> set[UUID]:
    """Return the ids of the windows that :func:`windows` would return and that name one of these services."""
    named = _Named.objects.filter(service__in=services).values("maintenance")
    return set(Maintenance.objects.visible().filter(kept, id__in=named).values_list("id", flat=True))


def month(first: date) -> list[WindowView]:
    """Return the public windows that began in a month and are over, latest first."""
    start = datetime(first.year, first.month, 1, tzinfo=UTC)
    end = (start + timedelta(days=32)).replace(day=1)
    return latest_first(build(_past().filter(started_at__gte=start, started_at__lt=end)).values())


def begun() -> date | None:
    """Return the day of the first public window that took place."""
    first: datetime | None = _past().aggregate(first=Min("started_at"))["first"]
    return first.astimezone(UTC).date() if first else None


def build(chosen: QuerySet[Maintenance]) -> dict[UUID, WindowView]:
    """Return views of ``chosen``, which must be visible ones."""
    rows = list(chosen)
    keys = [row.id for row in rows]
    named: dict[UUID, list[NamedService]] = defaultdict(list)
    services = _Named.objects.filter(maintenance__in=keys, service__public=True).order_by("service__name")
    rows_of = services.values_list("maintenance_id", "service_id", "service__slug", "service__name")
    for key, service, slug, name in rows_of:
        named[key].append(NamedService(service, slug, name))
    updates: dict[UUID, list[WindowUpdateView]] = defaultdict(list)
    said = MaintenanceUpdate.objects.filter(maintenance__in=keys, public=True).annotate(size=Length("message"))
    for update in said.filter(size__gt=0).order_by("-number"):
        updates[update.maintenance_id].append(_update(update))
    return {row.id: _window(row, named[row.id], updates[row.id]) for row in rows}


def _past() -> QuerySet[Maintenance]:
    return Maintenance.objects.visible().filter(started_at__isnull=False, ended_at__isnull=False)


def _window(row: Maintenance, services: list[NamedService], updates: list[WindowUpdateView]) -> WindowView:
    moves = (row.created_at, row.started_at, row.ended_at, *(update.at for update in updates))
    return WindowView(
        id=row.id,
        title=row.title,
        description=row.description,
        description_html=markdown.to_html(row.description),
        stage=Stage(row.status),
        services=tuple(services),
        updates=tuple(updates),
        start=row.scheduled_start,
        end=row.scheduled_end,
        timezone=row.timezone,
        recurrence=row.recurrence,
        started_at=row.started_at,
        ended_at=row.ended_at,
        sequence=row.sequence,
        created_at=row.created_at,
        # Not ``updated_at``: an internal note moves that, and the public must not see that it was written.
        moved_at=max(at for at in moves if at),
    )


def _update(row: MaintenanceUpdate) -> WindowUpdateView:
    return WindowUpdateView(row.id, row.message, markdown.to_html(row.message), Stage(row.status), row.created_at)
