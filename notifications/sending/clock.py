"""The database's clock: leases of several machines are judged by one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from django.db import connection
from django.utils import timezone

Clock: TypeAlias = Callable[[], datetime]


def database_now() -> datetime:
    """Return what the database takes for now. SQLite has no other clock than this machine's."""
    if connection.vendor != "postgresql":
        return timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        [now] = cursor.fetchone()
    found: datetime = now
    return found
