"""Waking whoever works behind the scenes, after a commit. A lost wake-up costs seconds: each looks by itself, too."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any, Final

import structlog

from events.streams import bell

if TYPE_CHECKING:
    from celery import Task

log = structlog.get_logger(__name__)

# A broker that does not answer is left alone for so many seconds: each try holds up somebody's request, and one act may
# have several bells to ring.
REST: Final = 5.0


class Rest:
    """Until when this process asks no worker for anything; shared by its threads."""

    until = 0.0


def wake() -> None:
    """Ring for the streams, and have the relay run."""
    bell.ring()
    from events.tasks import relay_events

    knock(relay_events)


def knock(task: Task, *arguments: str, **options: Any) -> None:
    """Ask a worker to run ``task``; ``options`` are Celery's. Never raises: what it works on has been written.

    One bounded try, and none while the broker is left alone.
    """
    if time.monotonic() < Rest.until:
        return
    try:
        task.apply_async(arguments, retry=False, ignore_result=True, **options)
    except Exception as error:  # noqa: BLE001 - whatever the broker's trouble is, the sweep makes up for it
        Rest.until = time.monotonic() + REST
        log.warning("worker_not_woken", task=task.name, error=str(error))
