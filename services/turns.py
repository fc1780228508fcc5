"""The rows behind an uptime figure: which stretch of time stood in which status, how it counts, and why. Pure.

The figure is made of :class:`services.uptime.Interval`; these are the same intervals with what caused each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from services.status import Status
from services.uptime import Change, Interval

MAINTENANCE = "maintenance"


class Counts(StrEnum):
    """How a stretch of time counts in uptime."""

    UP = "up"
    DOWN = "down"
    PARTLY = "partly"
    MAINTENANCE = MAINTENANCE
    NO_DATA = "no_data"

    @property
    def rule(self) -> str:
        """Return the rule: ``counted``, ``maintenance`` or ``no_data``."""
        return "counted" if self in (Counts.UP, Counts.DOWN, Counts.PARTLY) else self.value

    @property
    def label(self) -> str:
        """Return the words that people read."""
        return _LABEL[self]


_LABEL = {
    Counts.UP: "Counted, up",
    Counts.DOWN: "Counted, down",
    Counts.PARTLY: "Counted, down",
    Counts.MAINTENANCE: "Maintenance: left out",
    Counts.NO_DATA: "No data: left out",
}
_COUNTS = {
    None: Counts.NO_DATA,
    Status.MAINTENANCE: Counts.MAINTENANCE,
    Status.PARTIAL_OUTAGE: Counts.PARTLY,
    Status.MAJOR_OUTAGE: Counts.DOWN,
}


@dataclass(frozen=True, slots=True)
class Turn:
    """A row of the change history: from ``at`` on it stood in ``status``, which uptime takes for ``taken``.

    ``rule`` is the row's own; ``source``, ``message`` and ``actor`` say what caused it.
    """

    at: datetime
    status: Status
    taken: Status | None
    rule: str = "counted"
    source: str = ""
    message: str = ""
    actor: str = ""

    @property
    def change(self) -> Change:
        """Return it as uptime reads it."""
        return Change(self.at, self.taken)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Half open ``[start, end)``, since one turn and until the next. Without a turn it lies before the first."""

    start: datetime
    end: datetime
    turn: Turn | None

    @property
    def length(self) -> timedelta:
        """Return how long it lasted."""
        return self.end - self.start

    @property
    def seconds(self) -> float:
        """Return how long it lasted, in seconds."""
        return self.length.total_seconds()

    @property
    def interval(self) -> Interval:
        """Return it as uptime reads it."""
        return Interval(self.start, self.end, self.turn.taken if self.turn else None)

    @property
    def counts(self) -> Counts:
        """Return how it counts."""
        return _COUNTS.get(self.interval.status, Counts.UP)


def stretches(turns: Iterable[Turn], start: datetime, end: datetime) -> Iterator[Stretch]:
    """Yield what fills ``[start, end)``, in order. ``turns`` are in order of time, too."""
    since, stood = start, None
    for turn in turns:
        if turn.at >= end:
            break
        if turn.at > since:
            yield Stretch(since, turn.at, stood)
            since = turn.at
        stood = turn
    if since < end:
        yield Stretch(since, end, stood)


def sheltered(own: Sequence[Turn], service: Sequence[Turn]) -> list[Turn]:
    """Return a component's turns with the maintenance of its service laid over them.

    Work on a service is work on its parts: their time is left out, too, whatever breaks in it.
    """
    found: list[Turn] = []
    mine: Turn | None = None
    shelter = False
    for turn, is_own in sorted([(one, False) for one in service] + [(one, True) for one in own], key=_order):
        if is_own:
            mine = turn
        else:
            shelter = turn.rule == MAINTENANCE
        if mine is not None:
            now = _now(mine, turn, shelter=shelter)
            if is_own or now.taken is not found[-1].taken:
                found.append(now)
    return found


def _order(pair: tuple[Turn, bool]) -> tuple[datetime, bool]:
    # Of two at one instant the service's comes first: who is born in a window is sheltered at once.
    return pair[0].at, pair[1]


def _now(mine: Turn, cause: Turn, *, shelter: bool) -> Turn:
    if shelter and mine.taken is not None:
        return replace(cause, status=mine.status, taken=Status.MAINTENANCE, rule=MAINTENANCE)
    return replace(cause, status=mine.status, taken=mine.taken, rule=mine.rule)
