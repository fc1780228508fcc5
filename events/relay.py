"""The relay: every event, to every consumer, in order, at least once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

import structlog
from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from events.command import join
from events.models import Cursor, Event

log = structlog.get_logger(__name__)

BATCH = 500
# Takes events, and returns how many of them it has read, from the first on, where it ends before the last. What it
# writes, and what its commands tell, stands in the transaction that moves its cursor.
Consumer: TypeAlias = Callable[[Sequence[Event]], int | None]


def relay_all() -> int:
    """Run every consumer until it has read all there is. Return the number of events handed over."""
    return sum(drain(path) for path in settings.EVENT_CONSUMERS)


def drain(path: str) -> int:
    """Run one consumer, batch after batch, until nothing waits or another process is at it."""
    total = 0
    while handed := relay(path):
        total += handed
    return total


def relay(path: str) -> int:
    """Hand one batch to the consumer at dotted ``path`` and move its cursor, in one transaction.

    Return how many events it has read: 0 when nothing waits, when another process holds the cursor, or when the
    consumer raised. A consumer that raises is handed the same batch again later; the cursor remembers the error.
    """
    if not _is_behind(path):
        return 0
    try:
        with join():
            cursor = Cursor.objects.select_for_update(skip_locked=True).filter(consumer=path).first()
            if cursor is None:
                return 0
            batch = list(Event.objects.filter(id__gt=cursor.position).order_by("id")[:BATCH])
            if not batch:
                return 0
            consumer: Consumer = import_string(path)
            read = consumer(batch)
            batch = batch[:read]
            cursor.position = batch[-1].id
            cursor.moved_at = timezone.now()
            cursor.last_error, cursor.failures = "", 0
            cursor.save()
            return len(batch)
    except Exception as error:
        log.exception("consumer_failed", consumer=path)
        _remember(path, error)
        return 0


def _is_behind(path: str) -> bool:
    """Say whether anything waits for the consumer, making its cursor when it is new."""
    cursor, _ = Cursor.objects.get_or_create(consumer=path)
    return Event.objects.filter(id__gt=cursor.position).exists()


def _remember(path: str, error: Exception) -> None:
    cursor = Cursor.objects.get(consumer=path)
    cursor.failures += 1
    cursor.last_error = f"{type(error).__name__}: {error}"[:2000]
    cursor.save(update_fields=["failures", "last_error"])
