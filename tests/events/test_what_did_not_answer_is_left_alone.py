"""What is frozen holds up one who asks every few seconds, and not everybody."""

from __future__ import annotations

import pytest

from events.rest import SECONDS, Rest


class Clock:
    """Stands still until it is pushed."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr("events.rest.time.monotonic", made)
    return made


def fail(rest: Rest, error: type[Exception] = OSError) -> None:
    with pytest.raises(error), rest.trying(OSError):
        raise error


@pytest.fixture
def rest(clock: Clock) -> Rest:
    """Something that has just not answered."""
    made = Rest()
    assert not made.holds()
    fail(made)
    return made


def test_nobody_asks_it_for_some_seconds(rest: Rest, clock: Clock) -> None:
    assert rest.holds()
    clock.now += SECONDS - 0.01
    assert rest.holds()


def test_then_one_does_while_the_others_leave_it_alone(rest: Rest, clock: Clock) -> None:
    clock.now += SECONDS
    assert [rest.holds() for _ in range(16)] == [False, *[True] * 15]
    fail(rest)
    clock.now += SECONDS - 0.01
    assert rest.holds()


def test_once_it_answers_everybody_asks(rest: Rest, clock: Clock) -> None:
    clock.now += SECONDS
    assert not rest.holds()
    with rest.trying(OSError):
        pass
    assert not any(rest.holds() for _ in range(16))


def test_an_answer_that_is_an_error_is_an_answer(rest: Rest, clock: Clock) -> None:
    clock.now += SECONDS
    assert not rest.holds()
    fail(rest, ValueError)
    assert not rest.holds()


def test_who_asks_and_never_comes_back_keeps_it_alone_no_longer_than_a_failure(rest: Rest, clock: Clock) -> None:
    clock.now += SECONDS
    assert not rest.holds()
    clock.now += SECONDS
    assert not rest.holds()
