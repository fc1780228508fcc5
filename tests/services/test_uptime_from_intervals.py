"""Uptime is exact from status changes; what was not observed is left out."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.status import Status
from services.uptime import DAY, Change, Interval, days, intervals, uptime, window

START = datetime(2026, 3, 1, tzinfo=UTC)
END = START + 10 * DAY
UP, MAINT, SLOW, PART, DOWN = Status


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def test_time_before_the_first_change_is_no_data() -> None:
    parts = intervals([Change(at(24), UP)], START, END)
    assert parts == [Interval(START, at(24), None), Interval(at(24), END, UP)]
    assert uptime(parts).observed == 9 * DAY


def test_a_service_that_was_never_observed_has_no_uptime() -> None:
    assert uptime(intervals([], START, END)).percent is None


def test_changes_before_the_period_say_how_it_stood_at_its_start() -> None:
    assert intervals([Change(START - DAY, DOWN)], START, END) == [Interval(START, END, DOWN)]


def test_outages_are_down_and_a_degraded_service_is_up() -> None:
    changes = [Change(START, UP), Change(at(10), PART), Change(at(12), SLOW), Change(at(20), DOWN), Change(at(21), UP)]
    assert uptime(intervals(changes, START, END)).down == timedelta(hours=3)


def test_maintenance_is_left_out_of_both_sides() -> None:
    changes = [Change(START, UP), Change(at(0), MAINT), Change(at(120), DOWN), Change(at(132), UP)]
    found = uptime(intervals(changes, START, END))
    assert found.maintenance == 5 * DAY
    assert found.percent == 90


def test_uptime_is_cut_and_never_rounded_up_to_a_hundred() -> None:
    changes = [Change(START, UP), Change(at(1), DOWN), Change(at(1) + timedelta(seconds=1), UP)]
    found = uptime(intervals(changes, START, START + 90 * DAY))
    assert found.percent == 99.999


def test_a_change_to_the_same_status_makes_no_interval() -> None:
    assert intervals([Change(at(1), UP), Change(at(2), UP)], START, END, initial=UP) == [Interval(START, END, UP)]


def test_changes_at_one_instant_leave_the_last() -> None:
    parts = intervals([Change(START, UP), Change(at(5), DOWN), Change(at(5), SLOW)], START, END)
    assert [part.status for part in parts] == [UP, SLOW]


def test_an_empty_period_has_no_intervals() -> None:
    assert intervals([Change(START, UP)], END, START) == []


def test_a_day_shows_the_worst_that_it_saw_and_today_ends_now() -> None:
    now = at(36)
    parts = intervals([Change(at(2), UP), Change(at(20), DOWN), Change(at(22), UP)], window(now, 3), now)
    found = days(parts, now, 3)
    assert [day.date.day for day in found] == [28, 1, 2]
    assert [day.status for day in found] == [None, DOWN, UP]
    assert found[1].uptime.down == timedelta(hours=2)
    assert found[1].uptime.observed == timedelta(hours=22)
    assert found[2].uptime.observed == timedelta(hours=12)


changes = st.lists(st.tuples(st.integers(-50, 300), st.sampled_from(list(Status))), max_size=30).map(
    lambda rows: [Change(at(hour), status) for hour, status in sorted(rows, key=lambda row: row[0])]
)


@given(changes)
def test_intervals_fill_the_period_without_gap_or_overlap(found: list[Change]) -> None:
    parts = intervals(found, START, END)
    assert parts[0].start == START
    assert parts[-1].end == END
    assert all(left.end == right.start for left, right in pairwise(parts))
    assert all(part.start < part.end for part in parts)
    assert all(left.status is not right.status for left, right in pairwise(parts))


@given(changes)
def test_days_add_up_to_the_whole(found: list[Change]) -> None:
    now = at(77.5)
    parts = intervals(found, window(now, 5), now)
    whole, each = uptime(parts), [day.uptime for day in days(parts, now, 5)]
    assert sum((day.observed for day in each), timedelta()) == whole.observed
    assert sum((day.down for day in each), timedelta()) == whole.down
    assert sum((day.maintenance for day in each), timedelta()) == whole.maintenance
