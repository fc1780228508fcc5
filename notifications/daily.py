"""When a daily message goes, on the clock of a zone. Pure.

A day of 23 or 25 hours has one such instant as well: an hour that clocks skip means the first instant after the gap,
one that comes twice the first of them.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.maintenance.wall import instant, wall


def latest(now: datetime, zone: str, hour: int) -> datetime:
    """Return the last instant up to ``now`` at which the day's message was due, UTC."""
    there = ZoneInfo(zone)
    today = wall(now, there).date()
    days = (today - timedelta(days=back) for back in range(3))
    return next(due for day in days if (due := instant(datetime.combine(day, time(hour)), there)) <= now)
