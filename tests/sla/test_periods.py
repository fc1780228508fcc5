"""The period of an instant: calendar months and quarters, and thirty days that end today; UTC throughout."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.sla.period import PERIODS, Period, current, previous
from services.uptime import DAY, window


def utc(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kind", "now", "start", "end"),
    [
        ("month", utc(2026, 3, 1), utc(2026, 3, 1), utc(2026, 4, 1)),
        ("month", utc(2026, 12, 31, 23), utc(2026, 12, 1), utc(2027, 1, 1)),
        ("month", utc(2028, 2, 29, 12), utc(2028, 2, 1), utc(2028, 3, 1)),
        ("quarter", utc(2026, 3, 31, 23), utc(2026, 1, 1), utc(2026, 4, 1)),
        ("quarter", utc(2026, 11, 21), utc(2026, 10, 1), utc(2027, 1, 1)),
        ("rolling_30", utc(2028, 3, 1, 7), utc(2028, 2, 1), utc(2028, 3, 2)),
    ],
)
def test_an_instant_has_its_period(kind: str, now: datetime, start: datetime, end: datetime) -> None:
    found = current(kind, now)
    assert (found.start, found.end) == (start, end)


def test_february_of_a_leap_year_is_a_day_longer() -> None:
    assert current("month", utc(2028, 2, 10)).length == 29 * DAY
    assert current("month", utc(2027, 2, 10)).length == 28 * DAY


def test_a_month_in_which_clocks_change_is_as_long_as_any() -> None:
    assert current("month", utc(2026, 3, 29)).length == 31 * DAY
    assert current("month", utc(2026, 10, 25)).length == 31 * DAY


def test_the_zone_in_which_an_instant_is_written_means_nothing() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert current("month", datetime(2026, 4, 1, 5, tzinfo=tokyo)) == current("month", utc(2026, 3, 31))


def test_thirty_days_are_those_of_the_uptime_figures() -> None:
    now = utc(2026, 11, 21, 17)
    assert current("rolling_30", now).start == window(now, 30)
    assert current("rolling_30", now).last_day == date(2026, 11, 21)


instants = st.integers(0, 2**32).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


@given(st.sampled_from(sorted(PERIODS)), instants)
def test_every_instant_lies_in_its_period_and_the_one_before_adjoins(kind: str, now: datetime) -> None:
    found = current(kind, now)
    assert found.start <= now < found.end
    assert previous(kind, now).start < found.start
    assert previous(kind, now).end == found.start
    assert found.rolls is (kind == "rolling_30")


@given(st.sampled_from(["month", "quarter"]), instants)
def test_every_instant_of_a_calendar_period_has_the_same(kind: str, now: datetime) -> None:
    found: Period = current(kind, now)
    assert current(kind, found.start) == current(kind, found.end - timedelta(microseconds=1)) == found
