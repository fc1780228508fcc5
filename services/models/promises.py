"""Reading how services keep what is promised of them: three queries, however many services."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from services.models.history import changes_since
from services.models.service import Service
from services.sla.budget import Budget, budget, burns
from services.sla.period import Period, current, previous
from services.uptime import DAY, Change, intervals

# From a service and the present to the period that is asked for.
Span = Callable[[Service, datetime], Period]


@dataclass(frozen=True, slots=True)
class Promise:
    """One service in one period, and its burn rates over the last hours."""

    service: Service
    budget: Budget
    burns: dict[str, float | None]

    @property
    def left_percent(self) -> int:
        """Return how much of the allowance is left, 0 to 100, for the bar."""
        used = self.budget.used
        return 0 if used is None or used >= 1 else round(100 * (1 - used))


def own_period(service: Service, now: datetime) -> Period:
    """Return the period over which the target of a service is promised, the one that holds ``now``."""
    return current(service.sla_period, now)


def period_before(service: Service, now: datetime) -> Period:
    """Return the one that ended when the present one began."""
    return previous(service.sla_period, now)


def from_to(start: datetime, end: datetime) -> Span:
    """Return what gives every service the same span."""
    return lambda _service, _now: Period(start, end)


def promises(services: Iterable[Service], now: datetime, span: Span = own_period) -> list[Promise]:
    """Return how each service stands at ``now``, or stood at the end of its span, in their order."""
    rows = list(services)
    spans = {row.pk: span(row, now) for row in rows}
    since = min((period.start for period in spans.values()), default=now)
    # The burn rates reach back a day, past the beginning of a period that is younger.
    changes = changes_since(min(since, now) - DAY, Service.objects.filter(pk__in=spans))
    return [_promise(row, changes.get(row.pk, []), spans[row.pk], now) for row in rows]


def _promise(service: Service, changes: list[Change], period: Period, now: datetime) -> Promise:
    parts = intervals(changes, period.start - DAY, min(now, period.end))
    found = budget(parts, period, now, service.sla_target)
    return Promise(service, found, burns(parts, found.at, service.sla_target))
