"""What the clock, and whoever has made a delivery, ask of this room."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from notifications import digest, pruning, sending
from notifications.kinds import Lane
from notifications.models import Subscriber

# After the link in the question has ended: who asks once more is asked once more.
UNANSWERED = timedelta(days=7)


@shared_task(name="notifications.tasks.send_due")
def send_due(lane: str) -> int:
    """Send what is due in a lane and those that share its queue, and what becomes due meanwhile. Return how many."""
    return sending.send_due(Lane(lane), _is_stopping)


@shared_task(name="notifications.tasks.send_delivery")
def send_delivery(delivery: str) -> str:
    """Send one message now. Return its status."""
    return sending.send_one(UUID(delivery)).status


@shared_task(name="notifications.tasks.prune_deliveries")
def prune_deliveries() -> int:
    """Forget messages that went out before the retention. Return how many."""
    return pruning.prune(timezone.now())


@shared_task(name="notifications.tasks.send_digests")
def send_digests() -> int:
    """Put the daily messages on their way whose hour has come. Return how many."""
    return digest.send_due(timezone.now())


@shared_task(name="notifications.tasks.forget_unanswered")
def forget_unanswered() -> int:
    """Forget the addresses that never said yes. Return how many."""
    return Subscriber.objects.forget_unanswered(timezone.now() - UNANSWERED)


@shared_task(name="notifications.tasks.forget_followers")
def forget_followers() -> int:
    """Forget who followed an incident that was resolved before the retention. Return how many."""
    before, gone = timezone.now() - timedelta(days=settings.RETENTION_DELIVERIES), 0
    while some := Subscriber.forget_followers(before):
        gone += some
    return gone


def _is_stopping() -> bool:
    """Say whether this worker has been asked to end; it may be an exit status, and 0 is one."""
    from celery.worker import state

    return state.should_stop is not None and state.should_stop is not False
