"""Why people are told of an incident. Pure."""

from __future__ import annotations

from typing import Final

from django.db import models


class Reason(models.TextChoices):
    """Why somebody is told, as records and events say it."""

    STEP = "step", "A step of the policy"
    BY_HAND = "by_hand", "Escalated by hand"
    FALLBACK = "fallback", "Nobody was on call in any step"
    JOINED = "joined", "Another alert came"
    REMINDER = "reminder", "Acknowledged, and silent since"
    HANDOVER = "handover", "Came on call"
    ASSIGNED = "assigned", "Was given it"


# Those that call somebody in; the others tell those who have it already.
CALLS: Final = frozenset({Reason.STEP, Reason.BY_HAND, Reason.FALLBACK})
