"""Of several workers one has a check; what a killed one had is run again; a late result is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

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
    assert len(claim(3, uuid4(), START)) == 3
    assert engine.run(START) == 2
    assert engine.run(START + LONGEST_LEASE + SECOND) >= 3
    assert CheckResult.objects.values("component").distinct().count() == 5


def test_the_result_of_a_check_that_somebody_else_ran_anew_is_refused(part: Component) -> None:
    watch(part, degraded_after=1)
    mine, theirs = uuid4(), uuid4()
    (old,) = claim(1, mine, START)
    (new,) = claim_these([part.pk], theirs, START + SECOND)
    store([Finished(new, START + SECOND, passed(5.0))], theirs, START + SECOND)
    assert store([Finished(old, START, failed("timeout", "No answer."))], mine, START + 2 * SECOND) == []
    assert list(CheckResult.objects.values_list("ok", flat=True)) == [True]
    assert Heartbeat.objects.get().consecutive_failures == 0


def test_what_was_changed_meanwhile_takes_no_result_of_before(part: Component) -> None:
    watch(part)
    lease = uuid4()
    (old,) = claim(1, lease, START)
    watch(part, "https://example.com/other", now=START + SECOND)
    assert store([Finished(old, START, passed(5.0))], lease, START + 2 * SECOND) == []
    assert not CheckResult.objects.exists()


def test_what_was_deleted_meanwhile_is_no_error(shop: Service, part: Component) -> None:
    watch(part)
    lease = uuid4()
    claims = claim(1, lease, START)
    part.remove(by=SYSTEM)
    assert store([Finished(each, START, passed(5.0)) for each in claims], lease, START) == []
    assert not settle(claims[0].component_id, START)
