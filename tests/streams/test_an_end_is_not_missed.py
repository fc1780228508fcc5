"""Who is told to end does so, also where something else has just come: a task that goes on is never ended again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from events.streams.client import Audience, Client
from events.streams.guard import Guard
from events.streams.hub import Hub
from events.streams.reading import Batch, Newest

NEVER = 10_000.0
# So many turns of the event loop between what comes and the end.
TURNS = range(6)


class Quiet:
    """A log in which nothing happens."""

    async def newest(self) -> Newest:
        return Newest()

    async def after(self, *_: object) -> Batch:
        return Batch([], more=False)


@pytest.fixture(autouse=True)
def never(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody look by the clock."""
    monkeypatch.setattr("events.streams.hub.PERIOD", NEVER)
    monkeypatch.setattr("events.streams.guard.PERIOD", NEVER)


def left_over(begin: Callable[[], tuple[Callable[[], Any], Callable[[], Any]]], turns: int) -> int:
    """Return how many tasks go on after the end, which comes so many turns after something else."""

    async def whole() -> int:
        happen, end = begin()
        await turn(10)
        happen()
        await turn(turns)
        end()
        await turn(20)
        return len(asyncio.all_tasks()) - 1

    return asyncio.run(whole())


async def turn(times: int) -> None:
    for _ in range(times):
        await asyncio.sleep(0)


@pytest.mark.parametrize("turns", TURNS)
def test_a_hub_that_is_stopped_just_after_a_ring_reads_no_more(turns: int) -> None:
    def begin() -> tuple[Callable[[], Any], Callable[[], Any]]:
        quiet: Any = Quiet()
        hub = Hub(quiet, None, lambda _: None)
        hub.join(Client(Audience.PUBLIC), Newest())
        return hub.ring, hub.stop

    assert left_over(begin, turns) == 0


@pytest.mark.parametrize("turns", TURNS)
def test_a_guard_without_clients_asks_no_more_whatever_it_has_just_heard(turns: int) -> None:
    def begin() -> tuple[Callable[[], Any], Callable[[], Any]]:
        client, guard = Client(Audience.ADMIN), Guard(lambda _: None, ThreadPoolExecutor(1))
        guard.watch(client, {})
        return lambda: guard.hear({"USER_CHANGED"}), lambda: guard.forget(client)

    assert left_over(begin, turns) == 0
