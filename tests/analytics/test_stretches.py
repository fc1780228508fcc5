"""The last days, the same days before them, and the weeks they are made of."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.analytics.stretch import LENGTHS, stretch
from services.uptime import window
from tests.analytics.conftest import NOW


def test_days_are_whole_days_of_which_today_is_the_last() -> None:
    found = stretch("7d", NOW)
    assert (found.start, found.end) == (datetime(2026, 3, 13, tzinfo=UTC), NOW)
    assert found.start == window(NOW, 7)


def test_a_day_is_twenty_four_hours() -> None:
    assert stretch("24h", NOW).start == NOW - timedelta(hours=24)


def test_the_stretch_before_is_as_long_and_ends_as_early_in_the_day() -> None:
    before = stretch("30d", NOW).before
    assert before.end == NOW - timedelta(days=30)
    assert before.end - before.start == stretch("30d", NOW).end - stretch("30d", NOW).start


def test_weeks_begin_on_monday_but_for_the_first() -> None:
    steps = list(stretch("30d", NOW).steps())
    assert [start.strftime("%a %d %b") for start, _ in steps] == [
        *("Wed 18 Feb", "Mon 23 Feb", "Mon 02 Mar", "Mon 09 Mar", "Mon 16 Mar")
    ]
    assert steps[-1][1] == NOW


@pytest.mark.parametrize(("word", "step", "count"), [("24h", "day", 2), ("7d", "day", 7), ("90d", "week", 14)])
def test_short_ones_are_told_by_day_and_long_ones_by_week(word: str, step: str, count: int) -> None:
    assert stretch(word, NOW).step == step
    assert len(list(stretch(word, NOW).steps())) == count


@given(st.sampled_from(sorted(LENGTHS)), st.integers(0, 2**32).map(lambda number: datetime.fromtimestamp(number, UTC)))
def test_steps_fill_the_stretch_without_gap_or_overlap(word: str, now: datetime) -> None:
    found = stretch(word, now)
    steps = list(found.steps())
    # At midnight to the second nothing of today has gone by yet, and today is its last day.
    assert found.start == now or (steps[0][0], steps[-1][1]) == (found.start, found.end)
    assert all(left[1] == right[0] for left, right in pairwise(steps))
    assert all(start < end for start, end in steps)
