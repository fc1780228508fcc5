"""Waking the streams and the relay after a commit. A lost wake-up costs seconds: the log is looked at anyway."""

from __future__ import annotations

import structlog

from events.streams import bell

log = structlog.get_logger(__name__)


def wake() -> None:
    """Ring for the streams, and ask a worker to run the relay; one bounded try, because the write has succeeded."""
    bell.ring()
    from events.tasks import relay_events

    try:
        relay_events.apply_async(retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001 - whatever the broker's trouble is, the sweep makes up for it
        log.warning("relay_not_woken", error=str(error))
