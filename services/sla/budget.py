"""What a target allows and how fast it is used up. Pure: no database, no clock.

The allowance of a period = (1 - target) x (the whole period - maintenance so far - time without data so far). What is
still to come counts as time that will be observed, so at the end of the period the allowance is overdrawn exactly when
the availability is below the target.

The burn rate of any stretch = (downtime / time observed) / (1 - target): 1 uses up the budget just by the end of the
period, 2 in half of it. For the period so far that is the share of the budget used, divided by the share of the period
gone by. The same over the last hour, six hours and day tells an outage from a slow leak: "Alerting on SLOs" in
Google's Site Reliability Workbook, https://sre.google/workbook/alerting-on-slos/, pages people at 14.4 over one hour
and at 6 over six.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from services.sla.period import Period
from services.uptime import DAY, HOUR, Interval, Uptime, clip, uptime

# So much of the allowance is used when a warning is due.
WARN_AT = Decimal(80)
WINDOWS = {"1h": HOUR, "6h": 6 * HOUR, "24h": DAY}
_MICROSECOND = timedelta(microseconds=1)
_WHOLE = Decimal(100)


class State(StrEnum):
    """How a promise stands, worst last but for the two that say nothing."""

    NO_TARGET = "no_target"
    NO_DATA = "no_data"
    KEPT = "kept"
    WARNING = "warning"
    BREACH = "breach"

    @property
    def label(self) -> str:
        """Return the words that people read."""
        return _LABELS[self]


_LABELS = {
    State.NO_TARGET: "No target",
    State.NO_DATA: "No data",
    State.KEPT: "Kept",
    State.WARNING: "Nearly used up",
    State.BREACH: "Breached",
}


@dataclass(frozen=True, slots=True)
class Budget:
    """A period as of ``at``: ``seen`` is what was made of it until then; ``target`` in percent, or no promise."""

    period: Period
    at: datetime
    seen: Uptime
    target: Decimal | None

    @property
    def unseen(self) -> timedelta:
        """Return the time so far of which nobody knows."""
        return max(self.at - self.period.start, timedelta()) - self.seen.observed - self.seen.maintenance

    @property
    def countable(self) -> timedelta:
        """Return how much of the whole period can be observed."""
        return self.period.length - self.seen.maintenance - self.unseen

    @property
    def allowance(self) -> timedelta | None:
        """Return how long it may be down in this period."""
        return None if self.target is None else _percent(self.countable, _WHOLE - self.target)

    @property
    def left(self) -> timedelta | None:
        """Return what is left of the allowance; negative when it is overdrawn."""
        return None if self.allowance is None else self.allowance - self.seen.down

    @property
    def overdrawn(self) -> timedelta | None:
        """Return by how much it is overdrawn; ``None`` when it is not."""
        return -self.left if self.left is not None and self.left < timedelta() else None

    @property
    def used(self) -> float | None:
        """Return the share of the allowance that is used; above 1 when it is overdrawn.

        ``None`` without a target, and for downtime where none at all is allowed.
        """
        if self.allowance is None:
            return None
        if not self.seen.down:
            return 0.0
        return self.seen.down / self.allowance if self.allowance else None

    @property
    def burn_rate(self) -> float | None:
        """Return the burn rate of the period so far; see :func:`burn`."""
        return burn(self.seen, self.target)

    @property
    def ends_at(self) -> datetime | None:
        """Return when nothing is left if it goes on like this.

        ``None`` when it lasts, when nothing is left already, and where old downtime leaves as new comes.
        """
        if self.period.rolls or not self.seen.down or self.left is None or self.left <= timedelta():
            return None
        speed = self.seen.down / self.seen.observed
        to_come = self.period.end - self.at
        return self.at + self.left / speed if self.left < to_come * speed else None

    @property
    def state(self) -> State:
        """Return how the promise stands."""
        if self.allowance is None:
            return State.NO_TARGET
        if not self.seen.observed:
            return State.NO_DATA
        if self.seen.down > self.allowance:
            return State.BREACH
        warned = self.seen.down and self.seen.down >= _percent(self.allowance, WARN_AT)
        return State.WARNING if warned else State.KEPT


def budget(parts: Sequence[Interval], period: Period, now: datetime, target: Decimal | None) -> Budget:
    """Return the budget of a period as of ``now``, or as of its end; ``parts`` fill at least the time until then."""
    at = max(period.start, min(now, period.end))
    return Budget(period, at, uptime(clip(parts, period.start, at)), target)


def is_due(state: State, said: Collection[str]) -> bool:
    """Say whether a promise has come to something that is not recorded yet; after a breach nobody needs a warning."""
    return state in (State.WARNING, State.BREACH) and state not in said and State.BREACH not in said


def is_over(budget: Budget) -> bool:
    """Say whether what was recorded of a rolling period has passed by: less than 80 % is used, or it rolls no more."""
    return not budget.period.rolls or budget.state not in (State.WARNING, State.BREACH)


def burn(seen: Uptime, target: Decimal | None) -> float | None:
    """Return how many times faster than the target allows a budget is used.

    0 without downtime; ``None`` without a target, where nothing was observed, and for downtime where none is allowed.
    """
    if target is None or not seen.observed:
        return None
    if not seen.down:
        return 0.0
    allowed = float((_WHOLE - target) / _WHOLE)
    return seen.down / seen.observed / allowed if allowed else None


def burns(parts: Sequence[Interval], at: datetime, target: Decimal | None) -> dict[str, float | None]:
    """Return the burn rate of each of ``WINDOWS``, all of which end at ``at``."""
    return {name: burn(uptime(clip(parts, at - length, at)), target) for name, length in WINDOWS.items()}


def _percent(length: timedelta, percent: Decimal) -> timedelta:
    """Return a share of a time, cut to microseconds: whoever is above it is above the exact share, too."""
    return timedelta(microseconds=int(percent * (length // _MICROSECOND) / _WHOLE))
