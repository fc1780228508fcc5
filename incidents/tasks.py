"""What the worker does for incidents."""

from celery import shared_task
from django.utils import timezone

from incidents import automatic


@shared_task(name="incidents.tasks.keep_automatic")
def keep_automatic() -> int:
    """Open and close what heartbeats have found. Return how many incidents that moved."""
    return automatic.keep(timezone.now())
