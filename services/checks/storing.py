"""Keeping what checks gave: a few statements for a whole swarm of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from services.checks.claiming import Claim, wait_for_no_disk
from services.checks.crew import Finished
from services.checks.grid import next_due
from services.models import CheckResult, Heartbeat
from services.probes import Outcome, push
from services.probes.thresholds import Counts, Policy, judge, note
from services.status import Status

_SET = """
SET verdict = {0}, consecutive_failures = {1}, consecutive_successes = {2}, last_checked_at = {3},
    last_ok_at = COALESCE({4}, last_ok_at), last_latency_ms = {5}, last_code = {6}, last_detail = {7},
    next_check_at = {8}, lease_until = NULL, lease_token = NULL, paused_until = NULL
"""
# In the order of ``_row``. SQLite is quick with many small statements, PostgreSQL with a single one.
_ONE = f"UPDATE services_heartbeat {_SET.format(*['%s'] * 9)} WHERE component_id = %s AND lease_token = %s"
_NAMES = ("verdict", "failures", "successes", "at", "ok_at", "latency", "code", "detail", "due", "id", "lease")
_TYPES = ("text", "int", "int", "timestamptz", "timestamptz", "float8", "text", "text", "timestamptz", "uuid", "uuid")
# Rows are locked in the order of their keys, as by everybody who waits for several.
_HELD = """
WITH found AS (SELECT * FROM unnest({values}) AS found ({names})),
held AS MATERIALIZED (
    SELECT component_id FROM services_heartbeat WHERE component_id IN (SELECT id FROM found)
    ORDER BY component_id FOR NO KEY UPDATE
)
"""
_ALL = f"""
{_HELD.format(values=", ".join(f"%s::{kind}[]" for kind in _TYPES), names=", ".join(_NAMES))}
UPDATE services_heartbeat {_SET.format(*[f"found.{name}" for name in _NAMES])}
FROM held JOIN found ON found.id = held.component_id
WHERE services_heartbeat.component_id = held.component_id AND lease_token = found.lease
RETURNING found.id, found.lease
"""


def store(finished: Sequence[Finished], now: datetime) -> list[UUID]:
    """Keep the results, judge them, and plan the next checks. Return the components whose status may follow.

    Only of checks whose lease stands: another one means that somebody ran the check anew, or that what is checked has
    been changed meanwhile.
    """
    judged = {(each.claim.component_id, each.claim.lease): _judge(each) for each in finished}
    with transaction.atomic(), connection.cursor() as cursor:
        kept = _write([_row(*each, now) for each in judged.values()], cursor)
        mine = [judged[key] for key in judged if key in kept]
        CheckResult.objects.bulk_create([_result(each, outcome) for each, outcome, _, _ in mine])
    return [each.claim.component_id for each, _, _, verdict in mine if verdict != each.claim.verdict]


def _write(rows: Sequence[tuple[Any, ...]], cursor: CursorWrapper) -> set[tuple[UUID, UUID]]:
    """Write the rows whose lease stands, and return their ids, each with its lease."""
    if connection.vendor == "postgresql":
        wait_for_no_disk()
        cursor.execute(_ALL, [*map(list, zip(*rows, strict=True))])
        return set(cursor.fetchall())
    held = Heartbeat.objects.filter(pk__in=[row[-2] for row in rows])
    kept = {(key, lease) for key, lease in held.values_list("pk", "lease_token") if lease}
    cursor.executemany(_ONE, rows)
    return kept


def _judge(each: Finished) -> tuple[Finished, Outcome, Counts, Status | None]:
    claim = each.claim
    policy = _policy(claim)
    was = Status(claim.verdict) if claim.verdict else None
    counts = Counts(claim.consecutive_failures, claim.consecutive_successes)
    outcome = note(each.outcome, policy)
    return each, outcome, *judge(counts, was, outcome, policy)


def _policy(claim: Claim) -> Policy:
    return Policy(claim.degraded_after, claim.down_after, claim.recover_after, claim.latency_threshold_ms)


def _row(each: Finished, outcome: Outcome, counts: Counts, verdict: Status | None, now: datetime) -> tuple[Any, ...]:
    moment = connection.ops.adapt_datetimefield_value
    at = moment(each.at)
    return (
        *(verdict and verdict.value, counts.failures, counts.successes, at, at if outcome.ok else None),
        *(outcome.latency_ms, outcome.code, outcome.detail, moment(next_due_of(each, now))),
        *(_key(each.claim.component_id), _key(each.claim.lease)),
    )


def next_due_of(each: Finished, now: datetime) -> datetime:
    """Return when it is due again; for a job that calls us, when it must have called."""
    claim, since = each.claim, max(now, each.at)
    if claim.waits:
        return push.due(since, interval=claim.interval, grace=claim.options.get("grace", 0))
    return next_due(claim.component_id, claim.interval, since)


def _key(value: UUID) -> Any:
    return value if connection.features.has_native_uuid_field else value.hex


def _result(each: Finished, outcome: Outcome) -> CheckResult:
    return CheckResult(
        component_id=each.claim.component_id,
        at=each.at,
        ok=outcome.ok,
        latency_ms=outcome.latency_ms,
        code=outcome.code,
        detail=outcome.detail,
    )
