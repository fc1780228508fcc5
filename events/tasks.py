"""Celery's doorbell for the relay."""

import time

from celery import shared_task
from django.core.cache import cache

from events.relay import relay_all

# Where the cache keeps when a worker last ran the relay, in seconds since 1970.
SWEPT = "events:swept"


@shared_task(name="events.tasks.relay_events")
def relay_events() -> int:
    """Hand waiting events to every consumer and return how many; also the sweep that the timetable calls."""
    handed = relay_all()
    cache.set(SWEPT, time.time(), timeout=None)
    return handed
