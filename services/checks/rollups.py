"""Sums of results by hour and by UTC day, kept for good."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from services.checks.native import key, moment
from services.models import CheckResult, CheckRollup, Component
from services.uptime import DAY, HOUR, floor

LENGTHS = {CheckRollup.Period.HOUR: HOUR, CheckRollup.Period.DAY: DAY}
# Rows of one statement: on SQLite nobody else writes meanwhile.
AT_ONCE = 50

# Percentiles by nearest rank: the smallest latency that so many in a hundred do not exceed. Twice is once, and results
# that have been pruned since take nothing away: sums only grow.
_SUM = """
INSERT INTO services_checkrollup (component_id, period, start, count, ok, min, mean, p50, p95, max)
SELECT component_id, %s, %s, COUNT(*), SUM(CASE WHEN ok THEN 1 ELSE 0 END), MIN(latency_ms), AVG(latency_ms),
       MIN(CASE WHEN place * 100 >= answered * 50 THEN latency_ms END),
       MIN(CASE WHEN place * 100 >= answered * 95 THEN latency_ms END),
       MAX(latency_ms)
FROM (
    SELECT component_id, ok, latency_ms,
           ROW_NUMBER() OVER (PARTITION BY component_id ORDER BY latency_ms NULLS LAST) AS place,
           COUNT(latency_ms) OVER (PARTITION BY component_id) AS answered
    FROM services_checkresult
    WHERE component_id IN ({components}) AND at >= %s AND at < %s
) AS results
WHERE true
GROUP BY component_id
ON CONFLICT (component_id, period, start) DO UPDATE
SET count = excluded.count, ok = excluded.ok, min = excluded.min, mean = excluded.mean, p50 = excluded.p50,
    p95 = excluded.p95, max = excluded.max
WHERE excluded.count >= services_checkrollup.count
"""


def roll_up(period: CheckRollup.Period, now: datetime) -> int:
    """Sum what has come in since the last sums of this kind. Return how many hours or days were looked at."""
    # A clock that was far ahead for a while leaves sums of a time to come; they do not put off today's.
    passed = CheckRollup.objects.filter(period=period, start__lte=now)
    newest = passed.order_by("-start").values_list("start", flat=True).first()
    oldest = CheckResult.objects.order_by("at").values_list("at", flat=True).first()
    if oldest is None:
        return 0
    length = LENGTHS[period]
    # The newest may have been summed in part when a worker was killed, and so may the one before it.
    since = max(oldest, newest - length) if newest else oldest
    starts = list(_starts(period, since, now))
    for start in starts:
        sum_up(period, start)
    return len(starts)


def sum_up(period: CheckRollup.Period, start: datetime) -> None:
    """Sum one hour or day, in statements that are over soon."""
    checked = CheckResult.objects.filter(at__gte=start, at__lt=start + LENGTHS[period])
    components = Component.objects.filter(pk__in=checked.values("component_id").distinct())
    keys = list(components.order_by("pk").values_list("pk", flat=True))
    for some in (keys[first : first + AT_ONCE] for first in range(0, len(keys), AT_ONCE)):
        _sum(period, start, some)


def _starts(period: CheckRollup.Period, since: datetime, now: datetime) -> Iterator[datetime]:
    start = floor(since, LENGTHS[period])
    while start <= now:
        yield start
        start += LENGTHS[period]


def _sum(period: CheckRollup.Period, start: datetime, components: Sequence[UUID]) -> None:
    query = _SUM.format(components=", ".join(["%s"] * len(components)))
    among = [key(component) for component in components]
    values = [period.value, moment(start), *among, moment(start), moment(start + LENGTHS[period])]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(query, values)
