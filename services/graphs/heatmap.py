"""Uptime by hour as a picture, a line for each UTC day. Pure: no database, no clock."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import groupby

from django.utils.translation import gettext, gettext_noop, ngettext

from services import saying
from services.graphs import heatmap_table as table
from services.graphs.axis import HOUR, Tick, share
from services.uptime import DAY, Interval, Uptime, clip, uptime, whole, window

HOURS = 24
# An hour is so many units wide, a day so many high: then the hatching looks as in the bars of days.
UNIT = 4
# So many lines have a word each; of more, every Monday.
FEW = 10


class Heat(StrEnum):
    """How much of an hour was downtime; a class name."""

    NONE = "cool"
    SOME = "warm"
    MUCH = "hot"
    MOST = "burning"
    MAINTENANCE = "maintenance"
    NO_DATA = "no_data"

    @property
    def label(self) -> str:
        """Return the words that people read."""
        return gettext(_LOOK[self][0])

    @property
    def height(self) -> float:
        """Return how high an hour of it is drawn. A worse one is higher, so the picture also reads in grey."""
        return _LOOK[self][1]

    @property
    def middle(self) -> float:
        """Return where its middle lies, from the top of the line."""
        return _LOOK[self][2]


_LOOK = {
    Heat.NONE: (gettext_noop("No downtime"), 1.4, 2.9),
    Heat.SOME: (gettext_noop("Up to a tenth of the hour"), 2.2, 2.5),
    Heat.MUCH: (gettext_noop("Up to half of the hour"), 2.8, 2.2),
    Heat.MOST: (gettext_noop("More than half of the hour"), 3.4, 1.9),
    # It floats, as nothing else does.
    Heat.MAINTENANCE: (gettext_noop("Maintenance alone"), 1.4, 1.3),
    Heat.NO_DATA: (gettext_noop("No data"), 3.2, 2.0),
}


@dataclass(frozen=True, slots=True)
class Run:
    """Adjoining hours of one day and heat: on which line, from which hour on, how many."""

    heat: Heat
    line: int
    hour: int
    length: int


@dataclass(frozen=True, slots=True)
class Heatmap:
    """What is drawn, and what it says in words. ``paths`` are the strokes of each heat that it shows."""

    name: str
    label: str
    lines: int
    paths: tuple[tuple[Heat, str], ...]
    up: tuple[Tick, ...]
    along: tuple[Tick, ...]
    rows: tuple[table.Row, ...]

    @property
    def units(self) -> int:
        """Return how many units high the picture is."""
        return self.lines * UNIT

    @property
    def middle(self) -> int:
        """Return the line half way down."""
        return self.units // 2

    @property
    def height(self) -> int:
        """Return how high it is drawn, in pixels."""
        return self.lines * (16 if self.lines <= FEW else 10)


def draw(parts: Sequence[Interval], until: datetime, days: int, *, name: str) -> Heatmap:
    """Draw the last ``days`` UTC days of intervals that adjoin and end at ``until``."""
    first = window(until, days)
    runs: list[Run] = []
    rows: list[table.Day] = []
    for line in range(days):
        start = first + line * DAY
        end = min(start + DAY, until)
        of_day = list(clip(_around(parts, start, end), start, end))
        hours = _hours(of_day, start, end)
        runs += _runs(line, hours)
        rows.append(table.Day(start, uptime(of_day).text, table.downtimes(hours)))
    return Heatmap(
        name=name,
        label=gettext("Uptime of %(name)s by hour, last %(days)s days: %(hours)s.")
        % {"name": name, "days": days, "hours": _in_words(runs)},
        lines=days,
        paths=tuple(_paths(runs)),
        up=tuple(_dates(first, days)),
        along=_ALONG,
        rows=tuple(table.rows(rows)),
    )


def heat(found: Uptime) -> Heat:
    """Return how much of an hour was downtime."""
    if not found.observed:
        return Heat.MAINTENANCE if found.maintenance else Heat.NO_DATA
    if not found.down:
        return Heat.NONE
    return next(heat for most, heat in _STEPS if found.down <= most * found.observed)


_STEPS = ((0.1, Heat.SOME), (0.5, Heat.MUCH), (1.0, Heat.MOST))
_ALONG = tuple(Tick(share(hour, HOURS), f"{hour:02}:00") for hour in range(0, HOURS, 6))


def _around(parts: Sequence[Interval], start: datetime, end: datetime) -> Sequence[Interval]:
    first = bisect_right(parts, start, key=lambda part: part.end)
    return parts[first : bisect_left(parts, end, key=lambda part: part.start)]


def _hours(parts: Sequence[Interval], start: datetime, end: datetime) -> list[table.Hours]:
    """Return how many hours in a row were made of what, as far as the day has come."""
    count = -(-(end - start) // HOUR)
    if len(parts) == 1:
        # Most days are of one piece; a page of many services is made of little else.
        return [(count, whole(parts[0].status, HOUR))]
    ends = [min(start + (hour + 1) * HOUR, end) for hour in range(count)]
    return [(1, uptime(clip(parts, start + hour * HOUR, stop))) for hour, stop in enumerate(ends)]


def _runs(line: int, hours: Sequence[table.Hours]) -> Iterator[Run]:
    hour = 0
    for found, group in groupby(hours, key=lambda some: heat(some[1])):
        length = sum(count for count, _ in group)
        yield Run(found, line, hour, length)
        hour += length


def _paths(runs: Sequence[Run]) -> Iterator[tuple[Heat, str]]:
    found: dict[Heat, list[str]] = defaultdict(list)
    for run in runs:
        y = run.line * UNIT + run.heat.middle
        found[run.heat].append(f"M{run.hour * UNIT} {y:g}h{run.length * UNIT}")
    yield from ((heat, "".join(found[heat])) for heat in Heat if heat in found)


def _dates(first: datetime, days: int) -> Iterator[Tick]:
    for line in range(days):
        day = first + line * DAY
        if days <= FEW or day.weekday() == 0:
            yield Tick(share(line + 0.5, days), table.shown(day))


def _in_words(runs: Sequence[Run]) -> str:
    hours = Counter[Heat]()
    for run in runs:
        hours[run.heat] += run.length
    down = hours[Heat.SOME] + hours[Heat.MUCH] + hours[Heat.MOST]
    well, maintained, unknown = hours[Heat.NONE], hours[Heat.MAINTENANCE], hours[Heat.NO_DATA]
    parts = (
        (well, ngettext("%(number)s hour without downtime", "%(number)s hours without downtime", well)),
        (down, ngettext("%(number)s hour with downtime", "%(number)s hours with downtime", down)),
        (
            maintained,
            ngettext("%(number)s hour of maintenance alone", "%(number)s hours of maintenance alone", maintained),
        ),
        (unknown, ngettext("%(number)s hour without data", "%(number)s hours without data", unknown)),
    )
    return saying.listed([words % {"number": number} for number, words in parts if number])
