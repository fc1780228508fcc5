"""Taking what is due, so that of several workers one has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import connection
from django.db.backends.utils import CursorWrapper

from events.ready import Converters, converted, converters_of
from services.checks.native import key, keys, moment, on_postgresql
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

_DUE = """
SELECT component_id FROM services_heartbeat
WHERE next_check_at <= %(now)s AND (lease_until IS NULL OR lease_until < %(now)s OR lease_until > %(farthest)s)
"""
_LOOK = f"SELECT EXISTS ({_DUE})"
_LONGEST_WAITING = f"{_DUE} ORDER BY next_check_at LIMIT %(most)s"
# One statement of its own is one way to PostgreSQL and back. It takes locks in one order where it waits for rows that
# others hold, and is over before it is on the disk: what a crash of the server loses is run again.
_ON_POSTGRESQL = """
WITH held AS MATERIALIZED ({which}),
quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true))
UPDATE services_heartbeat SET lease_token = %(lease)s, lease_until = %(since)s + timeout * INTERVAL '1 second'
FROM held, quick WHERE services_heartbeat.component_id = held.component_id
RETURNING {columns}
"""
_ON_SQLITE = """
UPDATE services_heartbeat SET lease_token = %(lease)s,
    lease_until = strftime('%%Y-%%m-%%d %%H:%%M:%%f', %(since)s, timeout || ' seconds')
WHERE component_id IN ({which})
RETURNING {columns}
"""
_THESE = {
    "postgresql": "SELECT component_id FROM services_heartbeat WHERE component_id = ANY(%(these)s) "
    "ORDER BY component_id FOR NO KEY UPDATE",
    "sqlite": "SELECT value FROM json_each(%(these)s)",
}


def claim(most: int, now: datetime) -> list[Claim]:
    """Lease up to ``most`` checks that are due, the longest waiting first."""
    values = {"now": moment(now), "farthest": moment(now + LONGEST_LEASE), "most": most}
    skipping = " FOR NO KEY UPDATE SKIP LOCKED" if on_postgresql() else ""
    with connection.cursor() as cursor:
        # Most often nothing is due: a look takes no lock.
        if most <= 0 or not _is_there_one(values, cursor):
            return []
        found = _lease(_LONGEST_WAITING + skipping, values, now, cursor)
    return sorted(found, key=lambda each: each.next_check_at or now)


def claim_these(components: Iterable[UUID], now: datetime) -> list[Claim]:
    """Lease the checks of these components, due or not. Whoever runs one of them now will see his result refused."""
    with connection.cursor() as cursor:
        return _lease(_THESE[connection.vendor], {"these": keys(components)}, now, cursor)


def _is_there_one(values: Mapping[str, Any], cursor: CursorWrapper) -> bool:
    cursor.execute(_LOOK, values)
    return bool(cursor.fetchone()[0])


def _lease(which: str, values: Mapping[str, Any], now: datetime, cursor: CursorWrapper) -> list[Claim]:
    lease = uuid4()
    cursor.execute(_leasing(which), {**values, "lease": key(lease), "since": moment(now + MARGIN)})
    return [Claim(lease, *converted(row, _converters())) for row in cursor.fetchall()]


@cache
def _leasing(which: str) -> str:
    columns = ", ".join(f"services_heartbeat.{name}" for name in COLUMNS)
    return (_ON_POSTGRESQL if on_postgresql() else _ON_SQLITE).format(which=which, columns=columns)


@cache
def _converters() -> Converters:
    return converters_of(Heartbeat.objects.values_list(*COLUMNS))


def wait_for_the_disk() -> None:
    """Let this transaction be on PostgreSQL's disk all the same: somebody is about to be told that it is kept."""
    if on_postgresql():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL synchronous_commit TO DEFAULT")
