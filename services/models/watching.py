"""Looking after all promises, by the clock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from events.errors import Refused
from events.kinds import Kind
from events.models import Event
from services.models.promises import Span, own_period, period_before, promises
from services.models.service import Service
from services.models.sla import SlaBreach
from services.safely import each
from services.sla.budget import is_due, is_over
from services.sla.period import month
from services.uptime import DAY

# So long after a calendar period somebody still looks at how it ended: its last minute is over before the clock looks.
AFTERWARDS = DAY


def watch(now: datetime) -> int:
    """Assess every service of which something must be recorded. Return how many; a fixed number of queries if none."""
    running = set(SlaBreach.objects.running().values_list("service_id", flat=True))
    watched = Service.objects.filter(Q(sla_target__isnull=False) | Q(pk__in=running)).order_by("id")
    return _watch_ended(now) + _watch(watched, now, own_period, now, running)


def _watch_ended(now: datetime) -> int:
    """Assess the calendar periods that have just ended; not by a target that was set since: it was not promised."""
    begun = month(now).start
    if now - begun >= AFTERWARDS:
        return 0
    ended = Service.objects.filter(sla_target__isnull=False).exclude(sla_period=Service.SlaPeriod.ROLLING_30)
    rows = [row for row in ended.order_by("id") if own_period(row, now).start == begun]
    new = _promised_since(begun) if rows else set()
    return _watch([row for row in rows if str(row.pk) not in new], now, period_before, begun - DAY)


def _promised_since(at: datetime) -> set[str]:
    edits = Event.objects.filter(
        kind=Kind.SERVICE_CHANGED, at__gte=at, after__has_any_keys=["sla_target", "sla_period"]
    )
    return set(edits.values_list("subject_id", flat=True))


def _watch(
    watched: Iterable[Service], now: datetime, span: Span, then: datetime, running: Collection[UUID] = ()
) -> int:
    """Assess those of which something must be recorded of the period that holds ``then``."""
    said = _said(then)
    due = [
        promise.service
        for promise in promises(watched, now, span)
        if is_due(promise.budget.state, said[promise.service.pk, promise.service.sla_period])
        or (promise.service.pk in running and is_over(promise.budget))
    ]
    each(due, lambda service: _assess(service, now, span), "sla_failed")
    return len(due)


def _said(then: datetime) -> defaultdict[tuple[UUID, str], set[str]]:
    found: defaultdict[tuple[UUID, str], set[str]] = defaultdict(set)
    for service, period, level in SlaBreach.objects.standing(then).values_list("service_id", "period", "level"):
        found[service, period].add(level)
    return found


def _assess(service: Service, now: datetime, span: Span) -> None:
    try:
        SlaBreach.assess(service, now=now, span=span)
    except Refused:
        # Deleted meanwhile: nothing is promised of it any more.
        return
