"""Between the clock on a wall and the instant it shows. Pure.

Aware times of one zone are never compared: Python would compare what the walls show (two instants of a repeated hour
are equal to it). Everything here gives UTC.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)


def instant(shown: datetime, zone: ZoneInfo, *, last: bool = False) -> datetime:
    """Return the UTC instant at which the clock of ``zone`` shows the naive ``shown``.

    A time that clocks skip means the first instant after the gap. Of a time that comes twice the first, or with
    ``last`` the second: a window that ends then covers the whole repeated hour.
    """
    first, second = (shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    if first > second:
        return _change_between(second, first, zone)
    return second if last else first


def wall(at: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clock of ``zone`` shows at an aware instant, naive."""
    return at.astimezone(zone).replace(tzinfo=None)


def is_skipped(shown: datetime, zone: ZoneInfo) -> bool:
    """Say whether the clock of ``zone`` never shows ``shown``."""
    first, second = (shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first > second


def is_repeated(shown: datetime, zone: ZoneInfo) -> bool:
    """Say whether the clock of ``zone`` shows ``shown`` twice."""
    first, second = (shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return first < second


def warnings(start: datetime, end: datetime, zone: ZoneInfo) -> list[str]:
    """Return what people must know of a window of naive wall times that meets a change of clocks."""
    begins, ends = instant(start, zone), instant(end, zone, last=True)
    return [*_at_one(start, begins, zone, "begins"), *_at_one(end, ends, zone, "ends"), *crossing(begins, ends, zone)]


def crossing(begins: datetime, ends: datetime, zone: ZoneInfo) -> list[str]:
    """Return a sentence when clocks change between two instants."""
    change = _offset(ends, zone) - _offset(begins, zone)
    if not change or ends <= begins:
        return []
    way = "forward" if change > timedelta(0) else "back"
    lasts = spoken(ends - begins)
    return [f"Clocks in {zone} go {way} by {spoken(abs(change))} during it: it really lasts {lasts}."]


def spoken(length: timedelta) -> str:
    """Return a length as people say it: ``1 d 2 h 30 min``."""
    minutes = round(length.total_seconds() / 60)
    parts = ((minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min"))
    return " ".join(f"{number} {unit}" for number, unit in parts if number) or "0 min"


def _at_one(shown: datetime, meant: datetime, zone: ZoneInfo, verb: str) -> Iterator[str]:
    day = f"{shown.day} {shown:%B %Y}"
    if is_skipped(shown, zone):
        really = wall(meant, zone)
        yield f"{shown:%H:%M} does not happen on {day} in {zone}: clocks go forward. It {verb} at {really:%H:%M}."
    elif is_repeated(shown, zone):
        which = "second" if verb == "ends" else "first"
        yield f"{shown:%H:%M} happens twice on {day} in {zone}: clocks go back. It {verb} at the {which}."


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta(0)


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first whole second after ``before`` at which the offset is that of ``after``."""
    offset = _offset(after, zone)
    while after - before > SECOND:
        middle = before + (after - before) // 2
        middle -= timedelta(microseconds=middle.microsecond)
        if middle <= before:
            break
        before, after = (before, middle) if _offset(middle, zone) == offset else (middle, after)
    return after
