"""Forgetting messages that ended long ago, a little at a time."""

from __future__ import annotations

import time
from collections import Counter
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from notifications.kinds import Purpose, State
from notifications.models import Announcement, Circuit, Delivery, Tally

STEP = 500
# In seconds; what is left waits for the next time.
PATIENCE = 20.0


def prune(now: datetime) -> int:
    """Delete what ended before the retention, and words that nobody was sent. Return how many messages.

    A failure that nobody has looked at stays: somebody may send it again.
    What goes is counted first: the figures of ``/metrics`` never fall.
    """
    before, until, gone = now - timedelta(days=settings.RETENTION_DELIVERIES), time.monotonic() + PATIENCE, 0
    while time.monotonic() < until and (some := _forget(before)):
        gone += some
    Announcement.objects.filter(at__lt=before, deliveries=None).delete()
    # Ways that nobody has taken since.
    Circuit.objects.filter(rests_until__lt=before).delete()
    return gone


def _forget(before: datetime) -> int:
    with transaction.atomic():
        over = Q(status__in=[State.SENT, State.DROPPED]) | Q(status=State.FAILED, seen_at__isnull=False)
        tested = Q(status=State.FAILED, purpose=Purpose.TEST)
        rows = Delivery.objects.filter(over | tested, created_at__lt=before)
        some = list(rows.select_for_update(skip_locked=True).values_list("pk", "transport", "status", "purpose")[:STEP])
        Tally.add(Counter((transport, status, purpose == Purpose.PAGE) for _, transport, status, purpose in some))
        Delivery.objects.filter(pk__in=[key for key, *_ in some]).delete()
    return len(some)
