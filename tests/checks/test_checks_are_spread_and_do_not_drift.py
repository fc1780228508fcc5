"""Each heartbeat has its own place in the interval, and keeps it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from services.checks.grid import next_due

instants = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
intervals = st.integers(10, 86_400)


@given(st.uuids(), intervals, instants)
def test_the_next_is_ahead_by_no_more_than_the_interval(component: UUID, interval: int, now: datetime) -> None:
    due = next_due(component, interval, now)
    assert now < due <= now + timedelta(seconds=interval)


@given(st.uuids(), intervals, instants, st.floats(0, 0.999))
def test_however_late_it_runs_the_next_is_one_interval_on(
    component: UUID, interval: int, now: datetime, late: float
) -> None:
    due = next_due(component, interval, now)
    assert next_due(component, interval, due + timedelta(seconds=late * interval)) == due + timedelta(seconds=interval)


def test_a_thousand_of_one_minute_are_spread_over_it() -> None:
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    seconds = [0] * 60
    for number in range(1000):
        # The first digits of random ids are as good as any.
        due = next_due(UUID(int=number * 0x9E3779B97F4A7C15F39CC0605CEDC834 % 2**128), 60, now)
        seconds[int((due - now).total_seconds()) % 60] += 1
    assert max(seconds) < 50
