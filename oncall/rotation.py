"""People taking turns by the clock on a wall. Pure.

The anchor is a naive wall time and a zone, never an offset: a hand-off at nine stays at nine when clocks change, and
the turn across the change is an hour longer or shorter.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from services.maintenance.wall import instant, wall

STEPS = {"hours": timedelta(hours=1), "days": timedelta(days=1), "weeks": timedelta(weeks=1)}
UNITS = (*STEPS, "months")


@dataclass(frozen=True, slots=True)
class Turn:
    """One participant's time, half open: from one hand-off to the next, UTC."""

    start: datetime
    end: datetime
    participant: str


@dataclass(frozen=True, slots=True)
class Rotation:
    """Turns of ``length`` times ``unit`` from the naive wall time ``start`` in ``zone``, and before it likewise."""

    start: datetime
    zone: ZoneInfo
    unit: str
    length: int
    participants: tuple[str, ...]

    def handoff(self, number: int) -> datetime:
        """Return the instant, UTC, of hand-off ``number``: 0 is the anchor, those before it are negative.

        A month is counted from the anchor and its day clamped: 31 January, 28 February, 31 March.
        """
        return instant(self._shown(number), self.zone)

    def index_at(self, at: datetime) -> int:
        """Return the number of the last hand-off at or before the aware ``at``."""
        number = self._guess(wall(at, self.zone))
        while self.handoff(number) > at:
            number -= 1
        while self.handoff(number + 1) <= at:
            number += 1
        return number

    def at(self, at: datetime) -> str:
        """Return whose turn it is at the aware ``at``; empty where nobody takes part."""
        return self._participant(self.index_at(at)) if self.participants else ""

    def turns(self, start: datetime, end: datetime) -> Iterator[Turn]:
        """Yield, in order, the whole turns that meet ``[start, end)``; none where nobody takes part.

        Hand-offs that fall on one instant make no turn, and the next participant has theirs.
        """
        if not self.participants or end <= start:
            return
        number = self.index_at(start)
        begins = self.handoff(number)
        while begins < end:
            ends = self.handoff(number + 1)
            if begins < ends:
                yield Turn(begins, ends, self._participant(number))
            number, begins = number + 1, ends

    def _participant(self, number: int) -> str:
        return self.participants[number % len(self.participants)]

    def _shown(self, number: int) -> datetime:
        if self.unit in STEPS:
            return self.start + number * self.length * STEPS[self.unit]
        months = self.start.year * 12 + self.start.month - 1 + number * self.length
        year, month = months // 12, months % 12 + 1
        return self.start.replace(year=year, month=month, day=min(self.start.day, monthrange(year, month)[1]))

    def _guess(self, shown: datetime) -> int:
        if self.unit in STEPS:
            return (shown - self.start) // (self.length * STEPS[self.unit])
        return ((shown.year - self.start.year) * 12 + shown.month - self.start.month) // self.length
