"""The doorbell of pages. One that nobody hears costs the second until the next tick."""

from __future__ import annotations

import structlog
from django.db import transaction

log = structlog.get_logger(__name__)


def ring_after_commit() -> None:
    """Wake who keeps the pages once the transaction is over."""
    transaction.on_commit(ring, robust=True)


def ring() -> None:
    """Wake who keeps the pages; one bounded try, because the rows are written."""
    from alerts.tasks import keep_pages

    try:
        keep_pages.apply_async(retry=False, ignore_result=True)
    except Exception as error:  # noqa: BLE001 - whatever the broker's trouble is, the tick makes up for it
        log.warning("pages_not_woken", error=str(error))
