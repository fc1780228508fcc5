"""Whatever happened: shares are shares, nothing burns without downtime, and how time is cut changes nothing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from services.sla.budget import State, budget, burn
from services.sla.period import PERIODS, current
from services.status import Status
from services.uptime import Change, Interval, intervals

START = datetime(2027, 12, 1, tzinfo=UTC)
LENGTH = timedelta(days=130)

minutes = st.integers(0, 130 * 24 * 60).map(lambda number: START + timedelta(minutes=number))
statuses = st.sampled_from([*Status, None])
histories = st.lists(st.tuples(minutes, statuses), max_size=20).map(
    lambda rows: [Change(when, status) for when, status in sorted(rows, key=lambda row: row[0])]
)
targets = st.decimals(0, 100, places=3)
kinds = st.sampled_from(sorted(PERIODS))


def parts_of(history: list[Change], now: datetime) -> list[Interval]:
    return intervals(history, START - LENGTH, now)


@given(histories, minutes, targets, kinds)
def test_figures_stay_within_their_bounds(history: list[Change], now: datetime, target: Decimal, kind: str) -> None:
    found = budget(parts_of(history, now), current(kind, now), now, target)
    assert found.seen.percent is None or 0 <= found.seen.percent <= 100
    assert timedelta() <= found.countable <= found.period.length
    assert timedelta() <= found.unseen
    assert found.allowance is not None
    assert timedelta() <= found.allowance <= found.countable
    assert found.left == found.allowance - found.seen.down
    assert found.ends_at is None or now <= found.ends_at <= found.period.end
    assert (found.burn_rate == 0) is (bool(found.seen.observed) and not found.seen.down)


@given(histories, targets, kinds)
def test_at_the_end_a_promise_is_broken_exactly_when_the_availability_is_below_it(
    history: list[Change], target: Decimal, kind: str
) -> None:
    period = current(kind, START + LENGTH / 2)
    found = budget(parts_of(history, period.end), period, period.end, target)
    exact = found.seen.down * 100 > found.seen.observed * (100 - float(target)) + timedelta(milliseconds=1)
    assert found.state is not State.BREACH or found.seen.percent is None or found.seen.percent < target
    assert not exact or found.state is State.BREACH
    rate = burn(found.seen, target)
    assert rate is None or rate <= 1 + 1e-9 or found.state is State.BREACH


@given(histories, minutes, minutes, targets, kinds)
def test_cutting_time_in_two_changes_nothing(
    history: list[Change], cut: datetime, now: datetime, target: Decimal, kind: str
) -> None:
    parts = parts_of(history, now)
    pieces = [
        piece
        for part in parts
        for piece in (
            [Interval(part.start, cut, part.status), Interval(cut, part.end, part.status)]
            if part.start < cut < part.end
            else [part]
        )
    ]
    period = current(kind, now)
    assert budget(pieces, period, now, target) == budget(parts, period, now, target)


@given(histories, minutes, targets, kinds)
def test_the_time_so_far_is_all_accounted_for(history: list[Change], now: datetime, target: Decimal, kind: str) -> None:
    found = budget(parts_of(history, now), current(kind, now), now, target)
    assert found.seen.observed + found.seen.maintenance + found.unseen == now - found.period.start


@given(histories, minutes, kinds)
def test_a_higher_target_never_leaves_more(history: list[Change], now: datetime, kind: str) -> None:
    parts, period = parts_of(history, now), current(kind, now)
    left = [budget(parts, period, now, Decimal(target)).left for target in ("99", "99.9", "99.99", "100")]
    assert left == sorted(left, key=lambda one: -(one or timedelta()).total_seconds())
