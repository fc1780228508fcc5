"""What the clock asks of alerts and pages."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from alerts import closing, pruning
from alerts.paging import clock


@shared_task(name="alerts.tasks.keep_alerts")
def keep_alerts() -> int:
    """Close what is no longer heard, and settle what has been quiet. Return how many rows moved."""
    return closing.keep(timezone.now())


@shared_task(name="alerts.tasks.prune_alerts")
def prune_alerts() -> int:
    """Forget signals, alerts and silences of long ago. Return how many rows."""
    return pruning.prune(timezone.now())


@shared_task(name="alerts.tasks.keep_pages")
def keep_pages() -> int:
    """Page who is due, remind who is silent, tell who comes on call. Return how much there was to do."""
    return clock.tick()
