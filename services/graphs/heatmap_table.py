"""Uptime by hour as a table by day, for whoever does not see the picture. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import NamedTuple, TypeAlias

from django.utils.translation import pgettext

from services import dates, saying
from services.lengths import duration
from services.uptime import Uptime

# So many hours in a row that are made of the same.
Hours: TypeAlias = tuple[int, Uptime]


class Day(NamedTuple):
    """A day by where it begins, its uptime in words, and its hours with downtime."""

    start: datetime
    uptime: str
    hours: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: a day, or adjoining ones of one figure without downtime; ``hours`` are those with some."""

    days: str
    uptime: str
    hours: str


def downtimes(hours: Sequence[Hours]) -> str:
    """Name the hours with downtime and how much each had."""
    each = [found for count, found in hours for _ in range(count)] if any(found.down for _, found in hours) else []
    return saying.listed([f"{hour:02}:00 {duration(found.down)}" for hour, found in enumerate(each) if found.down])


def rows(days: Sequence[Day]) -> Iterator[Row]:
    """Yield the lines of the table, newest first."""
    for (text, hours), group in groupby(reversed(days), key=lambda day: day[1:]):
        starts = [day.start for day in group]
        if hours:
            yield from (Row(shown(start), text, hours) for start in starts)
        else:
            several = spanned(shown(starts[-1]), shown(starts[0]))
            yield Row(several if len(starts) > 1 else shown(starts[0]), text, "")


def shown(day: datetime) -> str:
    """Return a day as people write it."""
    return dates.said(day, "short")


def spanned(first: str, last: str) -> str:
    """Return a stretch of time by where it begins and ends."""
    return pgettext("stretch of time", "%(first)s to %(last)s") % {"first": first, "last": last}
