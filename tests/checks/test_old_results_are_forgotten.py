"""Results go after their days, summed first, whole days at a time; sums stay."""

from __future__ import annotations

from datetime import timedelta
from itertools import chain, repeat

import pytest
from pytest_django import Settings

from services.checks import pruning
from services.models import CheckResult, CheckRollup, Component
from tests.checks.conftest import START

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def three_days(settings: Settings) -> None:
    settings.RETENTION_CHECK_RESULTS = 3


def note(part: Component, days: int, count: int = 1) -> None:
    """Keep results of so many days ago."""
    CheckResult.objects.bulk_create(
        CheckResult(component=part, at=START - days * DAY, ok=True, latency_ms=number) for number in range(count)
    )


def test_only_days_that_are_over_for_long_enough_go(part: Component) -> None:
    for days in range(7):
        note(part, days)
    assert pruning.prune(START) == 3
    assert min(CheckResult.objects.values_list("at", flat=True)) == START - 3 * DAY


def test_what_nobody_had_summed_is_summed_first(part: Component) -> None:
    note(part, 5, count=4)
    assert pruning.prune(START) == 4
    assert not CheckResult.objects.exists()
    sums = CheckRollup.objects.order_by("period").values_list("period", "count", "max")
    assert list(sums) == [("day", 4, 3.0), ("hour", 4, 3.0)]


def test_many_go_in_small_steps(part: Component, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "STEP", 10)
    note(part, 5, count=25)
    assert pruning.prune(START) == 25


def test_broken_off_it_goes_on_the_next_time_and_loses_no_sum(part: Component, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pruning, "STEP", 10)
    note(part, 5, count=25)
    ticks = chain([0.0, 0.0, 0.0], repeat(100.0))
    monkeypatch.setattr("time.monotonic", lambda: next(ticks))
    assert pruning.prune(START) == 10
    monkeypatch.undo()
    assert CheckResult.objects.count() == 15
    assert CheckRollup.objects.get(period="day").count == 25


def test_nothing_old_is_nothing_done(part: Component) -> None:
    note(part, 1)
    assert pruning.prune(START) == 0
