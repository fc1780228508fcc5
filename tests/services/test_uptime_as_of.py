"""As of which instant figures are taken: one rule for all that show them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from services.status import Status
from services.uptime import DAY, LONGEST, Change, as_of, days, floor, intervals, uptime, window

NOW = datetime(2026, 3, 10, 12, 34, 56, tzinfo=UTC)
MINUTE, HOUR = NOW.replace(second=0), NOW.replace(minute=0, second=0)
UP, DOWN = Status.OPERATIONAL, Status.MAJOR_OUTAGE


def test_by_the_minute_while_it_is_down() -> None:
    assert as_of([Change(NOW - 3 * DAY, DOWN)], NOW) == MINUTE
    assert as_of([], NOW, initial=DOWN) == MINUTE


def test_by_the_hour_after_downtime() -> None:
    assert as_of([Change(NOW - 3 * DAY, DOWN), Change(NOW - 2 * DAY, UP)], NOW) == HOUR
    assert as_of([Change(NOW - 2 * DAY, UP)], NOW, initial=DOWN) == HOUR


def test_now_where_no_instant_makes_a_difference() -> None:
    assert as_of([], NOW, initial=UP) == NOW
    assert as_of([Change(NOW - DAY, Status.MAINTENANCE), Change(NOW - DAY / 2, UP)], NOW) == NOW


def test_a_service_has_a_figure_from_its_first_moment() -> None:
    changes = [Change(NOW, UP)]
    assert uptime(intervals(changes, NOW - DAY, as_of(changes, NOW))).percent == 100


@pytest.mark.parametrize("status", [UP, DOWN])
@pytest.mark.parametrize("minute", [0, 1, 30])
def test_a_day_has_a_figure_from_its_first_moment(status: Status, minute: int) -> None:
    now = NOW.replace(hour=0, minute=minute)
    changes = [Change(NOW - 9 * DAY, DOWN), Change(NOW - 8 * DAY, status)]
    until = as_of(changes, now)
    today = days(intervals(changes, window(now, 3), until), until, 3)[-1]
    assert today.date == now.date()
    assert today.uptime.percent == (100 if status is UP else 0)


def test_downtime_before_the_longest_window_is_forgotten() -> None:
    long_ago = NOW - (LONGEST + 10) * DAY
    assert as_of([Change(long_ago, DOWN), Change(long_ago + DAY, UP)], NOW) == NOW


def test_a_change_counts_at_once() -> None:
    rose = NOW - timedelta(minutes=5)
    assert as_of([Change(NOW - DAY, DOWN), Change(rose, UP)], NOW) == rose
    fell = NOW - timedelta(seconds=10)
    assert as_of([Change(fell, DOWN)], NOW) == fell


def test_whole_lengths_are_counted_from_midnight_utc() -> None:
    assert floor(NOW, DAY) == NOW.replace(hour=0, minute=0, second=0)
