"""From outcomes to a status: how many failures it takes, how many successes, and what never happens."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.probes.outcome import Outcome, failed, passed, warned
from services.probes.thresholds import Counts, Policy, judge, note
from services.status import Status, worst

GOOD, BAD, SOON = passed(20.0), failed("timeout", "No answer."), warned("certificate_ends_soon", "In 3 days.", 20.0)
SLOW = passed(900.0)
LATE = failed("late", "Nothing came.")

ordinary = st.sampled_from([GOOD, BAD, SOON, SLOW])
outcomes = st.sampled_from([GOOD, BAD, SOON, SLOW, LATE])
policies = st.builds(
    lambda degraded, more, recover, limit: Policy(degraded, degraded + more, recover, limit),
    st.integers(1, 5),
    st.integers(0, 5),
    st.integers(1, 5),
    st.sampled_from([None, 500.0]),
)
known = st.sampled_from([Status.OPERATIONAL, Status.DEGRADED, Status.MAJOR_OUTAGE])
statuses = st.one_of(st.none(), known)


def run(outcomes: list[Outcome], policy: Policy, was: Status | None = None) -> list[Status | None]:
    """Return the status after each outcome."""
    counts, shown = Counts(), [was]
    for outcome in outcomes:
        counts, status = judge(counts, shown[-1], outcome, policy)
        shown.append(status)
    return shown[1:]


def test_by_default_one_or_two_failures_degrade_and_three_are_an_outage() -> None:
    shown = run([GOOD, BAD, BAD, BAD, BAD, GOOD], Policy())
    degraded, out, fine = Status.DEGRADED, Status.MAJOR_OUTAGE, Status.OPERATIONAL
    assert shown == [fine, degraded, degraded, out, out, fine]


@pytest.mark.parametrize("outcome", [SOON, SLOW], ids=["warned", "slow"])
def test_a_success_can_be_degraded_at_once(outcome: Outcome) -> None:
    assert run([GOOD, outcome, GOOD], Policy(latency_threshold_ms=500))[1] is Status.DEGRADED


def test_what_says_itself_that_it_is_down_is_not_counted() -> None:
    assert run([GOOD, LATE], Policy(degraded_after=50, down_after=100))[-1] is Status.MAJOR_OUTAGE


def test_too_few_failures_say_nothing_about_what_was_never_seen() -> None:
    assert run([BAD, BAD, BAD], Policy(degraded_after=3, down_after=3)) == [None, None, Status.MAJOR_OUTAGE]


def test_a_result_that_was_slow_says_so() -> None:
    noted = note(SLOW, Policy(latency_threshold_ms=500))
    assert (noted.ok, noted.warn, noted.code, noted.latency_ms) == (True, True, "slow", 900.0)
    assert noted.detail == "It took 900 ms; more than 500 ms is slow."


@pytest.mark.parametrize("outcome", [GOOD, BAD, SOON, SLOW, LATE], ids=lambda outcome: outcome.code or "ok")
def test_without_a_threshold_nothing_is_slow(outcome: Outcome) -> None:
    assert note(outcome, Policy()) == outcome


@given(st.lists(outcomes, min_size=1), policies, statuses)
def test_what_is_shown_is_never_better_than_the_outcome(
    happened: list[Outcome], policy: Policy, was: Status | None
) -> None:
    befores = [was, *run(happened, policy, was)]
    for outcome, before, after in zip(happened, befores, befores[1:], strict=False):
        if outcome.ok:
            least = Status.DEGRADED if note(outcome, policy).warn else Status.OPERATIONAL
            assert after is not None
            assert after.rank >= least.rank
        else:
            assert worst([s for s in (before, after) if s]) is (after or Status.OPERATIONAL)


@given(st.lists(ordinary, min_size=1), policies, statuses)
def test_an_outage_needs_its_failures_in_a_row(happened: list[Outcome], policy: Policy, was: Status | None) -> None:
    befores = [was, *run(happened, policy, was)]
    for place, (before, after) in enumerate(itertools.pairwise(befores), 1):
        if after is Status.MAJOR_OUTAGE and before is not Status.MAJOR_OUTAGE:
            row = happened[max(0, place - policy.down_after) : place]
            assert len(row) == policy.down_after
            assert not any(outcome.ok for outcome in row)


@given(st.lists(outcomes, min_size=1), policies, known)
def test_nothing_gets_better_before_its_successes_in_a_row(
    happened: list[Outcome], policy: Policy, was: Status
) -> None:
    befores = [was, *run(happened, policy, was)]
    for place, (before, after) in enumerate(itertools.pairwise(befores), 1):
        if before and after and after.rank < before.rank:
            row = happened[max(0, place - policy.recover_after) : place]
            assert len(row) == policy.recover_after
            assert all(outcome.ok for outcome in row)


@given(st.lists(outcomes), policies, statuses)
def test_enough_good_ones_make_everything_well(happened: list[Outcome], policy: Policy, was: Status | None) -> None:
    assert run([*happened, *[GOOD] * policy.recover_after], policy, was)[-1] is Status.OPERATIONAL


@given(st.lists(outcomes), policies, statuses)
def test_enough_bad_ones_are_an_outage(happened: list[Outcome], policy: Policy, was: Status | None) -> None:
    assert run([*happened, *[BAD] * policy.down_after], policy, was)[-1] is Status.MAJOR_OUTAGE


@given(st.lists(outcomes, min_size=1), policies)
def test_one_of_the_counts_is_always_nothing(happened: list[Outcome], policy: Policy) -> None:
    counts = Counts()
    for outcome in happened:
        counts, _ = judge(counts, None, outcome, policy)
        assert (counts.failures == 0) is outcome.ok
        assert (counts.successes == 0) is not outcome.ok
