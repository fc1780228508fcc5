"""The database's clock: leases of several machines are judged by one."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from django.db import connection
from django.utils import timezone

Clock: TypeAlias = Callable[[], datetime]
# In seconds: for so long this machine's own clock counts on from the database's.
TRUSTED: Final = 1.0


def database_now() -> datetime:
    """Return what the database takes for now. SQLite has no other clock than this machine's."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [now] = cursor.fetchone()
    found: datetime = now
    return found


def past(at: datetime) -> datetime:
    """Return ``at``, or now where that is still to come: whoever told of it may have a clock that is ahead."""
    return min(at, database_now())


class Nearly:
    """The database's clock, counted on by this machine's between two questions: for moments that no lease hangs on."""

    def __init__(self, clock: Clock = database_now, steady: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._steady = clock, steady
        # Together, because several threads ask.
        self._known: tuple[datetime, float] | None = None

    def __call__(self) -> datetime:
        """Return what the database takes for now, give or take what two clocks differ by after a second."""
        known = self._known
        if known is None or self._steady() - known[1] > TRUSTED:
            known = self._known = self._clock(), self._steady()
        found, asked = known
        return found + timedelta(seconds=self._steady() - asked)
