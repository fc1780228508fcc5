"""A storm wakes somebody once: what follows a page within a moment waits, and goes in one message.

The first page to a person by a way goes at once. Those that come within ``PAGE_BUNDLE_WINDOW`` seconds of it are due
together when that is over; whoever sends takes all that are due then into one message (``sending/bundling.py``).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max

from alerts.paging.reasons import CALLS, Reason
from notifications.kinds import Purpose, State
from notifications.models import Delivery

# What somebody asks for by hand waits for nothing, and neither does a word to whoever has an incident.
GATHERED = frozenset({Reason.STEP, Reason.FALLBACK})


def gather(rows: Iterable[Delivery], reason: str) -> None:
    """Put off those of these messages of one page, unsaved, that follow another page to the same person and way."""
    window = timedelta(seconds=settings.PAGE_BUNDLE_WINDOW)
    due = {row.recipient: row.first_due_at for row in rows if row.to_person and row.first_due_at is not None}
    if not window or not due or reason not in GATHERED:
        return
    last = _last(due, min(due.values()) - window)
    for row in rows:
        if row.recipient in last:
            row.first_due_at = row.next_attempt_at = put_off(due[row.recipient], last[row.recipient], window)


def put_off(due: datetime, last: datetime, window: timedelta) -> datetime:
    """Return when a page goes that is due at ``due``, where the last to the same person and way was due at ``last``."""
    if last <= due - window:
        return due
    return min(last, due + window) if last > due else last + window


def _last(due: Iterable[str], since: datetime) -> dict[str, datetime]:
    """Return when the last page was due of those that went, or will, by recipient."""
    rows = Delivery.objects.filter(recipient__in=list(due), purpose=Purpose.PAGE, first_due_at__gt=since)
    rows = rows.filter(status__in=[State.PENDING, State.SENT], announcement__facts__page__reason__in=sorted(CALLS))
    return dict(rows.order_by().values_list("recipient").annotate(Max("first_due_at")))
