"""The doorbell of pages. One that nobody hears costs the second until the next tick."""

from __future__ import annotations

from django.db import transaction

from events.wake import knock


def ring_after_commit() -> None:
    """Wake who keeps the pages once the transaction is over."""
    transaction.on_commit(ring, robust=True)


def ring() -> None:
    """Wake who keeps the pages."""
    from alerts.tasks import keep_pages

    knock(keep_pages)
