"""What never answers has its own slot until its timeout; everybody else's checks come and go meanwhile."""

from __future__ import annotations

import asyncio
import threading
from datetime import timedelta

import pytest

from services.checks import crew
from services.checks.claiming import LONGEST_LEASE
from services.models import CheckResult, Heartbeat, Service
from services.probes import KINDS, Outcome
from services.probes.tcp import Tcp
from tests.checks.conftest import START, Engine, more_parts, watch
from tests.checks.targets import Target

MINUTE = timedelta(minutes=1)


def test_the_others_are_stored_first(shop: Service, target: Target, engine: Engine) -> None:
    silent, *others = more_parts(shop, 30)
    watch(silent, target.at("/hang"), timeout=30, now=START - MINUTE)
    for part in others:
        watch(part, target.at("/ok"))

    def let_go_when_the_others_are_stored() -> bool:
        if CheckResult.objects.count() == len(others):
            target.let_go()
        return False

    assert engine.runner.work(let_go_when_the_others_are_stored) == 30
    codes = list(CheckResult.objects.order_by("id").values_list("code", flat=True))
    assert codes == [""] * 29 + ["connection_closed"]


def test_what_becomes_due_meanwhile_does_not_wait(shop: Service, target: Target, engine: Engine) -> None:
    silent, quick = more_parts(shop, 2)
    watch(silent, target.at("/hang"), timeout=2)
    watch(quick, target.at("/ok"), now=START + timedelta(seconds=5))

    def ten_seconds_later() -> None:
        target.hanging.wait()
        engine.at = START + timedelta(seconds=10)

    clock = threading.Thread(target=ten_seconds_later)
    clock.start()
    engine.run()
    clock.join()
    assert target.asked == {"/hang": 1, "/ok": 1}
    assert [result.component for result in CheckResult.objects.order_by("id")] == [quick, silent]


def test_it_is_degraded_and_then_down_by_its_timeout(shop: Service, target: Target, engine: Engine) -> None:
    (silent,) = more_parts(shop, 1)
    watch(silent, target.at("/hang"), timeout=0.2, down_after=2)
    engine.run()
    engine.run(START + MINUTE)
    silent.refresh_from_db()
    assert silent.status == "major_outage"
    assert Heartbeat.objects.get().last_code == "timeout"


def test_a_kind_that_minds_no_timeout_gives_its_slot_back(
    shop: Service, target: Target, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Deaf(Tcp):
        async def run(self, *_: object, **__: object) -> Outcome:
            await asyncio.sleep(3600)
            raise AssertionError("Nobody waits for this.")

    monkeypatch.setitem(KINDS, "tcp", Deaf())
    monkeypatch.setattr(crew, "GUARD", 0.1)
    deaf, *others = more_parts(shop, 5)
    watch(deaf, "example.com:80", kind="tcp", timeout=0.1)
    for part in others:
        watch(part, target.at("/ok"))
    assert engine.run() == 5
    assert CheckResult.objects.get(component=deaf).code == "timeout"
    assert engine.crew.in_hand == 0


def test_what_waited_too_long_for_a_slot_is_left_to_its_lease(
    shop: Service, target: Target, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "STALE", -1.0)
    (part,) = more_parts(shop, 1)
    watch(part, target.at("/ok"))
    assert engine.run() == 0
    assert engine.crew.in_hand == 0
    monkeypatch.undo()
    assert engine.run(START + LONGEST_LEASE) == 1
    assert target.asked == {"/ok": 1}
