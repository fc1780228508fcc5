"""From status changes to intervals, from intervals to uptime. Pure: no database, no clock, UTC throughout.

Uptime of a period = 1 - (time in partial_outage or major_outage) / time observed, with maintenance left out of both
sides; partial outages may count for less (:class:`services.figure.Weight`). Time before the service existed, or of
which nobody knows, is "no data" and left out, too. Every figure is taken as of the instant that :func:`as_of` gives, so
that the console, the API and the published page show the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from services.figure import NOTHING
from services.figure import Uptime as Uptime
from services.status import Status, worst

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# The days in which downtime is looked for to tell how often the figures move.
LONGEST = 90
_ANY = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Change:
    """The status turned to ``new`` at ``at``; ``None`` when from there on nobody knows."""

    at: datetime
    new: Status | None


@dataclass(frozen=True, slots=True)
class Interval:
    """Half open ``[start, end)`` in one status; ``None`` is "no data"."""

    start: datetime
    end: datetime
    status: Status | None

    @property
    def length(self) -> timedelta:
        """Return how long it lasted."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Day:
    """One UTC day of a service: its worst status (``None``: no data) and what it is made of."""

    date: date
    status: Status | None
    uptime: Uptime


def intervals(
    changes: Iterable[Change], start: datetime, end: datetime, *, initial: Status | None = None
) -> list[Interval]:
    """Return the intervals that fill ``[start, end)``, in order and adjoining.

    ``changes`` are in order of time; those before ``start`` only say how it stood then. ``initial`` is the status at
    ``start`` for callers that read no earlier change; ``None`` is "no data", as before the service existed.
    """
    if end <= start:
        return []
    found: list[Interval] = []
    since, status = start, initial
    for change in changes:
        if change.at >= end:
            break
        if change.new is status:
            continue
        if change.at > since:
            _extend(found, Interval(since, change.at, status))
            since = change.at
        status = change.new
    _extend(found, Interval(since, end, status))
    return found


def uptime(parts: Iterable[Interval]) -> Uptime:
    """Add up intervals."""
    observed = major = maintenance = partial = NOTHING
    for part in parts:
        if part.status is Status.MAINTENANCE:
            maintenance += part.length
        elif part.status is not None:
            observed += part.length
            if part.status is Status.MAJOR_OUTAGE:
                major += part.length
            elif part.status is Status.PARTIAL_OUTAGE:
                partial += part.length
    return Uptime(observed, major, maintenance, partial)


def clip(parts: Iterable[Interval], start: datetime, end: datetime) -> Iterator[Interval]:
    """Yield what of the intervals lies in ``[start, end)``."""
    for part in parts:
        first, last = max(part.start, start), min(part.end, end)
        if first < last:
            yield Interval(first, last, part.status)


def window(now: datetime, days: int) -> datetime:
    """Return where "the last ``days`` days" begin: midnight UTC, today being the last of them."""
    return midnight(now.astimezone(UTC).date() - timedelta(days=days - 1))


def floor(now: datetime, length: timedelta) -> datetime:
    """Round down to a whole minute, hour or day, UTC."""
    start = midnight(now.astimezone(UTC).date())
    return start + (now - start) // length * length


def as_of(changes: Sequence[Change], now: datetime, *, initial: Status | None = None) -> datetime:
    """Return the instant until which time is counted at ``now``; ``changes`` and ``initial`` as in :func:`intervals`.

    While the service is down that is the last whole minute, after downtime in the longest window the last whole hour,
    in either case not before its last change. Without downtime any instant gives the same figure: it is ``now``, but
    late enough for a service that came to be this moment, perhaps by another machine's clock, to have a figure at all.
    For the same reason the first second of a day always counts.
    """
    today = midnight(now.astimezone(UTC).date())
    begun, ended = today + SECOND, today + DAY - timedelta.resolution
    last = [change.at for change in changes[-1:]]
    status = changes[-1].new if changes else initial
    seen = intervals(changes, window(now, LONGEST), now, initial=initial)
    if status is not None and status.is_down:
        whole = floor(now, MINUTE)
    elif any(part.status is not None and part.status.is_down for part in seen):
        whole = floor(now, HOUR)
    else:
        return max([now, begun, *(min(at + SECOND, ended) for at in last)])
    return max([whole, begun, *last])


def days(parts: Sequence[Interval], now: datetime, count: int, current: Status | None = None) -> list[Day]:
    """Cut intervals into the last ``count`` UTC days, today (until ``now``) last.

    ``current`` is the status at this moment: it shows on today before any time of it has been counted.
    """
    first = window(now, count)
    found = []
    at = 0
    for number in range(count):
        start = first + number * DAY
        end = min(start + DAY, now)
        while at < len(parts) - 1 and parts[at].end <= start:
            at += 1
        if parts and parts[at].start <= start and end <= parts[at].end:
            # Most days are of one piece; a page of many services is made of little else.
            found.append(Day(start.date(), parts[at].status, whole(parts[at].status, end - start)))
            continue
        of_day = list(clip(_from(parts, at, end), start, end))
        found.append(Day(start.date(), _worst_seen(of_day), uptime(of_day)))
    if current is not None:
        found[-1] = replace(found[-1], status=worst([current, found[-1].status or current]))
    return found


@lru_cache(maxsize=64)
def whole(status: Status | None, length: timedelta) -> Uptime:
    """Return what a period of one status is made of."""
    return uptime([Interval(_ANY, _ANY + length, status)])


def midnight(day: date) -> datetime:
    """Return the UTC instant at which a day begins."""
    return datetime.combine(day, time(), UTC)


def _extend(found: list[Interval], part: Interval) -> None:
    # Two changes at one instant may lead back to the status that stood before them.
    if found and found[-1].status is part.status:
        part = Interval(found.pop().start, part.end, part.status)
    found.append(part)


def _from(parts: Sequence[Interval], at: int, end: datetime) -> Iterator[Interval]:
    for part in parts[at:]:
        if part.start >= end:
            return
        yield part


def _worst_seen(parts: Iterable[Interval]) -> Status | None:
    seen = [part.status for part in parts if part.status is not None]
    return worst(seen) if seen else None
