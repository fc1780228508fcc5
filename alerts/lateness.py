"""Signals that come late or out of order. Both times compared are the sender's, so its clock may be wrong. Pure."""

from __future__ import annotations

from datetime import datetime


def is_over(starts_at: datetime | None, over_started_at: datetime) -> bool:
    """Say whether what is reported as firing is the episode that has been resolved: it began no later.

    Who says nothing of when it began means now.
    """
    return starts_at is not None and starts_at <= over_started_at


def is_of_before(starts_at: datetime | None, open_since: datetime) -> bool:
    """Say whether a resolve speaks of an episode before the one that is open."""
    return starts_at is not None and starts_at < open_since
