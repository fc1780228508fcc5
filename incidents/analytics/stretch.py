"""The time that figures are taken of, the same time before it, and the weeks it is made of. Pure, UTC throughout."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.uptime import DAY, floor, window

# By the word that the address has for it. More than a day is whole days in UTC, of which today is the last.
LENGTHS = {"24h": DAY, "7d": 7 * DAY, "30d": 30 * DAY, "90d": 90 * DAY}
DEFAULT = "30d"
WORDS = {"24h": "24 hours", "7d": "7 days", "30d": "30 days", "90d": "90 days"}
CHOICES = list(WORDS.items())
WEEK = 7 * DAY


@dataclass(frozen=True, slots=True)
class Stretch:
    """Half open ``[start, end)``; ``length`` is what it is called by, of which today is still under way."""

    start: datetime
    end: datetime
    length: timedelta

    @property
    def before(self) -> Stretch:
        """Return the same time just as long ago: as much of its last day has gone by as of today."""
        return Stretch(self.start - self.length, self.end - self.length, self.length)

    @property
    def step(self) -> str:
        """Return by what its trend is told."""
        return "week" if self.length > WEEK else "day"

    def steps(self) -> Iterator[tuple[datetime, datetime]]:
        """Yield its days, or its weeks from Monday on; the first and the last are cut where it begins and ends."""
        start = self.start
        while start < self.end:
            end = min(_next(start, self.step), self.end)
            yield start, end
            start = end

    def holds(self, at: datetime) -> bool:
        """Say whether an instant lies in it."""
        return self.start <= at < self.end


def stretch(word: str, now: datetime) -> Stretch:
    """Return the last hours or days, of a word of ``LENGTHS``."""
    length = LENGTHS[word]
    return Stretch(now - DAY if length == DAY else window(now, length // DAY), now, length)


def _next(start: datetime, step: str) -> datetime:
    day = floor(start, DAY)
    return day + (7 - day.weekday()) * DAY if step == "week" else day + DAY
