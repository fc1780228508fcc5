"""Holding on to pages that are under way: their lease is short, so that what a killed worker held soon has another.

While its worker lives it is renewed. A try ends with its lease, whatever became of the worker's database: so no two
workers send a page at once, however long the other side takes.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q

from notifications.kinds import Lane
from notifications.models import Delivery
from notifications.sending.claiming import PAGE_LEASE, Claim
from notifications.sending.clock import Clock

# In seconds: so often the lease of a page that is under way is renewed, which most are not for so long.
EACH: Final = 5.0


@dataclass
class Held:
    """Pages that are sent as one message, and since when their lease counts, on the clock of ``time.monotonic``."""

    claims: Sequence[Claim]
    since: float
    limit: asyncio.Timeout


class Holds:
    """The pages that a crew is sending. ``during`` is for its loop, ``renew`` for the thread that has the database."""

    def __init__(self) -> None:
        self._held: dict[UUID, Held] = {}

    @asynccontextmanager
    async def during(self, claims: Sequence[Claim], claimed: float) -> AsyncIterator[None]:
        """Let a try last no longer than its lease; that of any other message outlasts every try."""
        claim = claims[0]
        if claim.lane != Lane.PAGE:
            yield
            return
        self._loop = asyncio.get_running_loop()
        async with asyncio.timeout(_left(claimed)) as limit:
            self._held[claim.id] = Held(claims, claimed, limit)
            try:
                yield
            finally:
                del self._held[claim.id]

    def renew(self, clock: Clock) -> None:
        """Renew the leases that have run for a while, and let their tries go on."""
        began = time.monotonic()
        stale = [held for held in list(self._held.values()) if began - held.since >= EACH]
        if stale:
            ours = _renewed([claim for held in stale for claim in held.claims], clock())
            with suppress(RuntimeError):  # the loop has ended meanwhile
                self._loop.call_soon_threadsafe(self._go_on, ours, began)

    def _go_on(self, ours: Collection[UUID], since: float) -> None:
        for held in [self._held[key] for key in ours if key in self._held]:
            held.since = since
            if not held.limit.expired():
                held.limit.reschedule(self._loop.time() + _left(since))


def _left(since: float) -> float:
    return since + PAGE_LEASE.total_seconds() - time.monotonic()


def _renewed(claims: Sequence[Claim], now: datetime) -> set[UUID]:
    """Renew those that are ours still; return their ids."""
    until, mine = now + PAGE_LEASE, Q()
    for claim in claims:
        mine |= Q(pk=claim.id, lease_token=claim.lease)
    rows = Delivery.objects.filter(mine)
    rows.update(lease_until=until, next_attempt_at=until)
    return set(rows.values_list("pk", flat=True))
