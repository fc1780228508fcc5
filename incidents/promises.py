"""How a promise of the next update stands, and the clock that watches over them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings

from incidents.models import Incident
from incidents.models.promising import worth_a_word
from services.safely import each

OVERDUE, SOON, AHEAD = "overdue", "soon", "ahead"


def tick(now: datetime) -> int:
    """Remind of what is due soon, and say what is broken. Return how many incidents that were."""
    ahead = lead()
    found = Incident.objects.open().filter(worth_a_word(now, ahead))
    return each(found, lambda incident: incident.remind_of_update(ahead=ahead, now=now), "promise_failed")


def standing(incident: Incident, now: datetime) -> str:
    """Return one of ``OVERDUE``, ``SOON``, ``AHEAD``; empty where nothing is promised."""
    due = incident.next_update_by
    if due is None or not incident.is_open:
        return ""
    if due <= now:
        return OVERDUE
    return SOON if due <= now + lead() else AHEAD


def lead() -> timedelta:
    """Return how long before its time whoever keeps a promise is reminded."""
    return timedelta(seconds=settings.NEXT_UPDATE_REMINDER)
