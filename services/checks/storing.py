"""Keeping what checks gave: a few statements for a whole swarm of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from json import dumps
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from services.checks.crew import Finished
from services.checks.grid import next_due
from services.checks.native import key, moment, on_postgresql
from services.probes import Outcome, push
from services.probes.thresholds import Counts, Policy, judge, note
from services.status import Status

# A component and the lease of its check, as the database gives them.
Key: TypeAlias = tuple[Any, Any]


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
# In the order of ``Row``. SQLite is quick with many small statements, PostgreSQL with a single one, which is over
# before it is on the disk: what a crash of the server loses is run again.
_ONE = f"UPDATE services_heartbeat {_SET.format(*['%s'] * 9)} WHERE component_id = %s AND lease_token = %s"
_ONE_RESULT = f"{_RESULT} VALUES (%s, %s, %s, %s, %s, %s)"
_STANDING = """
SELECT component_id, lease_token FROM services_heartbeat WHERE component_id IN (SELECT value FROM json_each(%s))
"""
_TYPES = ("text", "int", "int", "timestamptz", "timestamptz", "float8", "text", "text", "timestamptz", "uuid", "uuid")
# Rows are locked in the order of their keys, as by everybody who waits for several.
_ALL = """
WITH quick AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)),
found AS (SELECT * FROM unnest({values}) AS found ({names})),
held AS MATERIALIZED (
    SELECT component_id FROM services_heartbeat WHERE component_id IN (SELECT id FROM found)
    ORDER BY component_id FOR NO KEY UPDATE
),
kept AS (
    UPDATE services_heartbeat {set}
    FROM quick, held JOIN found ON found.id = held.component_id
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
    rows = [_row(each, now) for each in finished]
    write = _write_at_once if on_postgresql() else _write_each
    with connection.cursor() as cursor:
        kept = write(rows, cursor)
    written = ((each.claim, row) for each, row in zip(finished, rows, strict=True) if (row.id, row.lease) in kept)
    return [claim.component_id for claim, row in written if row.verdict != claim.verdict]


def _write_at_once(rows: Sequence[Row], cursor: CursorWrapper) -> set[Key]:
    """Write the rows whose lease stands, and their results. Return which they are."""
    cursor.execute(_AT_ONCE, [*map(list, zip(*rows, strict=True))])
    return set(cursor.fetchall())


def _write_each(rows: Sequence[Row], cursor: CursorWrapper) -> set[Key]:
    """Do the same on SQLite, under its one lock."""
    with transaction.atomic():
        cursor.execute(_STANDING, [dumps([row.id for row in rows])])
        standing = {*cursor.fetchall()}
        kept = [row for row in rows if (row.id, row.lease) in standing]
        cursor.executemany(_ONE, kept)
        cursor.executemany(_ONE_RESULT, [_result(row) for row in kept])
    return standing


def _judge(each: Finished) -> tuple[Outcome, Counts, Status | None]:
    claim = each.claim
    policy = Policy(claim.degraded_after, claim.down_after, claim.recover_after, claim.latency_threshold_ms)
    was = Status(claim.verdict) if claim.verdict else None
    outcome = note(each.outcome, policy)
    return outcome, *judge(Counts(claim.consecutive_failures, claim.consecutive_successes), was, outcome, policy)


def _row(each: Finished, now: datetime) -> Row:
    outcome, counts, verdict = _judge(each)
    at = moment(each.at)
    return Row(
        *(verdict and verdict.value, counts.failures, counts.successes, at, at if outcome.ok else None),
        *(outcome.latency_ms, outcome.code, outcome.detail, moment(next_due_of(each, now))),
        *(key(each.claim.component_id), key(each.claim.lease)),
    )


def _result(row: Row) -> tuple[Any, ...]:
    return row.id, row.at, row.ok_at is not None, row.latency, row.code, row.detail


def next_due_of(each: Finished, now: datetime) -> datetime:
    """Return when it is due again; for a job that calls us, when it must have called."""
    claim, since = each.claim, max(now, each.at)
    if claim.waits:
        return push.due(since, interval=claim.interval, grace=claim.options.get("grace", 0))
    return next_due(claim.component_id, claim.interval, since)
