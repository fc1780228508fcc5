"""Looking after all promises, by the clock."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from events.errors import Refused
from services.models.promises import promises
from services.models.service import Service
from services.models.sla import SlaBreach
from services.sla.budget import is_due, is_over


def watch(now: datetime) -> int:
    """Assess every service of which something must be recorded. Return how many; a fixed number of queries if none."""
    said = _said(now)
    running = set(SlaBreach.objects.running().values_list("service_id", flat=True))
    watched = Service.objects.filter(Q(sla_target__isnull=False) | Q(pk__in=running)).order_by("id")
    due = [
        promise.service
        for promise in promises(watched, now)
        if is_due(promise.budget.state, said[promise.service.pk, promise.service.sla_period])
        or (promise.service.pk in running and is_over(promise.budget))
    ]
    for service in due:
        _assess(service, now)
    return len(due)


def _said(now: datetime) -> defaultdict[tuple[UUID, str], set[str]]:
    found: defaultdict[tuple[UUID, str], set[str]] = defaultdict(set)
    for service, period, level in SlaBreach.objects.standing(now).values_list("service_id", "period", "level"):
        found[service, period].add(level)
    return found


def _assess(service: Service, now: datetime) -> None:
    try:
        SlaBreach.assess(service, now=now)
    except Refused:
        # Deleted meanwhile: nothing is promised of it any more.
        return
