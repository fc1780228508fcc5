"""The periods over which uptime is promised. Pure, and UTC throughout: no day is 23 hours long."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from services.uptime import DAY, midnight, window

ROLLING_DAYS = 30
ROLLING = "rolling_30"
MONTHS_OF_A_QUARTER = 3
_INSTANT = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Period:
    """Half open ``[start, end)``. ``rolls`` says that it moves on by a day each midnight."""

    start: datetime
    end: datetime
    rolls: bool = False

    @property
    def length(self) -> timedelta:
        """Return how long it is in all."""
        return self.end - self.start

    def latest(self, now: datetime) -> datetime:
        """Return ``now``, or the last instant of a period that is over."""
        return min(now, self.end - _INSTANT)

    @property
    def last_day(self) -> date:
        """Return the last day that it touches."""
        return (self.end - _INSTANT).date()


def month(now: datetime) -> Period:
    """Return the calendar month of ``now``."""
    return _months(now, 1)


def quarter(now: datetime) -> Period:
    """Return the calendar quarter of ``now``."""
    return _months(now, MONTHS_OF_A_QUARTER)


def rolling(now: datetime) -> Period:
    """Return the thirty days that end with today: the same as everywhere else where thirty days are spoken of."""
    start = window(now, ROLLING_DAYS)
    return Period(start, start + ROLLING_DAYS * DAY, rolls=True)


# By the word that a service has for it.
PERIODS: dict[str, Callable[[datetime], Period]] = {"month": month, "quarter": quarter, ROLLING: rolling}


def current(kind: str, now: datetime) -> Period:
    """Return the period of this kind that holds ``now``."""
    return PERIODS[kind](now)


def previous(kind: str, now: datetime) -> Period:
    """Return the period of this kind that ended when the present one began."""
    return current(kind, current(kind, now).start - _INSTANT)


def title(kind: str, start: datetime) -> str:
    """Return how people call the period of this kind that begins at ``start``; a rolling one is named by its day."""
    day = start.astimezone(UTC).date()
    if kind == ROLLING:
        return f"{ROLLING_DAYS} days to {day.day} {day:%b %Y}"
    if kind == "quarter":
        return f"{day:%B} to {current(kind, start).last_day:%B %Y}"
    return f"{day:%B %Y}"


def _months(now: datetime, count: int) -> Period:
    day = now.astimezone(UTC).date()
    return Period(_first(day.year, _begun(day.month, count)), _first(day.year, _begun(day.month, count) + count))


def _begun(month: int, count: int) -> int:
    return (month - 1) // count * count + 1


def _first(year: int, month: int) -> datetime:
    return midnight(date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1))
