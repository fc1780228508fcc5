"""What is known of a service or component, as its pages reckon it."""

from __future__ import annotations

from datetime import datetime

from services.models import Component, Service
from services.models.history import changes_since, turns
from services.uptime import LONGEST, Interval, as_of, intervals, window


def observed(thing: Service | Component, days: int, now: datetime) -> tuple[list[Interval], datetime]:
    """Return the intervals of the last ``days`` days, and the instant as of which they are taken: where they end."""
    since = window(now, max(days, LONGEST))
    if isinstance(thing, Component):
        changes = [turn.change for turn in turns(thing, since)]
    else:
        changes = changes_since(since, Service.objects.filter(pk=thing.pk))[thing.pk]
    until = as_of(changes, now)
    return intervals(changes, window(now, days), until), until
