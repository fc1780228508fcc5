"""The clock of maintenance: starts, ends, reminds, and keeps series planned ahead, by the same verbs as people do."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Count, Model, Q
from django.utils import timezone

from events.actors import CLOCK
from events.command import command
from services.maintenance.lifecycle import Stage
from services.models import Maintenance, MaintenanceSeries
from services.models.maintenance.planning import top_up
from services.models.maintenance.series import AHEAD, FAR
from services.safely import each

R = TypeVar("R", bound=Model)


def tick(now: datetime | None = None) -> int:
    """Do all that is due at ``now``; return how many verbs were said.

    Starting goes first: a window that lay wholly in an outage of ours starts and ends in one sweep, and nobody is
    reminded of what has begun. Each verb locks its row and looks again, so two workers may tick at once. One that fails
    is logged and stops no other; it is due again at the next tick.
    """
    at = now or timezone.now()
    return sum(
        (
            _each(_due_to_start(at), lambda window: window.start_on_time(now=at)),
            _each(_due_to_end(at), lambda window: window.complete_on_time(now=at)),
            _each(_due_to_remind(at), lambda window: window.remind_on_time(now=at)),
            _each(_short_of_windows(at), lambda series: _plan(series, at)),
        )
    )


def _due_to_start(at: datetime) -> Iterable[Maintenance]:
    return Maintenance.objects.filter(status=Stage.SCHEDULED, scheduled_start__lte=at)


def _due_to_end(at: datetime) -> Iterable[Maintenance]:
    return Maintenance.objects.filter(status=Stage.IN_PROGRESS, scheduled_end__lte=at)


def _due_to_remind(at: datetime) -> Iterable[Maintenance]:
    # The longest reminder bounds what is read; the moment itself is each row's own.
    rows = Maintenance.objects.filter(status=Stage.SCHEDULED, reminded_at__isnull=True, remind_before__isnull=False)
    coming = rows.filter(scheduled_start__lte=at + timedelta(days=31))
    return [window for window in coming if window.reminder is not None and window.reminder <= at]


def _short_of_windows(at: datetime) -> Iterable[MaintenanceSeries]:
    ahead = Count("windows", filter=Q(windows__status=Stage.SCHEDULED))
    rows = MaintenanceSeries.objects.filter(next_slot__isnull=False).annotate(ahead=ahead)
    return rows.filter(Q(ahead=0) | Q(ahead__lt=AHEAD, next_slot__lte=at + FAR))


def _each(rows: Iterable[R], verb: Callable[[R], None]) -> int:
    return each(rows, verb, "maintenance_failed")


def _plan(series: MaintenanceSeries, at: datetime) -> None:
    with command(CLOCK, now=at) as tell:
        top_up(series, tell)
        if not tell.events:
            tell.nothing()
