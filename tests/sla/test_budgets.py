"""What a target allows, what is left of it, and how fast it is used up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from services.sla.budget import Budget, State, budget, burn, burns
from services.sla.period import Period, month, rolling
from services.status import Status
from services.uptime import DAY, HOUR, MINUTE, Change, Interval, intervals, uptime

UP, MAINT, SLOW, PART, DOWN = Status
APRIL = month(datetime(2026, 4, 1, tzinfo=UTC))
START = APRIL.start


def at(days: float) -> datetime:
    return START + days * DAY


def of(*changes: tuple[float, Status | None], now: float, target: str | None = "99.9") -> Budget:
    """Return the budget of April on the day ``now`` of it, counted from 0."""
    told = [Change(at(day), status) for day, status in changes]
    parts = intervals(told, START - DAY, at(now))
    return budget(parts, APRIL, at(now), Decimal(target) if target else None)


def test_the_allowance_is_what_the_target_leaves_of_the_whole_period() -> None:
    found = of((-1, UP), (10, DOWN), (10.01, UP), now=15)
    assert found.allowance == timedelta(minutes=43, seconds=12)
    assert found.left == timedelta(minutes=28, seconds=48)
    assert found.used == pytest.approx(1 / 3)


def test_maintenance_and_time_without_data_allow_nothing() -> None:
    found = of((-1, UP), (2, MAINT), (4, None), (5, UP), now=6)
    assert found.seen.maintenance == 2 * DAY
    assert found.unseen == DAY
    assert found.allowance == timedelta(days=27) / 1000


def test_a_service_born_in_mid_period_is_measured_by_what_follows() -> None:
    found = of((20, UP), now=25)
    assert found.allowance == timedelta(days=10) / 1000
    assert found.state is State.KEPT


def test_at_the_end_it_is_overdrawn_exactly_when_the_availability_misses_the_target() -> None:
    just = timedelta(minutes=43, seconds=12) / DAY
    kept = of((-1, UP), (1, DOWN), (1 + just, UP), now=30)
    missed = of((-1, UP), (1, DOWN), (1 + just + 1e-6, UP), now=30)
    assert (kept.state, kept.seen.percent, kept.left) == (State.WARNING, 99.9, timedelta())
    assert missed.state is State.BREACH
    assert missed.seen.percent == 99.899


@pytest.mark.parametrize(("minutes", "state"), [(0, "kept"), (34.55, "kept"), (34.56, "warning"), (43.3, "breach")])
def test_four_fifths_of_the_allowance_are_a_warning(minutes: float, state: str) -> None:
    down = timedelta(minutes=minutes) / DAY
    assert of((-1, UP), (3, DOWN), (3 + down, UP), now=4).state == state


def test_a_target_of_everything_allows_nothing() -> None:
    fine = of((-1, UP), now=4, target="100")
    assert (fine.allowance, fine.used, fine.burn_rate, fine.state) == (timedelta(), 0.0, 0.0, State.KEPT)
    torn = of((-1, UP), (3, DOWN), (3.1, UP), now=4, target="100")
    assert (torn.used, torn.burn_rate, torn.ends_at, torn.state) == (None, None, None, State.BREACH)


def test_without_a_target_nothing_is_promised_and_the_availability_stands() -> None:
    found = of((-1, UP), (3, DOWN), (4, UP), now=8, target=None)
    assert (found.allowance, found.left, found.used, found.burn_rate, found.ends_at) == (None,) * 5
    assert found.state is State.NO_TARGET
    assert found.seen.percent == 87.5


def test_where_nothing_was_observed_nothing_is_said() -> None:
    found = of(now=8)
    assert (found.state, found.burn_rate, found.used) == (State.NO_DATA, None, 0.0)
    assert of((-1, UP), now=0).state is State.NO_DATA


def test_a_burn_rate_of_one_uses_the_budget_up_by_the_end() -> None:
    found = of((-1, UP), (1, DOWN), (1.015, UP), now=15)
    assert found.burn_rate == pytest.approx(1)
    assert found.used == pytest.approx(0.5)
    assert found.ends_at is None


def test_what_burns_faster_ends_before_the_period() -> None:
    found = of((-1, UP), (1, DOWN), (1.02, UP), now=10)
    assert found.burn_rate == pytest.approx(2)
    assert found.ends_at == pytest.approx(at(15), abs=timedelta(seconds=1))


def test_nothing_is_foretold_when_it_is_over_and_where_the_period_rolls() -> None:
    assert of((-1, UP), (1, DOWN), (1.5, UP), now=10).ends_at is None
    parts = [Interval(START, at(1), UP), Interval(at(1), at(1.02), DOWN), Interval(at(1.02), at(10), UP)]
    assert budget(parts, rolling(at(10)), at(10), Decimal("99.9")).ends_at is None


def test_the_last_hours_tell_an_outage_from_a_leak() -> None:
    now = at(9)
    parts = [Interval(START, now - HOUR, UP), Interval(now - HOUR, now - 30 * MINUTE, DOWN)]
    parts.append(Interval(now - 30 * MINUTE, now, UP))
    found = burns(parts, now, Decimal("99.9"))
    assert found == {"1h": pytest.approx(500), "6h": pytest.approx(500 / 6), "24h": pytest.approx(500 / 24)}
    assert burns(parts, now, None) == {"1h": None, "6h": None, "24h": None}


def test_a_budget_of_the_past_is_taken_at_its_end() -> None:
    parts = [Interval(START, at(40), UP), Interval(at(40), at(41), DOWN)]
    found = budget(parts, APRIL, at(41), Decimal(99))
    assert (found.at, found.seen.down) == (APRIL.end, timedelta())
    assert budget(parts, Period(at(50), at(60)), at(41), Decimal(99)).seen.observed == timedelta()


def test_no_downtime_burns_nothing_and_no_time_says_nothing() -> None:
    assert burn(uptime([Interval(START, at(1), SLOW)]), Decimal("99.9")) == 0
    assert burn(uptime([Interval(START, at(1), MAINT)]), Decimal("99.9")) is None
