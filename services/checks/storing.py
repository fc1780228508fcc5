"""Keeping what checks gave: a few statements for a whole swarm of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from services.checks.claiming import Claim, wait_for_no_disk
from services.checks.crew import Finished
from services.checks.grid import next_due
from services.models import Heartbeat
from services.probes import Outcome, push
from services.probes.thresholds import Counts, Policy, judge, note
from services.status import Status

# A component and the lease of its check.
Key: TypeAlias = tuple[UUID, UUID]


class Row(NamedTuple):
    """What is written of a check, as the database takes it; ``ok_at`` is ``at`` where it succeeded."""

    verdict: str | None
    failures: int
    successes: int
    at: Any
    ok_at: Any
    latency: float | None
    code: str
    detail: str
    due: Any
    id: Any
    lease: Any


_SET = """
SET verdict = {0}, consecutive_failures = {1}, consecutive_successes = {2}, last_checked_at = {3},
    last_ok_at = COALESCE({4}, last_ok_at), last_latency_ms = {5}, last_code = {6}, last_detail = {7},
    next_check_at = {8}, lease_until = NULL, lease_token = NULL, paused_until = NULL
"""
_RESULT = "INSERT INTO services_checkresult (component_id, at, ok, latency_ms, code, detail)"
# In the order of ``Row``. SQLite is quick with many small statements, PostgreSQL with a single one.
_ONE = f"UPDATE services_heartbeat {_SET.format(*['%s'] * 9)} WHERE component_id = %s AND lease_token = %s"
_ONE_RESULT = f"{_RESULT} VALUES (%s, %s, %s, %s, %s, %s)"
_TYPES = ("text", "int", "int", "timestamptz", "timestamptz", "float8", "text", "text", "timestamptz", "uuid", "uuid")
# Rows are locked in the order of their keys, as by everybody who waits for several.
_ALL = """
WITH found AS (SELECT * FROM unnest({values}) AS found ({names})),
held AS MATERIALIZED (
    SELECT component_id FROM services_heartbeat WHERE component_id IN (SELECT id FROM found)
    ORDER BY component_id FOR NO KEY UPDATE
),
kept AS (
    UPDATE services_heartbeat {set}
    FROM held JOIN found ON found.id = held.component_id
    WHERE services_heartbeat.component_id = held.component_id AND lease_token = found.lease
    RETURNING found.*
),
results AS ({result} SELECT id, at, ok_at IS NOT NULL, latency, code, detail FROM kept)
SELECT id, lease FROM kept
"""
_AT_ONCE = _ALL.format(
    values=", ".join(f"%s::{kind}[]" for kind in _TYPES),
    names=", ".join(Row.__annotations__),
    set=_SET.format(*[f"found.{name}" for name in Row.__annotations__]),
    result=_RESULT,
)


def store(finished: Sequence[Finished], now: datetime) -> list[UUID]:
    """Keep the results, judge them, and plan the next checks. Return the components whose status may follow.

    Only of checks whose lease stands: another one means that somebody ran the check anew, or that what is checked has
    been changed meanwhile.
    """
    judged = {(each.claim.component_id, each.claim.lease): _judge(each) for each in finished}
    with transaction.atomic(), connection.cursor() as cursor:
        kept = _write({key: _row(*each, now) for key, each in judged.items()}, cursor)
    mine = [judged[key] for key in judged if key in kept]
    return [each.claim.component_id for each, _, _, verdict in mine if verdict != each.claim.verdict]


def _write(rows: Mapping[Key, Row], cursor: CursorWrapper) -> set[Key]:
    """Write the rows whose lease stands, and their results. Return which they are."""
    if connection.vendor == "postgresql":
        wait_for_no_disk()
        cursor.execute(_AT_ONCE, [*map(list, zip(*rows.values(), strict=True))])
        return set(cursor.fetchall())
    held = Heartbeat.objects.filter(pk__in=[component for component, _ in rows]).values_list("pk", "lease_token")
    standing = {*held}
    kept = {key: row for key, row in rows.items() if key in standing}
    cursor.executemany(_ONE, [*kept.values()])
    cursor.executemany(_ONE_RESULT, [_result(row) for row in kept.values()])
    return {*kept}


def _judge(each: Finished) -> tuple[Finished, Outcome, Counts, Status | None]:
    claim = each.claim
    policy = _policy(claim)
    was = Status(claim.verdict) if claim.verdict else None
    counts = Counts(claim.consecutive_failures, claim.consecutive_successes)
    outcome = note(each.outcome, policy)
    return each, outcome, *judge(counts, was, outcome, policy)


def _policy(claim: Claim) -> Policy:
    return Policy(claim.degraded_after, claim.down_after, claim.recover_after, claim.latency_threshold_ms)


def _row(each: Finished, outcome: Outcome, counts: Counts, verdict: Status | None, now: datetime) -> Row:
    moment = connection.ops.adapt_datetimefield_value
    at = moment(each.at)
    return Row(
        *(verdict and verdict.value, counts.failures, counts.successes, at, at if outcome.ok else None),
        *(outcome.latency_ms, outcome.code, outcome.detail, moment(next_due_of(each, now))),
        *(_key(each.claim.component_id), _key(each.claim.lease)),
    )


def _result(row: Row) -> tuple[Any, ...]:
    return row.id, row.at, row.ok_at is not None, row.latency, row.code, row.detail


def next_due_of(each: Finished, now: datetime) -> datetime:
    """Return when it is due again; for a job that calls us, when it must have called."""
    claim, since = each.claim, max(now, each.at)
    if claim.waits:
        return push.due(since, interval=claim.interval, grace=claim.options.get("grace", 0))
    return next_due(claim.component_id, claim.interval, since)


def _key(value: UUID) -> Any:
    return value if connection.features.has_native_uuid_field else value.hex
