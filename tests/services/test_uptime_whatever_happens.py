"""What holds of uptime whatever happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from services.figure import Weight, total
from services.status import Status
from services.uptime import DAY, HOUR, SECOND, Change, Interval, as_of, days, intervals, uptime, window

START = datetime(2026, 3, 1, tzinfo=UTC)
END = START + 10 * DAY
BERLIN = ZoneInfo("Europe/Berlin")
UP, MAINT, SLOW, PART, DOWN = Status


@pytest.fixture(params=[1.0, 0.5, 0.3, 0.0], ids=str, autouse=True)
def weight(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Weight, "partial", request.param)


statuses = st.sampled_from([*Status, None])
changes = st.lists(st.tuples(st.integers(-3_000_000, 900_000), statuses), max_size=25).map(
    lambda rows: [Change(START + second * SECOND, new) for second, new in sorted(rows, key=lambda row: row[0])]
)
# Patching the weight for all examples of a test alike is what is meant.
anyhow = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def parts_of(found: list[Change]) -> list[Interval]:
    return intervals(found, START, END)


@anyhow
@given(changes)
def test_it_is_a_share(found: list[Change]) -> None:
    figure = uptime(parts_of(found))
    assert (figure.percent is None) == (figure.observed == timedelta())
    if figure.percent is not None:
        assert 0 <= figure.percent <= 100 * (1 - figure.down / figure.observed) + 1e-9


@anyhow
@given(changes, st.lists(st.booleans(), min_size=30, max_size=30))
def test_maintenance_never_lowers_it(found: list[Change], planned: list[bool]) -> None:
    parts = parts_of(found)
    # Time that counts half is better than the rest may be; without it a figure can be lower.
    down = (PART, DOWN) if Weight.partial == 1 else (DOWN,)
    work = [part.status in down and plan for part, plan in zip(parts, planned, strict=False)]
    after = [replace(part, status=MAINT) if was else part for part, was in zip(parts, work, strict=True)]
    before, figure = uptime(parts), uptime(after)
    assert figure.down <= before.down
    assert figure.percent is None or (before.percent is not None and figure.percent >= before.percent)
    assert uptime(part for part in after if part.status is not MAINT).percent == figure.percent


@anyhow
@given(changes, st.integers(0, 864_000))
def test_splitting_an_interval_changes_nothing(found: list[Change], second: int) -> None:
    cut = START + second * SECOND
    parts = parts_of(found)
    split = [half for part in parts for half in halves(part, cut)]
    assert uptime(split) == uptime(parts)
    assert total([uptime(split[:3]), uptime(split[3:])]) == uptime(parts)


@anyhow
@given(changes)
def test_a_change_to_what_stands_already_changes_nothing(found: list[Change]) -> None:
    doubled = [again for change in found for again in (change, change)]
    assert parts_of(doubled) == parts_of(found)


@anyhow
@given(changes)
def test_time_of_which_nobody_knows_is_left_out(found: list[Change]) -> None:
    known = [part for part in parts_of(found) if part.status is not None]
    figure = uptime(parts_of(found))
    assert uptime(known) == figure
    assert figure.observed + figure.maintenance == sum((part.length for part in known), timedelta())


@anyhow
@given(changes)
def test_worse_is_never_better(found: list[Change]) -> None:
    worse = [replace(change, new=DOWN) if change.new in (UP, SLOW, PART) else change for change in found]
    figure, lower = uptime(parts_of(found)), uptime(parts_of(worse))
    assert lower.observed == figure.observed
    assert lower.down >= figure.down


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 3, 30), 24), (date(2026, 10, 25), 25)])
def test_a_day_of_a_local_zone_is_as_long_as_it_is(day: date, hours: int) -> None:
    start = datetime.combine(day, time(), BERLIN).astimezone(UTC)
    end = datetime.combine(day + timedelta(days=1), time(), BERLIN).astimezone(UTC)
    parts = intervals([Change(start - DAY, UP), Change(start + HOUR, DOWN), Change(start + 2 * HOUR, UP)], start, end)
    figure = uptime(parts)
    assert figure.observed == hours * HOUR
    assert figure.percent == (hours - 1) * 100_000 // hours / 1000


@anyhow
@example(86_399, UP)
@example(0, DOWN)
@given(st.integers(0, 86_399), statuses.filter(lambda status: status is not None))
def test_a_service_born_today_has_a_figure_of_today_alone(second: int, status: Status) -> None:
    now = START + second * SECOND
    found = [Change(now, status)]
    until = as_of(found, now)
    each = days(intervals(found, window(now, 90), until), until, 90, status)
    assert len(each) == 90
    assert all(day.status is None and day.uptime.percent is None for day in each[:-1])
    assert each[-1].status is status
    assert total(day.uptime for day in each) == each[-1].uptime
    assert each[-1].uptime.observed <= 2 * SECOND


def halves(part: Interval, cut: datetime) -> Iterator[Interval]:
    if part.start < cut < part.end:
        yield from (replace(part, end=cut), replace(part, start=cut))
    else:
        yield part
