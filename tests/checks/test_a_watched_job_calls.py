"""A job tells that it ran, began or failed; when it does not call in time it is down."""

from __future__ import annotations

from datetime import timedelta

import pytest

from events.actors import SYSTEM
from services.checks import receive
from services.models import CheckResult, Component, Heartbeat, Rule
from tests.checks.conftest import START, Engine, watch

MINUTE = timedelta(minutes=1)


@pytest.fixture
def job(part: Component) -> Heartbeat:
    """It calls every ten minutes, and has one more; it has called once."""
    beat = watch(part, kind="push", interval=600, options={"grace": 60, "longest_run": 120})
    assert receive(beat.token, "success", START)
    beat.refresh_from_db()
    return beat


def status(part: Component) -> tuple[str, bool]:
    part.refresh_from_db()
    return part.status, part.unknown


def test_until_its_first_call_nobody_knows(part: Component, engine: Engine) -> None:
    beat = watch(part, kind="push", interval=600)
    assert (beat.next_check_at, status(part), part.rule) == (None, ("operational", True), Rule.NO_DATA)
    assert engine.run(START + 600 * MINUTE) == 0
    receive(beat.token, "success", START + 600 * MINUTE)
    assert status(part) == ("operational", False)


def test_in_time_it_is_well(part: Component, job: Heartbeat, engine: Engine) -> None:
    assert job.next_check_at == START + 11 * MINUTE
    assert engine.run(START + 10 * MINUTE) == 0
    receive(job.token, "success", START + 10 * MINUTE)
    assert engine.run(START + 12 * MINUTE) == 0
    assert status(part) == ("operational", False)


def test_late_it_is_down_at_once_and_well_when_it_calls(part: Component, job: Heartbeat, engine: Engine) -> None:
    assert engine.run(START + 11 * MINUTE) == 1
    assert status(part) == ("major_outage", False)
    assert CheckResult.objects.latest("id").code == "late"
    receive(job.token, "success", START + 13 * MINUTE)
    assert status(part) == ("operational", False)


def test_a_failure_is_down_at_once(part: Component, job: Heartbeat) -> None:
    receive(job.token, "fail", START + MINUTE)
    assert status(part) == ("major_outage", False)
    assert CheckResult.objects.latest("id").code == "reported_failure"


def test_a_start_alone_means_nothing_but_its_run_is_measured(part: Component, job: Heartbeat) -> None:
    results = CheckResult.objects.count()
    receive(job.token, "start", START + 10 * MINUTE)
    assert CheckResult.objects.count() == results
    receive(job.token, "success", START + 11 * MINUTE)
    assert CheckResult.objects.latest("id").latency_ms == 60_000
    assert Heartbeat.objects.get().started_at is None


def test_a_run_that_does_not_end_is_down(part: Component, job: Heartbeat, engine: Engine) -> None:
    receive(job.token, "start", START + MINUTE)
    assert engine.run(START + 2 * MINUTE) == 0
    assert engine.run(START + 3 * MINUTE) == 1
    assert status(part) == ("major_outage", False)


def test_silence_while_nobody_listened_is_not_the_jobs_fault(part: Component, job: Heartbeat, engine: Engine) -> None:
    assert engine.run(START + 60 * MINUTE) == 0
    assert status(part) == ("operational", True)
    assert part.status_since == START + 11 * MINUTE
    job.refresh_from_db()
    assert job.next_check_at == START + 71 * MINUTE
    engine.run(START + 71 * MINUTE)
    assert status(part) == ("major_outage", False)


def test_paused_it_is_heard_and_forgotten(part: Component, job: Heartbeat) -> None:
    job.pause(by=SYSTEM, now=START + MINUTE)
    assert receive(job.token, "fail", START + 2 * MINUTE)
    assert status(part) == ("operational", True)


def test_resumed_it_has_its_whole_time_anew(part: Component, job: Heartbeat, engine: Engine) -> None:
    job.pause(by=SYSTEM, now=START + MINUTE)
    job.resume(by=SYSTEM, now=START + 100 * MINUTE)
    assert engine.run(START + 110 * MINUTE) == 0
    assert engine.run(START + 111 * MINUTE) == 1


def test_a_pause_that_has_ended_gives_it_its_whole_time_anew(part: Component, job: Heartbeat, engine: Engine) -> None:
    job.pause(by=SYSTEM, until=START + 60 * MINUTE, now=START + MINUTE)
    assert receive(job.token, "success", START + 55 * MINUTE)
    assert engine.run(START + 60 * MINUTE) == 0
    assert status(part) == ("operational", True)
    assert engine.run(START + 70 * MINUTE) == 0
    assert engine.run(START + 71 * MINUTE) == 1
    assert status(part) == ("major_outage", False)


def test_what_it_tells_the_moment_after_a_pause_is_kept(part: Component, job: Heartbeat) -> None:
    job.pause(by=SYSTEM, until=START + 60 * MINUTE, now=START + MINUTE)
    receive(job.token, "fail", START + 60 * MINUTE)
    assert status(part) == ("major_outage", False)
    assert not Heartbeat.objects.get().is_paused


@pytest.mark.parametrize("end", [10, 300], ids=["while a worker runs", "while none runs"])
def test_one_that_never_called_is_not_late_after_a_pause(part: Component, engine: Engine, end: int) -> None:
    watch(part, kind="push", interval=600).pause(by=SYSTEM, until=START + 10 * MINUTE, now=START)
    assert engine.run(START + end * MINUTE) == 0
    assert engine.run(START + 600 * MINUTE) == 0
    assert (status(part), Heartbeat.objects.get().next_check_at) == (("operational", True), None)


def test_a_token_that_is_none_is_told_so(part: Component) -> None:
    asked = watch(part)
    assert not receive("nonsense", "success", START)
    assert not receive(asked.token, "success", START)
