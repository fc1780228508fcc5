"""What an operator must know on every page: that nothing works in the background, or that messages wait."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from math import inf
from typing import Final

from django.core.cache import cache
from django.urls import reverse

from events.tasks import SWEPT
from notifications.kinds import Lane
from notifications.lateness import waiting

# In seconds; the timetable sweeps every five.
SILENT: Final = 30.0
LATE: Final = 60.0
# Somebody sleeps on meanwhile.
LATE_PAGE: Final = 15.0
_PROBE = "console:notices"
_started = time.monotonic()


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence that stands above the page, and where it leads."""

    text: str
    url: str = ""
    action: str = ""


def notices(now: datetime) -> list[Notice]:
    """Return what is wrong behind the scenes, the cause before what follows from it."""
    waits = waiting(now)
    return [notice for notice in (_worker(now), _pages(*waits.pop(Lane.PAGE)), _messages(waits.values())) if notice]


def _worker(now: datetime) -> Notice | None:
    silence = silent_for(now)
    if silence <= SILENT:
        return None
    since = "has not run yet" if silence == inf else f"has not run for {_span(silence)}"
    return Notice(
        f"The worker {since}: no check runs, no message goes out, no maintenance begins. "
        "The public page still shows what you post."
    )


def _pages(count: int, oldest: float) -> Notice | None:
    if oldest <= LATE_PAGE:
        return None
    text = f"{count} page{'' if count == 1 else 's'} to people on call should have gone out, the oldest"
    url = f"{reverse('deliveries:list')}?status=PENDING&purpose=page"
    return Notice(f"{text} {_span(oldest)} ago. Call them yourself.", url, "See which")


def _messages(waits: Collection[tuple[int, float]]) -> Notice | None:
    count, oldest = sum(count for count, _ in waits), max(age for _, age in waits)
    if oldest <= LATE:
        return None
    text = f"{count} message{'' if count == 1 else 's'} should have gone out, the oldest {_span(oldest)} ago."
    return Notice(text, f"{reverse('deliveries:list')}?status=PENDING", "See which")


def silent_for(now: datetime) -> float:
    """Return for how many seconds no worker has swept; 0 where nobody can know, because the cache is away."""
    swept = cache.get(SWEPT)
    if swept is not None:
        return max(0.0, now.timestamp() - float(swept))
    if time.monotonic() - _started < SILENT:
        return 0.0
    cache.set(_PROBE, 1, 10)
    return inf if cache.get(_PROBE) else 0.0


def _span(seconds: float) -> str:
    minutes = int(seconds // 60)
    if minutes < 2:
        return f"{seconds:.0f} seconds"
    return f"{minutes} minutes" if minutes < 120 else f"{minutes // 60} hours"
