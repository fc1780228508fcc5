"""What depends on something that is down is measured all the same, and says so."""

from __future__ import annotations

import pytest

from events.actors import SYSTEM
from services.models import Component, Service, StatusChange
from services.models.depending import excused
from services.status import Status
from tests.checks.conftest import START, Engine, watch
from tests.checks.targets import Target


@pytest.fixture
def chain(shop: Service) -> list[Component]:
    """A website on a queue on a database."""
    database = Component.add(shop, by=SYSTEM, name="PostgreSQL", now=START)
    queue = Component.add(shop, by=SYSTEM, name="Queue", now=START, depends_on=database)
    website = Component.add(shop, by=SYSTEM, name="Website", now=START, depends_on=queue)
    return [website, queue, database]


def test_a_child_whose_parent_is_down_says_so(chain: list[Component], target: Target, engine: Engine) -> None:
    website, _, database = chain
    database.measure(Status.MAJOR_OUTAGE, by=SYSTEM, now=START)
    watch(website, target.at("/down"), down_after=1)
    engine.run()
    website.refresh_from_db()
    assert website.status == "major_outage"
    said = StatusChange.objects.filter(component=website, source="heartbeat").get().message
    assert said.endswith("PostgreSQL, on which it depends, is down.")
    assert excused(website) == database


def test_the_nearest_that_is_down_excuses(chain: list[Component]) -> None:
    website, queue, database = chain
    for part in (queue, database):
        part.measure(Status.MAJOR_OUTAGE, by=SYSTEM, now=START)
    assert excused(Component.objects.get(pk=website.pk)) == queue


def test_degraded_excuses_nobody(chain: list[Component]) -> None:
    website, queue, _ = chain
    queue.measure(Status.DEGRADED, by=SYSTEM, now=START)
    assert excused(Component.objects.get(pk=website.pk)) is None


def test_nothing_excuses_the_cause(chain: list[Component]) -> None:
    *_, database = chain
    database.measure(Status.MAJOR_OUTAGE, by=SYSTEM, now=START)
    assert excused(database) is None
