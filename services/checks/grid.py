"""When a check is due: on a grid of its interval, moved by a phase of its own. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def next_due(component: UUID, interval: int, now: datetime) -> datetime:
    """Return the first instant of the grid after ``now``; ``interval`` in seconds.

    The phase comes from the id, so that a thousand checks of one minute are spread over the minute and stay where they
    are: late by a second now is not late by two next time. Whatever was missed is one check.
    """
    step = interval * 1000
    phase = component.int % step
    passed = (now - EPOCH) // MILLISECOND
    return EPOCH + (passed - phase + step - (passed - phase) % step + phase) * MILLISECOND
