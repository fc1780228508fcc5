"""How long is waited before the next try."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from notifications.sending.backoff import LONGEST, MOST_ATTEMPTS, delay, rest

luck = st.floats(0, 1)


@given(luck)
def test_each_wait_is_longer_than_the_one_before_and_then_it_is_given_up(lucky: float) -> None:
    waits = [delay(attempts, lucky) for attempts in range(1, MOST_ATTEMPTS)]
    assert all(wait is not None and wait > 0 for wait in waits)
    assert waits == sorted(waits, key=lambda wait: wait or 0)
    assert delay(MOST_ATTEMPTS, lucky) is None


@given(st.integers(1, MOST_ATTEMPTS - 1), luck, st.floats(0, 10**9))
def test_what_was_asked_for_is_waited_but_not_for_ever(attempts: int, lucky: float, asked: float) -> None:
    wait = delay(attempts, lucky, asked)
    assert wait is not None
    assert wait >= min(asked, LONGEST)
    assert wait <= LONGEST * 1.21


def test_two_that_failed_together_do_not_come_back_together() -> None:
    assert len({delay(1, lucky / 10) for lucky in range(10)}) == 10


@given(st.integers(1, 1000), luck)
def test_a_way_that_is_shut_rests_at_most_six_minutes(failures: int, lucky: float) -> None:
    assert 4 <= round(rest(failures, lucky)) <= 360
