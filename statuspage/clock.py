"""What the clock alone moves on the page, and when next."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from services.uptime import DAY, floor
from statuspage import history
from statuspage.checks import pulse
from statuspage.snapshot import Snapshot


def moved(snapshot: Snapshot, since: datetime, now: datetime) -> list[UUID]:
    """Return the services whose figures the clock has moved."""
    steps = ((service.id, history.step(service)) for service in snapshot.services.values())
    return [key for key, step in steps if floor(since, step) != floor(now, step)]


def due(snapshot: Snapshot, rendered_at: datetime) -> datetime:
    """Return when the clock next changes anything."""
    steps = [history.step(service) for service in snapshot.services.values()]
    # While nothing is to be checked that does not move; a heartbeat that is added has an event.
    steps += [pulse(len(steps))] if snapshot.checks.freshness else []
    step = min(steps, default=DAY)
    return floor(rendered_at, step) + step
