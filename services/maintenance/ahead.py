"""What a plan comes to, before it is made: its windows, with what clocks do to them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from services.maintenance.limits import check_rule, check_times, zone_of
from services.maintenance.recurrence import Occurrence
from services.maintenance.repeat import words
from services.maintenance.rule import clean
from services.maintenance.wall import crossing, wall


@dataclass(frozen=True, slots=True)
class Coming:
    """One window to come: UTC instants, the times on the wall, and sentences about changes of clocks."""

    start: datetime
    end: datetime
    local_start: str
    local_end: str
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A rule, in words, and its first windows."""

    recurrence: str
    words: str
    occurrences: list[Coming]


def look_ahead(
    start: datetime,
    end: datetime,
    timezone: str,
    rule: str,
    now: datetime,
    count: int = 10,
    *,
    planned: bool = True,
) -> Plan:
    """Return what would be planned; raises ``ValidationError`` by field, as planning would.

    ``planned`` says that the start is typed; that of a window under way may lie long ago.
    """
    zone = zone_of(timezone)
    start, end = start.replace(microsecond=0), end.replace(microsecond=0)
    check_times(start, end, now, planned=planned)
    if not rule.strip():
        return Plan("", "once", [_coming(_single(start, end, zone), zone)])
    found = check_rule(rule, start, end, zone, count)
    said = words(clean(rule), wall(start, zone), timezone)
    return Plan(clean(rule), said, [_coming(one, zone) for one in found])


def _single(start: datetime, end: datetime, zone: ZoneInfo) -> Occurrence:
    begins, ends = start.astimezone(UTC), end.astimezone(UTC)
    return Occurrence(begins, ends, wall(begins, zone), tuple(crossing(begins, ends, zone)))


def _coming(one: Occurrence, zone: ZoneInfo) -> Coming:
    starts, ends = (wall(at, zone).isoformat(timespec="minutes") for at in (one.start, one.end))
    return Coming(one.start, one.end, starts, ends, one.warnings)
