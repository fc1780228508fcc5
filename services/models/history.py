"""Reading the change history."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from services.models.change import StatusChange, effective
from services.models.component import Component
from services.models.service import Service
from services.status import Status
from services.turns import Turn, sheltered
from services.uptime import Change


def changes_since(start: datetime, services: QuerySet[Service]) -> dict[UUID, list[Change]]:
    """Return the changes of each service since ``start``, in order, after the one that it stood in then (if any).

    Two queries, however many services.
    """
    of_services = StatusChange.objects.filter(component=None)
    before = of_services.filter(service=OuterRef("pk"), at__lt=start).order_by("-at", "-id")
    stood = services.order_by().annotate(
        stood=Subquery(before.values("new")[:1]), so=Subquery(before.values("rule")[:1])
    )
    rows_before = stood.values_list("pk", "stood", "so")
    found = {pk: [Change(start, effective(new, rule))] if new else [] for pk, new, rule in rows_before}
    rows = of_services.filter(service__in=services.order_by().values("pk"), at__gte=start)
    for pk, at, new, rule in rows.order_by("at", "id").values_list("service_id", "at", "new", "rule"):
        # One may have been made since the first query.
        if pk in found:
            found[pk].append(Change(at, effective(new, rule)))
    return found


def turns(thing: Service | Component, since: datetime) -> list[Turn]:
    """Return the turns since ``since`` and the one before them, with what caused each.

    Those of a component have the maintenance of its service laid over them.
    """
    if isinstance(thing, Component):
        of_service = _rows(since, service=thing.service_id, component=None)
        return sheltered(_rows(since, service=thing.service_id, component=thing), of_service)
    return _rows(since, service=thing, component=None)


def _rows(since: datetime, **which: object) -> list[Turn]:
    rows = StatusChange.objects.filter(**which)
    before = list(rows.filter(at__lt=since).order_by("-at", "-id")[:1])
    return [_turn(row) for row in [*before, *rows.filter(at__gte=since).order_by("at", "id")]]


def _turn(row: StatusChange) -> Turn:
    return Turn(
        at=row.at,
        status=Status(row.new),
        taken=effective(row.new, row.rule),
        rule=row.rule,
        source=row.source,
        message=row.message,
        actor=row.actor_name or row.actor_kind,
    )
