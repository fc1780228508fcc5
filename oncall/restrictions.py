"""Hours of the week, judged by the clock of a zone: when a layer counts, when a policy works. Pure.

A restriction is ``{"days": [0, 4], "from": "09:00", "to": "17:00"}``, Monday being 0. It belongs to the day that it
starts on; where ``to`` is not after ``from`` it ends on the next one. No restriction at all means always.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from services.maintenance.wall import instant, wall

DAY = timedelta(days=1)
Interval = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Window:
    """One restriction: on ``days`` (Monday is 0), from ``begins`` to ``ends``."""

    days: frozenset[int]
    begins: time
    ends: time

    def on(self, day: date, zone: ZoneInfo) -> Interval | None:
        """Return its instants, UTC, where it starts on ``day``. It ends with the last of a repeated hour."""
        if day.weekday() not in self.days:
            return None
        last_day = day if self.ends > self.begins else day + DAY
        start = instant(datetime.combine(day, self.begins), zone)
        end = instant(datetime.combine(last_day, self.ends), zone, last=True)
        return (start, end) if start < end else None


def windows(restrictions: Iterable[Mapping[str, Any]]) -> tuple[Window, ...]:
    """Return checked restrictions as windows."""
    return tuple(
        Window(frozenset(each["days"]), time.fromisoformat(each["from"]), time.fromisoformat(each["to"]))
        for each in restrictions
    )


def open_times(limits: Sequence[Window], zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[Interval]:
    """Yield, in order and apart from each other, the parts of ``[start, end)`` that lie inside; all of it for none."""
    if not limits:
        yield (start, end)
        return
    held: Interval | None = None
    for begins, ends in sorted(_all(limits, zone, start, end)):
        begins, ends = max(begins, start), min(ends, end)
        if begins >= ends:
            continue
        if held is not None and begins <= held[1]:
            held = (held[0], max(held[1], ends))
            continue
        if held is not None:
            yield held
        held = (begins, ends)
    if held is not None:
        yield held


def is_open(limits: Sequence[Window], zone: ZoneInfo, at: datetime) -> bool:
    """Say whether the aware ``at`` lies inside; always for none."""
    return not limits or any(begins <= at < ends for begins, ends in _all(limits, zone, at, at))


def _all(limits: Sequence[Window], zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[Interval]:
    # Two days before: a window over midnight, in a zone that skips a day.
    day, last = wall(start, zone).date() - 2 * DAY, wall(end, zone).date()
    while day <= last:
        yield from (found for limit in limits if (found := limit.on(day, zone)))
        day += DAY
