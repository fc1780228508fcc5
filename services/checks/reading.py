"""Whether the checks run on time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max, QuerySet
from django.utils import timezone

from services.models import Component, Heartbeat
from services.probes import KINDS

# A check is begun within a second or two of when it is due.
LATE = timedelta(seconds=10)


def late(now: datetime, among: QuerySet[Component] | None = None) -> int:
    """Return how many checks, of these components or of all, are overdue and not under way."""
    return asked(among).filter(next_check_at__lt=now - LATE).exclude(lease_until__gt=now).count()


def last_ran(among: QuerySet[Component] | None = None) -> datetime | None:
    """Return when the last check was run; never in the future, wherever the clock has been."""
    newest: datetime | None = asked(among).aggregate(newest=Max("last_checked_at"))["newest"]
    return min(newest, timezone.now()) if newest else None


def asked(among: QuerySet[Component] | None = None) -> QuerySet[Heartbeat]:
    """Return the heartbeats that the engine asks, instead of being called."""
    found = Heartbeat.objects.exclude(kind__in=[kind for kind, probe in KINDS.items() if probe.waits])
    return found if among is None else found.filter(component__in=among.order_by().values("pk"))
