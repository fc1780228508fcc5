"""From step to step, round by round, past those who are not there, until nobody is left."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alerts.paging.course import START, Climb, Course, Next, Plan, Step, after_firing, climb, is_over, plan_of

FIVE, TEN = timedelta(minutes=5), timedelta(minutes=10)


def plan(*delays: int, repeat: int = 0) -> Plan:
    return Plan([Step(timedelta(minutes=delay), []) for delay in delays], repeat, timedelta())


def told(of: Plan, empty: Collection[int] = (), most: int = 100) -> list[tuple[int, int]]:
    """Return every step and round that fires, in order, until the page is over."""
    found, course = [], START
    while (reached := climb(of, course, lambda step: step not in empty).course) is not None:
        found.append((reached.step, reached.round))
        course = after_firing(of, reached).course
        assert len(found) < most
    return found


def test_a_snapshot_is_read_in_minutes() -> None:
    read = plan_of({"steps": [{"delay": 5, "targets": [{"user": "a"}]}], "repeat": 2, "remind_after": 30})
    assert read == Plan([Step(FIVE, [{"user": "a"}])], 2, timedelta(minutes=30))


def test_after_a_step_the_next_one_follows_when_its_time_is_over() -> None:
    assert after_firing(plan(5, 10), Course(0, 0)) == Next(Course(1, 0), FIVE)


def test_after_the_last_step_the_next_round_follows() -> None:
    assert after_firing(plan(5, 10, repeat=1), Course(1, 0)) == Next(Course(0, 1), TEN)


def test_the_last_step_of_the_last_round_has_its_time_too() -> None:
    after = after_firing(plan(5, 10), Course(1, 0))
    assert (is_over(plan(5, 10), after.course), after.delay) == (True, TEN)


@pytest.mark.parametrize(
    ("repeat", "empty", "fires"),
    [
        (0, (), [(0, 0), (1, 0), (2, 0)]),
        (1, (), [(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (2, 1)]),
        (0, (0,), [(1, 0), (2, 0)]),
        (1, (1,), [(0, 0), (2, 0), (0, 1), (2, 1)]),
        (1, (2,), [(0, 0), (1, 0), (0, 1), (1, 1)]),
        # Past the last step stands the fallback.
        (0, (0, 1, 2), [(3, 0)]),
        (2, (0, 1, 2), [(3, 0), (3, 1), (3, 2)]),
    ],
)
def test_steps_fire_in_order_and_those_without_people_are_passed(
    repeat: int, empty: tuple[int, ...], fires: list[tuple[int, int]]
) -> None:
    assert told(plan(5, 5, 5, repeat=repeat), empty) == fires


def test_what_is_passed_is_named() -> None:
    assert climb(plan(5, 5, 5), START, lambda step: step == 2) == Climb(Course(2, 0), [Course(0, 0), Course(1, 0)])


def test_somebody_who_was_told_in_this_round_spares_the_admins() -> None:
    assert climb(plan(5, 5), Course(1, 0), lambda _: False) == Climb(None, [Course(1, 0)])


def test_a_round_that_has_lost_everybody_since_the_last_falls_back() -> None:
    passed = [Course(1, 0), Course(0, 1), Course(1, 1)]
    assert climb(plan(5, 5, repeat=1), Course(1, 0), lambda _: False) == Climb(Course(2, 1), passed)


def test_a_policy_without_a_step_falls_back_once_a_round() -> None:
    assert told(plan(repeat=1)) == [(0, 0), (0, 1)]
    assert after_firing(plan(), Course(0, 0)).delay == FIVE


@given(count=st.integers(1, 6), repeat=st.integers(0, 9), empty=st.sets(st.integers(0, 5)))
def test_every_page_ends_and_tells_each_who_is_there_once_a_round(count: int, repeat: int, empty: set[int]) -> None:
    there = [step for step in range(count) if step not in empty] or [count]
    assert told(plan(*[5] * count, repeat=repeat), empty) == [
        (step, turn) for turn in range(repeat + 1) for step in there
    ]
