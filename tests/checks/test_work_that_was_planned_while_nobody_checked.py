"""Nobody knows how a service was after a window of maintenance that ended while no worker ran."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from events.actors import SYSTEM
from services.checks.lapsing import lapse
from services.maintenance import clock
from services.models import Component, Heartbeat, Maintenance, Service, StatusChange
from services.models.history import changes_since
from services.status import Status
from tests.checks.conftest import START, Engine, more_parts, watch
from tests.checks.targets import Target

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
BACK = START + 3 * HOUR


def plan(shop: Service, start: datetime, end: datetime) -> None:
    Maintenance.schedule(by=SYSTEM, title="Work", services=[shop], start=start, end=end, now=start - MINUTE)


def history(shop: Service) -> list[tuple[datetime, Status | None]]:
    changes = changes_since(START, Service.objects.all())[shop.pk]
    return [(change.at, change.new) for change in changes][-3:]


@pytest.mark.parametrize("begun", [True, False], ids=["under way before", "wholly within"])
def test_it_is_unknown_from_the_end_of_the_window_to_the_first_check(
    shop: Service, part: Component, target: Target, engine: Engine, begun: bool
) -> None:
    watch(part, target.at("/ok"), interval=60)
    start = START + (MINUTE if begun else 30 * MINUTE)
    plan(shop, start, START + HOUR)
    engine.run()
    if begun:
        clock.tick(start)
    engine.run(BACK)
    clock.tick(BACK)
    assert history(shop) == [(start, Status.MAINTENANCE), (START + HOUR, None), (BACK, Status.OPERATIONAL)]


@pytest.mark.parametrize("rare_first", [True, False])
def test_a_service_is_unknown_only_once_all_of_its_parts_are(shop: Service, rare_first: bool) -> None:
    rare, often = more_parts(shop, 2)[:: 1 if rare_first else -1]
    watch(rare, interval=3600)
    watch(often, interval=60)
    for part, minutes in ((rare, 50), (often, 1)):
        Heartbeat.objects.filter(pk=part.pk).update(next_check_at=START + minutes * MINUTE, verdict="operational")
    assert lapse(START + 24 * HOUR) == 2
    unknown = StatusChange.objects.get(service=shop, component=None, rule="no_data")
    assert unknown.at == START + 50 * MINUTE
