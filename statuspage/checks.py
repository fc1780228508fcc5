"""When the public services were last checked, and whether checks are overdue. Pure.

Checks run every few seconds: what is shown is rounded to the minute, and the clock publishes it, not the check.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from services.uptime import MINUTE, floor

# A check that is due runs within seconds, and hangs for a minute at most.
LATE = timedelta(minutes=3)
# So often the clock publishes what checks do. A page of many services is large, and who looks at it fetches it anew.
LARGE = 200
OFTEN, SELDOM = MINUTE, 5 * MINUTE


@dataclass(frozen=True, slots=True)
class Check:
    """The heartbeats of one service: when one last ran, and when the first of those that do not rest is due."""

    last: datetime | None
    due: datetime | None


@dataclass(frozen=True, slots=True)
class Freshness:
    """What the page says: when checks last ran, ``None`` for never, and whether they should have run since."""

    last_ran: datetime | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class Checks:
    """What was known at ``at``, by service; those without heartbeats are left out."""

    at: datetime
    of: Mapping[UUID, Check]

    def last_checked(self, key: UUID) -> datetime | None:
        """Return when a service was last checked, to the minute."""
        found = self.of.get(key)
        return floor(found.last, MINUTE) if found and found.last else None

    @property
    def freshness(self) -> Freshness | None:
        """Return what the page says; ``None`` where nothing is to be checked.

        One check that waits says little while others run. When one waits and none has run lately, nobody runs them.
        """
        due = min((one.due for one in self.of.values() if one.due), default=None)
        if due is None:
            return None
        last = max((one.last for one in self.of.values() if one.last), default=None)
        lately = floor(self.at, MINUTE) - LATE
        overdue = due < lately and (last is None or last < lately)
        return Freshness(floor(last, MINUTE) if last else None, overdue)

    def renewed(self, keys: Collection[UUID], found: Mapping[UUID, Check]) -> Checks:
        """Return the same with what was found of these services."""
        others = {key: check for key, check in self.of.items() if key not in keys}
        return Checks(self.at, others | dict(found))

    def shows_the_same(self, other: Checks) -> bool:
        """Say whether the page would be the same."""
        if self.freshness != other.freshness or self.of.keys() != other.of.keys():
            return False
        return all(self.last_checked(key) == other.last_checked(key) for key in self.of)


def pulse(services: int) -> timedelta:
    """Return how often the clock publishes what checks do, on a page of so many services."""
    return OFTEN if services <= LARGE else SELDOM
