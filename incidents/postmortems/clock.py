"""The clock of action items: it tells of each that its day is over."""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from incidents.models import ActionItem
from services.safely import each


def tick(now: datetime) -> int:
    """Remind of what is due and was not reminded of yet. Return how many that were."""
    late = ActionItem.objects.overdue(now).filter(Q(reminded_of=None) | ~Q(reminded_of=F("due_date")))
    return each(late, lambda item: item.remind(now=now), "action_item_failed")
