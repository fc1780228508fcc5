"""What checks would have found in days that never were. Pure: the same seed gives the same days."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from statistics import fmean
from typing import Any

from services.status import Status
from services.uptime import MINUTE, Change

# So much slower than usual it answers in a status.
SLOWER = {Status.OPERATIONAL: 1.0, Status.MAINTENANCE: 1.3, Status.DEGRADED: 6.0, Status.PARTIAL_OUTAGE: 9.0}
# Sums are made of a sample of the checks, which were one a minute.
SAMPLE = 10 * MINUTE


@dataclass(frozen=True, slots=True)
class Check:
    """One check; ``ms`` is ``None`` where nothing was answered."""

    at: datetime
    ok: bool
    ms: float | None


class Past:
    """The days of one component: ``changes`` are its statuses, ``usual`` its latency in ms."""

    def __init__(self, changes: Sequence[Change], usual: float, seed: str) -> None:
        self.changes, self.usual = changes, usual
        self.times = [change.at for change in changes]
        # Made up, and no secret.
        self.random = random.Random(seed)  # noqa: S311

    def checks(self, start: datetime, end: datetime, step: timedelta) -> Iterator[Check]:
        """Yield the checks of ``[start, end)``."""
        at = start
        while at < end:
            yield self._check(at)
            at += step

    def _check(self, at: datetime) -> Check:
        number = bisect_right(self.times, at)
        status = self.changes[number - 1].new if number else None
        if status is Status.MAJOR_OUTAGE:
            return Check(at, False, None)
        # Busier in the afternoon, and now and then slow.
        busy = 1 + 0.25 * (1 - abs(at.hour - 15) / 15)
        spike = 4 if self.random.random() < 0.004 else 1
        slower = SLOWER[status or Status.OPERATIONAL]
        return Check(at, True, round(self.usual * slower * busy * spike * self.random.lognormvariate(0, 0.18), 1))


def sums(past: Past, length: timedelta, start: datetime, end: datetime) -> Iterator[tuple[datetime, dict[str, Any]]]:
    """Yield the columns of the rollup of each period of ``length`` from ``start`` to ``end``."""
    checks = past.checks(start, end, SAMPLE)
    for number, of_period in groupby(checks, key=lambda check: (check.at - start) // length):
        yield start + number * length, _columns(list(of_period), SAMPLE // MINUTE)


def _columns(checks: Sequence[Check], worth: int) -> dict[str, Any]:
    found = sorted(check.ms for check in checks if check.ms is not None)
    counted = {"count": worth * len(checks), "ok": worth * sum(check.ok for check in checks)}
    if not found:
        return counted
    p50, p95 = (found[min(len(found) - 1, int(share * len(found)))] for share in (0.5, 0.95))
    return {**counted, "min": found[0], "mean": round(fmean(found), 1), "p50": p50, "p95": p95, "max": found[-1]}
