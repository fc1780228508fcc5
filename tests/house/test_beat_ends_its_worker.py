"""Beat is a thread of the worker; were it to end alone, nothing would be rung any more and nobody would notice."""

from __future__ import annotations

from typing import Any

import pytest
from celery.worker import state

from config.background import Beat
from config.celery import app


class Worker:
    app = app


class Timetable:
    """Stands in for Celery's service: it is over at once."""

    error: Exception | None = None

    def start(self) -> None:
        if self.error:
            raise self.error

    def stop(self) -> None:
        pass


@pytest.fixture
def beat(monkeypatch: pytest.MonkeyPatch) -> Beat:
    monkeypatch.setattr(state, "should_stop", None)
    beat = Beat(Worker())
    service: Any = Timetable()
    beat.service = service
    return beat


def test_when_it_breaks_the_worker_ends_with_a_status(beat: Beat) -> None:
    beat.service.error = OSError("The disk is full.")
    beat.start(Worker())
    beat.thread.join()
    assert state.should_stop


def test_when_it_just_ends_the_worker_does_too(beat: Beat) -> None:
    beat.start(Worker())
    beat.thread.join()
    assert state.should_stop


def test_asked_to_end_it_is_no_fault(beat: Beat) -> None:
    beat.stopping = True
    beat.start(Worker())
    beat.stop(Worker())
    beat.thread.join()
    assert state.should_stop is None
