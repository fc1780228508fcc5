"""A pause, another kind or the end of a heartbeat holds, whoever is about to check it or to be told by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from events.actors import SYSTEM
from services.checks import receive, run_now
from services.models import CheckResult, Component, Heartbeat
from tests.checks.conftest import START, Engine, watch
from tests.checks.targets import Target

HOUR = timedelta(hours=1)
NEVER, LATER = None, START + HOUR


@contextmanager
def after_the_first_look(act: Callable[[], object]) -> Iterator[None]:
    """Have somebody else ``act`` between what is read first and what is made of it."""
    waiting = [act]

    def wrapper(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        found = execute(sql, params, many, context)
        if waiting and "services_heartbeat" in sql:
            waiting.pop()()
        return found

    with connection.execute_wrapper(wrapper):
        yield
    assert not waiting


@pytest.fixture
def job(part: Component) -> Heartbeat:
    """It calls every hour, and has called once."""
    beat = watch(part, kind="push", interval=3600, options={"longest_run": 60})
    receive(beat.token, "success", START)
    return Heartbeat.objects.get()


def pause(until: Any) -> None:
    Heartbeat.objects.get().pause(by=SYSTEM, until=until, now=START)


@pytest.mark.parametrize("until", [NEVER, LATER], ids=["for good", "for a while"])
@pytest.mark.parametrize("signal", ["success", "start", "fail"])
def test_a_job_that_calls_while_it_is_paused_stays_paused(job: Heartbeat, signal: Any, until: Any) -> None:
    with after_the_first_look(lambda: pause(until)):
        assert receive(job.token, signal, START + timedelta(seconds=1))
    job.refresh_from_db()
    assert (job.is_paused, job.next_check_at, job.started_at) == (True, until, None)
    assert CheckResult.objects.count() == 1


@pytest.mark.parametrize("signal", ["success", "start", "fail"])
def test_a_job_that_calls_while_its_heartbeat_is_switched_off_has_no_address(job: Heartbeat, signal: Any) -> None:
    with after_the_first_look(lambda: Heartbeat.objects.get().switch_off(by=SYSTEM)):
        assert not receive(job.token, signal, START + timedelta(seconds=1))


@pytest.mark.parametrize("until", [NEVER, LATER], ids=["for good", "for a while"])
def test_a_check_that_is_asked_for_while_it_is_paused_changes_nothing(
    part: Component, target: Target, until: Any
) -> None:
    watch(part, target.at("/ok"))
    with after_the_first_look(lambda: pause(until)):
        assert run_now([part.pk], START)[part.pk].ok
    assert Heartbeat.objects.get().is_paused
    assert not CheckResult.objects.exists()


def test_what_has_become_a_job_meanwhile_is_not_asked(part: Component, target: Target) -> None:
    watch(part, target.at("/ok"))
    with after_the_first_look(lambda: watch(part, kind="push")):
        assert run_now([part.pk], START) == {}
    assert not CheckResult.objects.exists()


def test_what_hangs_at_the_old_address_says_nothing_of_the_new_one(
    part: Component, target: Target, engine: Engine
) -> None:
    watch(part, target.at("/hang"), timeout=0.8, down_after=1)
    stopping = iter([False])
    assert engine.runner.work(lambda: next(stopping, True)) == 0
    watch(part, target.at("/hang"), timeout=3, down_after=1)
    engine.run()
    assert list(CheckResult.objects.values_list("detail", flat=True)) == [
        "Nothing within 3 s: connected, but no answer came."
    ]
