"""A service's last 90 days from its status changes, and how often the clock alone moves them. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.status import Status
from services.uptime import DAY, HOUR, LONGEST, MINUTE, Change, Day, Interval, as_of, days, floor, intervals, window
from statuspage.runs import HOURS, Gap
from statuspage.service_view import ServiceView


@dataclass(frozen=True, slots=True)
class Turn:
    """A status change within the window, as uptime takes it; ``None`` is "no data".

    ``birth`` is the first of all: what lies before it is no data either, but nothing that anybody could have known.
    """

    at: datetime
    old: Status | None
    new: Status | None
    birth: bool = False


def history(turns: Sequence[Turn], current: Status | None, now: datetime) -> list[Day]:
    """Return the last 90 days, as of the last time that the clock moved the figures.

    ``turns`` are those since the window began; the state before the first of them is its ``old``.
    """
    initial = turns[0].old if turns else current
    changes = [Change(turn.at, turn.new) for turn in turns]
    until = as_of(changes, now, initial=initial)
    return days(intervals(changes, window(now, LONGEST), until, initial=initial), until, LONGEST, current)


def gaps(turns: Sequence[Turn], current: Status | None, now: datetime) -> dict[date, tuple[Gap, ...]]:
    """Return the hours of each of the last 90 days of which nobody knows, rounded, but for whole days.

    Today's last to midnight while they go on: so the clock moves nothing.
    """
    initial = turns[0].old if turns else current
    if initial is not None and all(turn.new is not None for turn in turns):
        # So it is with most services, and a page may have thousands.
        return {}
    found: dict[date, tuple[Gap, ...]] = {}
    changes = [Change(turn.at, turn.new) for turn in turns]
    parts = intervals(changes, window(now, LONGEST), floor(now, DAY) + DAY, initial=initial)
    for part in (part for part in parts if part.status is None):
        for day, gap in _by_day(part):
            found[day] = (*found.get(day, ()), gap)
    return found


def step(service: ServiceView) -> timedelta:
    """Return how often the clock moves what is shown of this service: without downtime only the days move on."""
    if service.is_known and service.status.is_down:
        return MINUTE
    return HOUR if service.was_down or service.watched or not service.is_settled else DAY


def _by_day(part: Interval) -> Iterator[tuple[date, Gap]]:
    day = floor(part.start, DAY)
    while day < part.end:
        first, last = (round((at - day) / HOUR) for at in (max(part.start, day), min(part.end, day + DAY)))
        if 0 < last - first < HOURS:
            yield day.date(), Gap(first, last)
        day += DAY
