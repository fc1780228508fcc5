"""How many of the checks were well: from their sums by day and hour, and one by one where neither fits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from django.db.models import Count, Q, QuerySet, Sum

from services.figure import in_words, share
from services.models.component import Component
from services.models.result import CheckResult, CheckRollup
from services.models.service import Service
from services.uptime import DAY, HOUR, floor

Edge: TypeAlias = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Checked:
    """Checks, and those that were well."""

    count: int
    ok: int

    @property
    def percent(self) -> float | None:
        """Return the share that was well; ``None`` without checks."""
        return share(self.ok, self.count)

    @property
    def of(self) -> str:
        """Return both numbers as people read them."""
        return f"{self.ok:,} of {self.count:,}"

    @property
    def text(self) -> str:
        """Return the share as people read it."""
        return in_words(self.percent, "No checks")


def watched(thing: Service | Component) -> QuerySet[Component]:
    """Return the components whose checks speak for a service or component."""
    own = {"pk": thing.pk} if isinstance(thing, Component) else {"service": thing.pk}
    return Component.objects.filter(**own).order_by()


def checked(components: QuerySet[Component], spans: Mapping[str, datetime], until: datetime) -> dict[str, Checked]:
    """Return the checks of the components from each of ``spans`` to ``until``, under the same keys.

    Days that are over count by their sums, and so do hours; what is left at either end, one by one.
    """
    today, hour = floor(until, DAY), floor(until, HOUR)
    plans = {key: _plan(start, today) for key, start in spans.items()}
    days = _sums(components, CheckRollup.Period.DAY, min(plan.days for plan in plans.values()), today)
    hours = _sums(components, CheckRollup.Period.HOUR, min(plan.hours for plan in plans.values()), hour)
    # A query each: over several ranges at once SQLite reads every result that there is.
    ends = {(hour, until), *((plan.start, plan.rest) for plan in plans.values())}
    edges = {end: _single(components, end) for end in ends}
    return {
        key: _add(
            *(edges[hour, until], edges[plan.start, plan.rest]),
            *(found for at, found in days.items() if at >= plan.days),
            *(found for at, found in hours.items() if at >= plan.hours),
        )
        for key, plan in plans.items()
    }


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which sums stand for a span: of days from ``days`` on, of hours from ``hours`` on; none before ``rest``."""

    start: datetime
    rest: datetime
    days: datetime
    hours: datetime


def _plan(start: datetime, today: datetime) -> _Plan:
    if start == floor(start, DAY):
        return _Plan(start, start, start, max(start, today))
    whole = start if start == floor(start, HOUR) else floor(start, HOUR) + HOUR
    return _Plan(start, whole, today, whole)


def _sums(components: QuerySet[Component], period: str, since: datetime, until: datetime) -> dict[datetime, Checked]:
    rows = CheckRollup.objects.filter(component__in=components, period=period, start__gte=since, start__lt=until)
    found = rows.order_by().values("start").annotate(counted=Sum("count"), well=Sum("ok"))
    return {row["start"]: Checked(row["counted"], row["well"]) for row in found}


def _single(components: QuerySet[Component], edge: Edge) -> Checked:
    """Return the results of ``edge``, counted one by one."""
    if edge[0] == edge[1]:
        return Checked(0, 0)
    rows = CheckResult.objects.filter(component__in=components, at__gte=edge[0], at__lt=edge[1]).order_by()
    found = rows.aggregate(counted=Count("id"), well=Count("id", filter=Q(ok=True)))
    return Checked(found["counted"], found["well"])


def _add(*parts: Checked) -> Checked:
    return Checked(sum(part.count for part in parts), sum(part.ok for part in parts))
