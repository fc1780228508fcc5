"""Whoever waits for several heartbeats takes them in one order, so that two who do never block each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection, connections, transaction

from events.actors import SYSTEM
from services.checks.claiming import Claim, claim_these
from services.checks.crew import Finished
from services.checks.storing import store
from services.models import Component, Heartbeat, Service
from services.probes.outcome import passed
from tests.checks.conftest import START, watch

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time."),
]
Verb = Callable[[Sequence[Claim]], object]


def keep(claims: Sequence[Claim]) -> object:
    return store([Finished(each, START, passed(5.0)) for each in claims], START)


def take(claims: Sequence[Claim]) -> object:
    return claim_these([each.component_id for each in claims], START)


@pytest.mark.parametrize("verb", [keep, take], ids=["storing", "asking"])
def test_who_waits_for_the_first_holds_none_of_the_others(verb: Verb) -> None:
    shop = Service.add(by=SYSTEM, name="Shop", now=START)
    # The last is made first: a table that is read from its beginning would give them the other way round.
    for number in reversed(range(1, 9)):
        watch(Component.add(shop, id=UUID(int=number), by=SYSTEM, name=f"Part {number}", now=START))
    claims = claim_these([UUID(int=number) for number in reversed(range(1, 9))], START)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Heartbeat.objects.select_for_update().get(pk=UUID(int=1))
        done = pool.submit(closing, verb, claims)
        while not somebody_waits():
            assert not done.done()
        others = Heartbeat.objects.exclude(pk=UUID(int=1)).select_for_update(skip_locked=True)
        assert len(others) == 7


def closing(verb: Verb, claims: Sequence[Claim]) -> None:
    try:
        verb(claims)
    finally:
        connections.close_all()


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_locks JOIN pg_stat_activity USING (pid) "
            "WHERE NOT granted AND pg_stat_activity.datname = current_database())"
        )
        return bool(cursor.fetchone()[0])
