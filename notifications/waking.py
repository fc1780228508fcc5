"""Celery is the doorbell: it wakes whoever sends. A bell that nobody hears costs the seconds until the next sweep."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import transaction

from events.wake import knock
from notifications.kinds import Lane

# First tries of what is urgent never wait behind what can.
NOW, LATER = "deliveries", "deliveries-later"
QUEUES: Final = {Lane.PAGE: NOW, Lane.URGENT: NOW, Lane.CONFIRMATION: NOW, Lane.BULK: LATER, Lane.RETRY: LATER}


def ring_after_commit(lanes: Iterable[Lane]) -> None:
    """Wake who sends these lanes once the transaction is over."""
    for lane in {QUEUES[lane]: lane for lane in lanes}.values():
        transaction.on_commit(lambda lane=lane: ring(lane), robust=True)  # type: ignore[misc]  # mypy loses the default


def ring(lane: Lane) -> None:
    """Wake who sends this lane."""
    from notifications.tasks import send_due

    knock(send_due, lane.value, queue=QUEUES[lane])
