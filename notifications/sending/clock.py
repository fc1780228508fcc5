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


class Nearly:
    """The database's clock, counted on by this machine's between two questions: for moments that no lease hangs on."""

    def __init__(self, clock: Clock = database_now, steady: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._steady = clock, steady
        self._asked = float("-inf")

    def __call__(self) -> datetime:
        """Return what the database takes for now, give or take what two clocks differ by after a second."""
        passed = self._steady() - self._asked
        if passed > TRUSTED:
            self._found, self._asked, passed = self._clock(), self._steady(), 0.0
        return self._found + timedelta(seconds=passed)
