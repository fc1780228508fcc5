"""Latency of components over time, from the sums of their checks: one query, however many components."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext, gettext_noop

from services.graphs.latency import Graph, Point, draw
from services.models import CheckRollup, Component
from services.uptime import DAY, HOUR, floor

EVERY_HOUR, EVERY_DAY = CheckRollup.Period.HOUR, CheckRollup.Period.DAY


@dataclass(frozen=True, slots=True)
class Period:
    """A time that is looked back on, in ``count`` steps; ``words`` follow "the last"."""

    kind: CheckRollup.Period
    count: int
    english: str

    @property
    def words(self) -> str:
        """Return how long it is."""
        return gettext(self.english)

    @property
    def step(self) -> timedelta:
        """Return what one point stands for."""
        return HOUR if self.kind == EVERY_HOUR else DAY


PERIODS = {
    "24h": Period(EVERY_HOUR, 24, gettext_noop("24 hours")),
    "7d": Period(EVERY_HOUR, 7 * 24, gettext_noop("7 days")),
    "30d": Period(EVERY_DAY, 30, gettext_noop("30 days")),
    "90d": Period(EVERY_DAY, 90, gettext_noop("90 days")),
}
DEFAULT = "24h"
Sums = dict[datetime, CheckRollup]


@dataclass(frozen=True, slots=True)
class Latencies:
    """What ``services/_latency.html`` shows: the graphs of one period by the names of their components."""

    chosen: str
    graphs: dict[str, Graph]

    @property
    def period(self) -> Period:
        """Return what is shown."""
        return PERIODS[self.chosen]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return the keys of the periods with their words."""
        return [(key, period.words) for key, period in PERIODS.items()]


def sums(component_ids: Collection[UUID], period: Period, now: datetime) -> dict[UUID, Sums]:
    """Return the sums of the period, and of one step more before it, by component and beginning."""
    since = floor(now, period.step) - period.count * period.step
    rows = CheckRollup.objects.filter(component__in=component_ids, period=period.kind, start__gte=since, start__lte=now)
    found: dict[UUID, Sums] = defaultdict(dict)
    for row in rows.order_by():
        found[row.component_id][row.start] = row
    return found


def starts(found: Sums, period: Period, now: datetime) -> list[datetime]:
    """Return where the steps begin. The present one is the last of them as soon as it has a sum: it is no gap."""
    last = floor(now, period.step)
    if last not in found:
        last -= period.step
    return [last - number * period.step for number in reversed(range(period.count))]


def points(component_ids: Collection[UUID], period: str, now: datetime) -> dict[UUID, list[Point]]:
    """Return a point for each step of the period (a key of ``PERIODS``), for each component that was checked in it.

    A step without checks is a point of no checks.
    """
    chosen = PERIODS[period]
    found = sums(component_ids, chosen, now)
    return {key: [_point(at, rows.get(at)) for at in starts(rows, chosen, now)] for key, rows in found.items()}


def graphs(names: Mapping[UUID, str], period: str, now: datetime) -> dict[UUID, Graph]:
    """Return the graphs of the components (id → name) that were checked in the period, in the order of ``names``."""
    found = points(names, period, now)
    return {key: drawn(found[key], period, name) for key, name in names.items() if key in found}


def drawn(found: Sequence[Point], period: str, name: str) -> Graph:
    """Return the graph of one component of this name."""
    chosen = PERIODS[period]
    return draw(found, chosen.step, name=name, span=chosen.words)


def latencies(components: Collection[Component], asked: str | None, now: datetime) -> Latencies:
    """Return the graphs of these components; ``asked`` is a key of ``PERIODS``, anything else gives the default."""
    chosen = asked if asked in PERIODS else DEFAULT
    names = {component.id: component.name for component in components}
    return Latencies(chosen, {names[key]: graph for key, graph in graphs(names, chosen, now).items()})


def _point(start: datetime, row: CheckRollup | None) -> Point:
    return Point(start, row.count, row.ok, row.p50, row.p95) if row else Point(start)
