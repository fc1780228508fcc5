"""Forgetting results that are older than was asked for, a little at a time."""

from __future__ import annotations

import time
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from services.checks.rollups import sum_up
from services.models import CheckResult, CheckRollup
from services.uptime import DAY, HOUR, floor

STEP = 1000
# In seconds; what is left waits for the next time.
PATIENCE = 20.0


def prune(now: datetime | None = None) -> int:
    """Delete results of whole UTC days that are older than the retention. Return how many went.

    Before a day goes it is summed a last time: no check is forgotten that is in no sum.
    """
    oldest_kept = floor((now or timezone.now()) - settings.RETENTION_CHECK_RESULTS * DAY, DAY)
    until, gone = time.monotonic() + PATIENCE, 0
    while time.monotonic() < until and (day := _oldest_day()) is not None and day < oldest_kept:
        _sum_day(day)
        gone += _forget(day, until)
    return gone


def _oldest_day() -> datetime | None:
    first = CheckResult.objects.order_by("at").values_list("at", flat=True).first()
    return floor(first, DAY) if first else None


def _sum_day(day: datetime) -> None:
    sum_up(CheckRollup.Period.DAY, day)
    for hour in range(24):
        sum_up(CheckRollup.Period.HOUR, day + hour * HOUR)


def _forget(day: datetime, until: float) -> int:
    """Delete the day's results in short transactions, so that nobody waits for it."""
    gone = 0
    while time.monotonic() < until:
        rows = CheckResult.objects.filter(at__lt=day + DAY).order_by("at")[:STEP]
        keys = list(rows.values_list("pk", flat=True))
        if not keys:
            break
        gone += CheckResult.objects.filter(pk__in=keys).delete()[0]
    return gone
