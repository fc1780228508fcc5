"""What the worker does for incidents."""

from celery import shared_task
from django.utils import timezone

from incidents import automatic, promises
from incidents.postmortems import clock


@shared_task(name="incidents.tasks.keep_automatic")
def keep_automatic() -> int:
    """Open and close what heartbeats have found. Return how many incidents that moved."""
    return automatic.keep(timezone.now())


@shared_task(name="incidents.tasks.remind_of_action_items")
def remind_of_action_items() -> int:
    """Tell of action items whose day is over. Return how many that were."""
    return clock.tick(timezone.now())


@shared_task(name="incidents.tasks.keep_promises")
def keep_promises() -> int:
    """Tell of promised updates that are due soon, or late. Return how many that were."""
    return promises.tick(timezone.now())
