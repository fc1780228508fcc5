"""The net under broker and timetable: while one sweep is long at work, the others come when it is their time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from config import net
from config.net import Net, Sweep

LONG = 20.0
mine: list[Net] = []


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(net, "PERIOD", 0.001)
    yield
    while mine:
        mine.pop().stop(None)


def begin(monkeypatch: pytest.MonkeyPatch, *sweeps: Sweep, queues: tuple[str, ...] = ("urgent", "later")) -> Net:
    monkeypatch.setattr(net, "SWEEPS", sweeps)
    worker: Any = SimpleNamespace(
        app=SimpleNamespace(amqp=SimpleNamespace(queues=SimpleNamespace(consume_from=queues)))
    )
    mine.append(started := Net(worker))
    started.start(worker)
    return started


def flagging(flag: threading.Event) -> Callable[[Callable[[], bool]], object]:
    return lambda _stopping: flag.set()


def test_retries_do_not_wait_for_a_long_run_of_first_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    came = threading.Event()
    long = Sweep("long", "urgent", lambda _stopping: came.wait(LONG))
    begin(monkeypatch, long, Sweep("short", "later", flagging(came)))
    assert came.wait(LONG)


def test_two_sweeps_of_one_queue_do_not_wait_either(monkeypatch: pytest.MonkeyPatch) -> None:
    came = threading.Event()
    long = Sweep("long", "urgent", lambda _stopping: came.wait(LONG))
    begin(monkeypatch, long, Sweep("short", "urgent", flagging(came)))
    assert came.wait(LONG)


def test_a_worker_sweeps_for_its_own_queues_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    here, there = threading.Event(), threading.Event()
    begun = begin(
        monkeypatch,
        Sweep("here", "urgent", flagging(here)),
        Sweep("there", "later", flagging(there)),
        queues=("urgent",),
    )
    assert here.wait(LONG)
    assert [thread.name for thread in begun.threads] == ["net-here"]
    assert not there.is_set()


def test_a_sweep_that_breaks_comes_again_and_breaks_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    again, tries = threading.Event(), []

    def broken(_stopping: Callable[[], bool]) -> object:
        tries.append(1)
        if len(tries) > 1:
            again.set()
        raise ValueError("bad day")

    begin(monkeypatch, Sweep("broken", "urgent", broken))
    assert again.wait(LONG)


def test_whoever_is_at_work_is_told_that_the_worker_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    begun, asked = threading.Event(), []

    def long(stopping: Callable[[], bool]) -> object:
        asked.append(stopping)
        begun.set()
        return None

    started = begin(monkeypatch, Sweep("long", "urgent", long))
    assert begun.wait(LONG)
    started.stop(None)
    assert asked[0]() is True
    assert not any(thread.is_alive() for thread in started.threads)
