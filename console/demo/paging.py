"""The clock of pages, pushed along while something is new: steps fire when they are due, and people see it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from alerts.paging import clock
from console.demo.acts import Act

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
# As long as anybody at Fernhill lets a page climb.
CLIMBS = timedelta(minutes=15)


def climbing(began: datetime, now: datetime) -> Iterator[Act]:
    """Yield the ticks after something began at ``began``, none of them after ``now``."""
    at = began + SECOND
    while at <= min(began + CLIMBS, now):
        yield Act(at, clock.tick)
        at += MINUTE
