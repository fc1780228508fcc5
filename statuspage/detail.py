"""What only a service's own page shows: the figures of six spans, each with its sum, and the intervals behind. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext

from services.figure import Uptime
from services.graphs.heatmap import Heatmap, draw
from services.graphs.latency import Graph
from services.lengths import duration, in_days
from services.saying import listed
from services.status import Status
from services.uptime import DAY, HOUR, LONGEST, SECOND, Change, Interval, as_of, floor, intervals, uptime, window
from statuspage.history import Turn
from statuspage.service_view import ServiceView
from statuspage.spells import Spell, spells

YEAR_DAYS = 365
SPANS = (7, 30, 60, LONGEST, YEAR_DAYS)
# So many intervals are listed; a service that flaps has thousands in a year.
LISTED = 100
HEATMAP_DAYS = 14


@dataclass(frozen=True, slots=True)
class Sum:
    """What the time of one span is made of. ``key`` is part of its address on the page.

    ``young`` says that the span begins before the service did: how long before tells nobody anything.
    """

    key: str
    label: str
    uptime: Uptime
    unknown: timedelta
    young: bool

    @property
    def text(self) -> str:
        """Return the figure as people read it."""
        return self.uptime.text

    @property
    def observed(self) -> str:
        """Return how much time counts, in words."""
        return duration(self.uptime.observed)

    @property
    def down(self) -> str:
        """Return how much of that was downtime, in words."""
        return duration(self.uptime.down) if self.uptime.down else gettext("nothing")

    @property
    def left_out(self) -> str:
        """Return how much time does not count, and why, in words."""
        parts = (
            (self.uptime.maintenance, gettext("%(length)s maintenance")),
            (self.unknown, gettext("%(length)s no data")),
        )
        words = [why % {"length": duration(length)} for length, why in parts if length]
        return listed([*words, *([gettext("the time before it existed")] if self.young else [])]) or gettext("nothing")


@dataclass(frozen=True, slots=True)
class ComponentGraphs:
    """The latency of one component: of the last day, and of the last month."""

    name: str
    graphs: tuple[Graph, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """``until`` is when the counting ends: sums that followed the clock would make another page of it each second.

    ``spells`` are the newest intervals that were not plain operation, ``earlier`` is how many more there are.
    """

    until: datetime
    sums: tuple[Sum, ...]
    spells: tuple[Spell, ...]
    earlier: int
    graphs: tuple[ComponentGraphs, ...]
    heatmap: Heatmap | None


def detail(
    service: ServiceView,
    turns: Sequence[Turn],
    current: Status | None,
    graphs: Collection[ComponentGraphs],
    now: datetime,
) -> Detail:
    """Return the details of a service; ``turns`` are those of the last year, as :func:`statuspage.history.history`."""
    until = counted_until(service, turns, current, now)
    start, initial, since = _beginning(turns, current, now)
    changes = [Change(turn.at, turn.new) for turn in since]
    found = spells(changes, start, initial)
    parts = intervals(changes, start, until, initial=initial)
    return Detail(
        until=until,
        sums=(_sum("24h", gettext("24 hours"), parts, until - DAY), *(_days(span, parts, now) for span in SPANS)),
        spells=found[:LISTED],
        earlier=len(found[LISTED:]),
        graphs=tuple(graphs),
        heatmap=draw(parts, until, HEATMAP_DAYS, name=service.name) if service.watched else None,
    )


def counted_until(service: ServiceView, turns: Sequence[Turn], current: Status | None, now: datetime) -> datetime:
    """Return the end of what is counted: the last whole minute, hour or day, but not before the last change.

    It moves as often as the clock renders the service anew (:func:`statuspage.history.step`). With downtime it is the
    instant that gives the same figures everywhere; without, any instant does.
    """
    is_down = service.is_known and service.status.is_down
    if is_down or service.was_down:
        changes = [Change(turn.at, turn.new) for turn in turns]
        return as_of(changes, now, initial=turns[0].old if turns else current)
    return max([floor(now, DAY if service.is_settled else HOUR), *(turn.at + SECOND for turn in turns[-1:])])


def _beginning(
    turns: Sequence[Turn], current: Status | None, now: datetime
) -> tuple[datetime, Status | None, Sequence[Turn]]:
    """Return where the year begins for this service, how it stood then, and the turns since."""
    if turns and turns[0].birth:
        return turns[0].at, turns[0].new, turns[1:]
    return window(now, YEAR_DAYS), turns[0].old if turns else current, turns


def _days(span: int, parts: Sequence[Interval], now: datetime) -> Sum:
    return _sum(f"{span}d", in_days(span), parts, window(now, span))


def _sum(key: str, label: str, parts: Sequence[Interval], start: datetime) -> Sum:
    cut = [Interval(max(part.start, start), part.end, part.status) for part in parts if part.end > start]
    unknown = sum((part.length for part in cut if part.status is None), timedelta())
    return Sum(key, label, uptime(cut), unknown, young=bool(parts) and parts[0].start > start)
