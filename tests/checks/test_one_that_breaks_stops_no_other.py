"""A row that a later version has written, or a hand, stops none of the others."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services.checks.lapsing import lapse
from services.checks.sweeping import sweep
from services.models import Component, Heartbeat, Service
from tests.checks.conftest import START, Engine, more_parts, watch
from tests.checks.targets import Target

HOUR = timedelta(hours=1)


@pytest.fixture
def parts(shop: Service) -> list[Component]:
    """Two that are broken, and between them one that is not."""
    found = more_parts(shop, 3)
    for bad in (found[0], found[2]):
        Component.objects.filter(pk=bad.pk).update(manual_status="on_fire")
    return found


def test_the_engine_settles_the_others_and_goes_on(parts: list[Component], target: Target, engine: Engine) -> None:
    for part in parts:
        watch(part, target.at("/down"), down_after=1)
    assert engine.run() == 3
    parts[1].refresh_from_db()
    assert parts[1].status == "major_outage"
    assert not engine.runner.unsettled


def test_the_sweep_settles_the_others(parts: list[Component]) -> None:
    for part in parts:
        watch(part)
    Heartbeat.objects.update(verdict="major_outage")
    assert sweep(START) == 1
    parts[1].refresh_from_db()
    assert parts[1].status == "major_outage"


def test_of_the_others_it_is_said_that_nobody_knows(parts: list[Component]) -> None:
    for part in parts:
        watch(part)
    assert lapse(START + HOUR) == 1
    parts[1].refresh_from_db()
    assert parts[1].unknown
