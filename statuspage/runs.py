"""Days of a service drawn together: the runs that lists tell, and the pieces that the bar is made of. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from services.bars import NO_DATA
from services.lengths import duration, in_days
from services.status import Status
from services.uptime import Day
from statuspage import states

HOURS = 24


@dataclass(frozen=True, slots=True)
class Gap:
    """Hours of a day of which nobody knows: ``[first, last)``, in whole hours."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the bar, in days; ``css`` is the status or ``no_data``."""

    x: str
    width: str
    css: str


@dataclass(frozen=True, slots=True)
class Run:
    """Adjoining days of equal status, or one day of which a part was down or unknown. ``status`` None is "no data"."""

    first: date
    last: date
    offset: int
    length: int
    status: Status | None
    down: timedelta
    gaps: tuple[Gap, ...] = ()

    @property
    def label(self) -> str:
        """Return the status in words."""
        return states.status(self.css)

    @property
    def css(self) -> str:
        """Return the status as a word for a class name."""
        return self.status.value if self.status else NO_DATA

    @property
    def days(self) -> str:
        """Return how many days it is of in words."""
        return in_days(self.length)

    @property
    def down_text(self) -> str:
        """Return how long it was down in words, empty when it was not."""
        return duration(self.down) if self.down else ""

    @property
    def stands_alone(self) -> bool:
        """Say whether there is more to tell of this day than its status."""
        return bool(self.down or self.gaps)

    @property
    def pieces(self) -> Iterator[Piece]:
        """Yield what is drawn: one piece, or a day cut where nobody knew."""
        at = 0
        for gap in self.gaps:
            if gap.first > at:
                yield self._piece(at, gap.first, self.css)
            yield self._piece(gap.first, gap.last, NO_DATA)
            at = gap.last
        if at < HOURS * self.length:
            yield self._piece(at, HOURS * self.length, self.css)

    def _piece(self, first: int, last: int, css: str) -> Piece:
        return Piece(_days(self.offset + first / HOURS), _days((last - first) / HOURS), css)


def runs(days: Sequence[Day], gaps: Mapping[date, tuple[Gap, ...]] | None = None) -> tuple[Run, ...]:
    """Draw equal days together; a day with downtime stands alone, because it has a figure of its own."""
    found: list[Run] = []
    for offset, day in enumerate(days):
        one = Run(day.date, day.date, offset, 1, day.status, day.uptime.down, _of(day, gaps))
        last = found[-1] if found else None
        if last and last.status is one.status and not last.stands_alone and not one.stands_alone:
            found[-1] = Run(last.first, day.date, last.offset, last.length + 1, day.status, last.down)
        else:
            found.append(one)
    return tuple(found)


def _of(day: Day, gaps: Mapping[date, tuple[Gap, ...]] | None) -> tuple[Gap, ...]:
    # A day of which nothing is known is no day with a gap.
    return gaps.get(day.date, ()) if gaps and day.status else ()


def _days(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
