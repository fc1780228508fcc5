"""Taking what is due, so that of several workers one has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from services.models import Heartbeat
from services.probes import KINDS

# What a check may take beyond its timeout before somebody else runs it: waiting for a slot, storing.
MARGIN = timedelta(seconds=30)
# So far apart may the clocks of two workers be.
SLACK = timedelta(seconds=60)
# No lease is longer; one that is was written by a clock that has been put back since.
LONGEST_LEASE = timedelta(seconds=60) + MARGIN + SLACK


class Claim(NamedTuple):
    """A check to run, with what it takes to judge the outcome. A tuple: there are thousands of them.

    ``lease`` is the token of its lease, made anew each time that somebody claims: a result counts as long as the row
    holds it.
    """

    lease: UUID
    component_id: UUID
    kind: str
    url: str
    options: dict[str, Any]
    interval: int
    timeout: float
    degraded_after: int
    down_after: int
    recover_after: int
    latency_threshold_ms: int | None
    verdict: str | None
    consecutive_failures: int
    consecutive_successes: int
    next_check_at: datetime | None
    enabled: bool
    paused_until: datetime | None

    @property
    def rests(self) -> bool:
        """Say whether it is paused; of one that was due, that the pause is over."""
        return not self.enabled or self.paused_until is not None

    @property
    def waits(self) -> bool:
        """Say whether the job calls us, instead of being asked."""
        return self.kind in KINDS and KINDS[self.kind].waits


# What a row gives; the lease is made.
COLUMNS = tuple(name for name in Claim.__annotations__ if name != "lease")


def claim(most: int, now: datetime) -> list[Claim]:
    """Lease up to ``most`` checks that are due, the longest waiting first."""
    waiting = due(now).order_by("next_check_at")
    # Most often nothing is due: a look takes no lock.
    if most <= 0 or not waiting.exists():
        return []
    return _lease(waiting, most, now)


def claim_these(components: Iterable[UUID], now: datetime) -> list[Claim]:
    """Lease the checks of these components, due or not. Whoever runs one of them now will see his result refused."""
    # In one order, because it waits for rows that others hold.
    return _lease(Heartbeat.objects.filter(pk__in=list(components)).order_by("pk"), None, now)


def due(now: datetime) -> QuerySet[Heartbeat]:
    """Return the heartbeats that are due and that nobody is checking."""
    free = Q(lease_until=None) | Q(lease_until__lt=now) | Q(lease_until__gt=now + LONGEST_LEASE)
    return Heartbeat.objects.filter(free, next_check_at__lte=now)


def _lease(rows: QuerySet[Heartbeat], most: int | None, now: datetime) -> list[Claim]:
    lease = uuid4()
    with transaction.atomic():
        wait_for_no_disk()
        held = rows.select_for_update(skip_locked=most is not None, no_key=True)
        claims = [Claim(lease, *row) for row in held.values_list(*COLUMNS)[:most]]
        for timeout, components in _by_timeout(claims).items():
            until = now + timedelta(seconds=timeout) + MARGIN
            Heartbeat.objects.filter(pk__in=components).update(lease_token=lease, lease_until=until)
    return claims


def wait_for_no_disk() -> None:
    """Let this transaction be over before it is on PostgreSQL's disk: what a crash of the server loses is run again."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit = off")


def wait_for_the_disk() -> None:
    """Take that back: somebody is about to be told that it is kept, and will not say it again."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO DEFAULT")


def _by_timeout(claims: list[Claim]) -> dict[float, list[UUID]]:
    found: defaultdict[float, list[UUID]] = defaultdict(list)
    for each in claims:
        found[each.timeout].append(each.component_id)
    return found
