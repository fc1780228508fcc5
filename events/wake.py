"""Waking the relay after a commit. A lost wake-up costs seconds: the timetable sweeps."""

from __future__ import annotations

import structlog

log = structlog.get_logger(__name__)


def wake() -> None:
    """Ask a worker to run the relay; one bounded try, because the write has already succeeded."""
    from events.tasks import relay_events

    try:
        relay_events.apply_async(retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001 - whatever the broker's trouble is, the sweep makes up for it
        log.warning("relay_not_woken", error=str(error))
