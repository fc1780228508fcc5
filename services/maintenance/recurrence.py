"""Rules of recurrence (RRULE, RFC 5545), judged as wall time in a zone. Pure: no database, no clock.

A rule says on which days; the time of day is that of the anchor, the wall time of the first window. A window's length
is a duration: 02:00 to 04:00 lasts two hours on the nights when clocks change as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from services.maintenance.rule import BadRule, parse
from services.maintenance.wall import crossing, instant, is_repeated, is_skipped, wall

# Ten leap days lie within. It also bounds the search of a rule that names a day which never comes.
HORIZON = timedelta(days=41 * 365.25)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One window of a rule: UTC instants, the start that the rule names on the wall, and what clocks do to it."""

    start: datetime
    end: datetime
    named: datetime
    warnings: tuple[str, ...]


def starts(rule: str, anchor: datetime, zone: ZoneInfo, *, after: datetime | None = None) -> Iterator[datetime]:
    """Yield the UTC instants at which windows begin, in order, none twice; those later than ``after`` where given.

    ``anchor`` is the naive wall time of the first. A time in a gap begins after the gap, one that comes twice at its
    first. Raises :class:`BadRule`.
    """
    for _, at in _walk(rule, anchor, zone, after):
        yield at


def occurrences(
    rule: str, anchor: datetime, length: timedelta, zone: ZoneInfo, *, after: datetime | None = None
) -> Iterator[Occurrence]:
    """Yield the windows of a rule, each ``length`` long, beginning later than ``after`` where given."""
    for named, at in _walk(rule, anchor, zone, after):
        yield Occurrence(at, at + length, named, tuple(_warnings(named, at, at + length, zone)))


def preview(rule: str, start: datetime, end: datetime, zone: ZoneInfo, count: int = 10) -> list[Occurrence]:
    """Return the first ``count`` windows of a rule whose first one is from ``start`` to ``end`` (aware).

    Raises :class:`BadRule` for a rule that makes no sense, and for windows that would overlap each other.
    """
    begins, anchor = start.astimezone(UTC), wall(start, zone)
    found = list(islice(occurrences(rule, anchor, end.astimezone(UTC) - begins, zone), max(count, 2)))
    if not found:
        raise BadRule("No day fits this rule.")
    if abs(found[0].start - begins) >= timedelta(minutes=1):
        raise BadRule(f"The first window is not one of the rule, whose first is on {_day(found[0].named)}.")
    if any(later.start < earlier.end for earlier, later in pairwise(found)):
        raise BadRule("The windows of this rule would overlap each other: make them shorter, or repeat less often.")
    return found[:count]


def _walk(rule: str, anchor: datetime, zone: ZoneInfo, after: datetime | None) -> Iterator[tuple[datetime, datetime]]:
    """Yield wall time and instant of each start."""
    last = after.astimezone(UTC) if after else None
    seen = max(anchor, wall(after, zone)) if after else anchor
    for named in rrulestr(_bounded(rule, seen, zone), dtstart=anchor):
        at = instant(named, zone)
        if last is None or at > last:
            yield named, at
            last = at


def _bounded(rule: str, seen: datetime, zone: ZoneInfo) -> str:
    """Return the rule with an end that is local and near enough: a rule may go on for ever, a search may not."""
    parts = parse(rule)
    if "COUNT" not in parts:
        limit = min(seen + HORIZON, _until(parts["UNTIL"], zone)) if "UNTIL" in parts else seen + HORIZON
        parts["UNTIL"] = f"{limit:%Y%m%dT%H%M%S}"
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _until(text: str, zone: ZoneInfo) -> datetime:
    """Return the last moment that counts, on the wall: a day counts whole."""
    read = datetime.fromisoformat(text)
    if "T" not in text:
        return read + timedelta(days=1, seconds=-1)
    return wall(read, zone) if read.tzinfo else read


def _warnings(named: datetime, begins: datetime, ends: datetime, zone: ZoneInfo) -> Iterator[str]:
    if is_skipped(named, zone):
        really = wall(begins, zone)
        yield f"{named:%H:%M} does not happen that day: clocks go forward, and it begins at {really:%H:%M}."
    elif is_repeated(named, zone):
        yield f"{named:%H:%M} happens twice that day: it begins at the first."
    yield from crossing(begins, ends, zone)


def _day(named: datetime) -> str:
    return f"{named:%A} {named.day} {named:%B %Y, %H:%M}"
