"""How an uptime figure comes about: the window, the stretches of time in it, and the sum. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.figure import Uptime, Weight
from services.status import Status
from services.turns import Stretch, Turn, stretches
from services.uptime import DAY, Interval, as_of, uptime, window


@dataclass(frozen=True, slots=True)
class Span:
    """A window that ends now: 24 hours to the second, or days from midnight UTC, today being the last of them."""

    key: str
    label: str
    days: int

    def since(self, now: datetime, until: datetime) -> datetime:
        """Return where it begins; ``until`` is the instant as of which figures are taken at ``now``."""
        return until - DAY if self.key == "24h" else window(now, self.days)


SPANS = {
    span.key: span
    for span in [Span("24h", "24 hours", 1), *(Span(str(n), f"{n} days", n) for n in (7, 30, 60, 90, 365))]
}
DEFAULT = "30"
LONGEST_SPAN = 365


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A figure and what it is made of; ``rows`` are in order of time.

    ``stands`` is what uptime takes the status of this moment for; ``None`` is "no data".
    """

    span: Span
    since: datetime
    until: datetime
    rows: tuple[Stretch, ...]
    uptime: Uptime
    stands: Status | None

    @property
    def intervals(self) -> list[Interval]:
        """Return the rows as uptime reads them."""
        return [row.interval for row in self.rows]

    @property
    def unknown(self) -> timedelta:
        """Return the time without data."""
        return self.until - self.since - self.uptime.observed - self.uptime.maintenance

    @property
    def formula(self) -> str:
        """Return the sum with its numbers put in; empty where nothing was observed."""
        if not self.uptime.observed:
            return ""
        return f"1 − {self._downtime} ÷ {_seconds(self.uptime.observed)} = {self.uptime.text}"  # noqa: RUF001

    @property
    def _downtime(self) -> str:
        major, partial, down = self.uptime.major, self.uptime.partial, self.uptime.down
        if Weight.partial == 1 or not partial:
            return _seconds(down)
        return f"({_seconds(major)} + {Weight.partial:g} × {_seconds(partial)})"  # noqa: RUF001


def reckon(turns: Sequence[Turn], span: Span, now: datetime) -> Reckoning:
    """Return the figure of ``span``; ``turns`` reach back at least as far, and to where they say how it stood then."""
    until = as_of([turn.change for turn in turns], now)
    since = span.since(now, until)
    rows = tuple(stretches(turns, since, until))
    stands = turns[-1].taken if turns else None
    return Reckoning(span, since, until, rows, uptime(row.interval for row in rows), stands)


def downtime(row: Stretch) -> timedelta:
    """Return how much of a stretch counts as downtime."""
    return uptime([row.interval]).down


def _seconds(length: timedelta) -> str:
    seconds = length.total_seconds()
    # Of an hour or more the parts of a second say nothing; the number keeps its unit beside it.
    text = f"{seconds:,.0f}" if seconds >= 3600 else f"{seconds:,.3f}".rstrip("0").rstrip(".")
    return f"{text}\u00a0s"
