"""Waking whoever works behind the scenes, after a commit. A lost wake-up costs seconds: each looks by itself, too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog

from events.rest import Rest
from events.streams import bell

if TYPE_CHECKING:
    from celery import Task

log = structlog.get_logger(__name__)

# One act may have several bells to ring.
BROKER = Rest()


def wake() -> None:
    """Ring for the streams, and have the relay run."""
    bell.ring()
    from events.tasks import relay_events

    knock(relay_events)


def knock(task: Task, *arguments: str, **options: Any) -> None:
    """Ask a worker to run ``task``; ``options`` are Celery's. Never raises: what it works on has been written.

    One bounded try, and none while the broker is left alone.
    """
    if BROKER.holds():
        return
    try:
        with BROKER.trying(Exception):
            task.apply_async(arguments, retry=False, ignore_result=True, **options)
    except Exception as error:  # noqa: BLE001 - whatever the broker's trouble is, the sweep makes up for it
        log.warning("worker_not_woken", task=task.name, error=str(error))
