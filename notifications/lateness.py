"""Whether messages go out on time."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Min

from notifications.kinds import Lane, State
from notifications.models import Delivery


def waiting(now: datetime) -> dict[Lane, tuple[int, float]]:
    """Return by lane how many messages are due and not under way, and for how many seconds the oldest has been."""
    rows = Delivery.objects.filter(status=State.PENDING, next_attempt_at__lte=now).order_by()
    found = {lane: (count, since) for lane, count, since in rows.values_list("lane").annotate(Count("pk"), _OLDEST)}
    return {lane: _age(found.get(lane), now) for lane in Lane}


_OLDEST = Min("next_attempt_at")


def _age(found: tuple[int, datetime] | None, now: datetime) -> tuple[int, float]:
    return (found[0], (now - found[1]).total_seconds()) if found else (0, 0.0)
