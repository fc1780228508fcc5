"""Of several workers one has a check; what a killed one had is run again; a late result is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connections

from events.actors import SYSTEM
from services.checks.claiming import LONGEST_LEASE, claim, claim_these
from services.checks.crew import Finished
from services.checks.settling import settle
from services.checks.storing import store
from services.models import CheckResult, Component, Heartbeat, Service
from services.probes.outcome import failed, passed
from tests.checks.conftest import START, Engine, more_parts, watch
from tests.checks.targets import Target

SECOND = timedelta(seconds=1)


@pytest.mark.django_db(transaction=True)
def test_each_check_is_run_by_one(target: Target) -> None:
    shop = Service.add(by=SYSTEM, name="Shop", now=START)
    for part in more_parts(shop, 40):
        watch(part, target.at("/ok"))
    start = Barrier(3)

    def work() -> int:
        engine = Engine(limit=4)
        start.wait()
        try:
            with engine.crew:
                return engine.run()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(3) as pool:
        stored = [each.result() for each in [pool.submit(work) for _ in range(3)]]
    assert sum(stored) == 40
    assert target.asked == {"/ok": 40}
    assert CheckResult.objects.values("component").distinct().count() == CheckResult.objects.count() == 40


def test_what_a_killed_worker_had_runs_again_after_its_lease(shop: Service, target: Target, engine: Engine) -> None:
    for part in more_parts(shop, 5):
        watch(part, target.at("/ok"))
    assert len(claim(3, START)) == 3
    assert engine.run(START) == 2
    assert engine.run(START + LONGEST_LEASE + SECOND) >= 3
    assert CheckResult.objects.values("component").distinct().count() == 5


def test_a_lease_is_not_taken_for_a_mistake_by_a_clock_that_is_a_little_behind(part: Component) -> None:
    watch(part, timeout=60, now=START - timedelta(minutes=1))
    assert len(claim(1, START)) == 1
    assert claim(1, START - timedelta(seconds=5)) == []


def test_of_two_answers_in_one_swarm_that_of_the_standing_lease_counts(part: Component) -> None:
    watch(part)
    old, new = *claim(1, START), *claim_these([part.pk], START + SECOND)
    answers = [Finished(new, START, passed(5.0)), Finished(old, START, failed("timeout", "No answer."))]
    store(answers, START + SECOND)
    assert list(CheckResult.objects.values_list("ok", flat=True)) == [True]


def test_the_result_of_a_check_that_somebody_else_ran_anew_is_refused(part: Component) -> None:
    watch(part, degraded_after=1)
    (old,) = claim(1, START)
    (new,) = claim_these([part.pk], START + SECOND)
    store([Finished(new, START + SECOND, passed(5.0))], START + SECOND)
    assert store([Finished(old, START, failed("timeout", "No answer."))], START + 2 * SECOND) == []
    assert list(CheckResult.objects.values_list("ok", flat=True)) == [True]
    assert Heartbeat.objects.get().consecutive_failures == 0


def test_what_was_changed_meanwhile_takes_no_result_of_before(part: Component) -> None:
    watch(part)
    (old,) = claim(1, START)
    watch(part, "https://example.com/other", now=START + SECOND)
    assert store([Finished(old, START, passed(5.0))], START + 2 * SECOND) == []
    assert not CheckResult.objects.exists()


def test_what_was_deleted_meanwhile_is_no_error(shop: Service, part: Component) -> None:
    watch(part)
    claims = claim(1, START)
    part.remove(by=SYSTEM)
    assert store([Finished(each, START, passed(5.0)) for each in claims], START) == []
    assert not settle(claims[0].component_id, START)
