"""Checks that are late show, and so does when the last one ran."""

from __future__ import annotations

from datetime import timedelta

import time_machine

from events.actors import SYSTEM
from services.checks import last_ran, late, receive
from services.checks.claiming import claim
from services.models import Component, Service
from tests.checks.conftest import START, Engine, more_parts, watch
from tests.checks.targets import Target

SECOND = timedelta(seconds=1)


def test_overdue_and_not_under_way_is_late(shop: Service) -> None:
    for part in more_parts(shop, 3):
        watch(part)
    assert late(START + 5 * SECOND) == 0
    claim(1, START)
    assert late(START + 11 * SECOND) == 2


def test_what_is_paused_is_not_late(part: Component) -> None:
    watch(part).pause(by=SYSTEM, now=START)
    assert late(START + 3600 * SECOND) == 0


def test_the_last_check_is_remembered(part: Component, target: Target, engine: Engine) -> None:
    assert last_ran() is None
    watch(part, target.at("/ok"))
    engine.run(START + SECOND)
    assert last_ran() == START + SECOND


def test_a_job_that_calls_is_no_check_of_ours(part: Component) -> None:
    receive(watch(part, kind="push").token, "success", START)
    assert last_ran() is None


def test_it_never_ran_in_the_future(part: Component, target: Target, engine: Engine) -> None:
    watch(part, target.at("/ok"))
    engine.run(START + 3600 * SECOND)
    with time_machine.travel(START, tick=False):
        assert last_ran() == START
