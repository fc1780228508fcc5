"""Sums say what the results say, however often and late they are made."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta
from statistics import fmean

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.checks.rollups import roll_up
from services.models import CheckResult, CheckRollup, Component
from services.uptime import DAY, HOUR
from tests.checks.conftest import START

Period = CheckRollup.Period
MINUTE = timedelta(minutes=1)
latencies = st.lists(st.none() | st.floats(0.01, 60_000), min_size=1, max_size=60)


def note(part: Component, *found: float | None, minute: int = 0) -> None:
    """Keep results, a second apart; ``None`` is a failure without an answer."""
    CheckResult.objects.bulk_create(
        CheckResult(
            component=part,
            at=START + minute * MINUTE + timedelta(seconds=number),
            ok=latency is not None,
            latency_ms=latency,
        )
        for number, latency in enumerate(found)
    )


def nearest_rank(found: Sequence[float], percent: int) -> float:
    """Return the percentile as textbooks define it."""
    return sorted(found)[max(1, math.ceil(len(found) * percent / 100)) - 1]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=latencies)
def test_each_figure_is_that_of_a_plain_computation(part: Component, found: list[float | None]) -> None:
    CheckResult.objects.all().delete()
    CheckRollup.objects.all().delete()
    note(part, *found)
    roll_up(Period.HOUR, START + HOUR)
    row = CheckRollup.objects.get(start=START)
    answered = [latency for latency in found if latency is not None]
    assert (row.count, row.ok) == (len(found), len(answered))
    if not answered:
        assert (row.min, row.mean, row.p50, row.p95, row.max) == (None,) * 5
        return
    assert row.min == pytest.approx(min(answered))
    assert row.max == pytest.approx(max(answered))
    assert row.mean == pytest.approx(fmean(answered))
    assert row.p50 == pytest.approx(nearest_rank(answered, 50))
    assert row.p95 == pytest.approx(nearest_rank(answered, 95))


def test_the_hour_that_runs_grows(part: Component) -> None:
    note(part, 10.0)
    roll_up(Period.HOUR, START + MINUTE)
    note(part, 30.0, minute=2)
    roll_up(Period.HOUR, START + 5 * MINUTE)
    assert list(CheckRollup.objects.values_list("count", "mean")) == [(2, 20.0)]


def test_hours_without_a_worker_are_made_up_for(part: Component) -> None:
    for hour in range(5):
        note(part, 10.0, minute=60 * hour)
    roll_up(Period.HOUR, START + 5 * HOUR)
    assert CheckRollup.objects.count() == 5
    note(part, 20.0, minute=60 * 4 + 30)
    roll_up(Period.HOUR, START + 9 * HOUR)
    assert CheckRollup.objects.get(start=START + 4 * HOUR).count == 2


def test_a_clock_that_was_days_ahead_for_a_while_does_not_stop_the_sums(part: Component) -> None:
    ahead = 3 * 24 * 60
    note(part, 10.0, minute=ahead)
    roll_up(Period.HOUR, START + ahead * MINUTE)
    note(part, 20.0, 40.0)
    roll_up(Period.HOUR, START + MINUTE)
    assert CheckRollup.objects.get(start=START).mean == 30.0


def test_a_day_begins_at_midnight_utc(part: Component) -> None:
    note(part, 10.0)
    note(part, 20.0, minute=15 * 60)
    roll_up(Period.DAY, START + DAY)
    days = CheckRollup.objects.filter(period=Period.DAY).order_by("start")
    assert [(row.start.hour, row.start.day, row.count) for row in days] == [(0, 2, 1), (0, 3, 1)]


def test_results_that_are_gone_take_nothing_away(part: Component) -> None:
    note(part, 10.0, 20.0, 30.0)
    roll_up(Period.HOUR, START + MINUTE)
    CheckResult.objects.filter(latency_ms__gt=10).delete()
    roll_up(Period.HOUR, START + 2 * MINUTE)
    assert CheckRollup.objects.get().count == 3


def test_without_results_there_is_nothing_to_do(part: Component) -> None:
    assert roll_up(Period.HOUR, START) == 0
