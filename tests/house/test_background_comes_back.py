"""Worker and beat are started again after pauses that grow, and the person at the terminal reads one line a try."""

from __future__ import annotations

from typing import Any

import pytest

from config import run


class Ended:
    def poll(self) -> int:
        return -9


class Crew:
    """Starts what ends at once."""

    def __init__(self) -> None:
        self.members: dict[str, Any] = {}
        self.starts = 0

    def start(self, name: str, _command: list[str], *, env: dict[str, str]) -> None:
        assert env["MALLOC_ARENA_MAX"] == "1", "The threads of a worker share one heap."
        self.members[name] = Ended()
        self.starts += 1

    def end_strays(self) -> None:
        pass


class Clock:
    now = 0.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(run, "time", clock)
    return clock


@pytest.fixture
def background(clock: Clock) -> run.Background:
    return run.Background(Crew(), ["background"])  # type: ignore[arg-type]


def next_pause(background: run.Background, clock: Clock) -> float:
    """End, and return how long it took until the next start."""
    crew: Any = background.crew
    starts, began = crew.starts, clock.now
    while crew.starts == starts:
        background.tend()
        clock.now += 0.5
    return clock.now - 0.5 - began


def test_the_pauses_grow_up_to_half_a_minute(background: run.Background, clock: Clock) -> None:
    assert [next_pause(background, clock) for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]


def test_after_a_steady_life_the_first_pause_is_short_again(background: run.Background, clock: Clock) -> None:
    for _ in range(4):
        next_pause(background, clock)
    clock.now += run.STEADY + 1
    assert next_pause(background, clock) == 1


def test_each_try_is_told_in_one_line(
    background: run.Background, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(3):
        next_pause(background, clock)
    told = capsys.readouterr().err.splitlines()
    assert [line.rpartition("start again ")[2] for line in told] == ["in 1 s.", "in 2 s.", "in 4 s."]
