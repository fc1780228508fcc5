"""What a round costs whatever it holds: a look is one statement, a claim one more, what came in a single one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from services.checks.claiming import Claim, claim
from services.checks.crew import Finished
from services.checks.lapsing import wake
from services.checks.storing import store
from services.models import CheckResult, Heartbeat, Service
from services.probes.outcome import passed
from tests.checks.conftest import START, more_parts, watch

SECOND = timedelta(seconds=1)
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no way to go and come back.")


@pytest.fixture(autouse=True)
def parts(shop: Service) -> None:
    for number, part in enumerate(more_parts(shop, 3)):
        watch(part, timeout=(0.5, 10, 60)[number], options={"keyword": f"part {number}"})
        Heartbeat.objects.filter(pk=part.pk).update(next_check_at=START - number * SECOND)


def said(act: Callable[[], object]) -> list[str]:
    """Return what the database is told meanwhile."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return [query["sql"].split()[0] for query in asked]


def keep(claims: list[Claim]) -> None:
    store([Finished(each, START, passed(5.0)) for each in claims], START)


def test_where_nothing_is_due_each_look_is_one_that_takes_no_lock() -> None:
    before = START - 5 * SECOND
    assert said(lambda: wake(before)) == said(lambda: claim(9, before)) == ["SELECT"]


def test_claims_are_made_with_a_single_statement_however_long_their_leases_are() -> None:
    assert len(said(lambda: claim(9, START))) == 2
    held = Heartbeat.objects.order_by("timeout").values_list("lease_until", flat=True)
    assert [until and until - START for until in held] == [timedelta(seconds=30 + time) for time in (0.5, 10, 60)]


def test_a_claim_holds_what_the_row_holds_and_the_longest_waiting_comes_first() -> None:
    found = claim(2, START)
    beats = list(Heartbeat.objects.order_by("next_check_at")[:2])
    assert [each.component_id for each in found] == [beat.pk for beat in beats]
    for name in Claim._fields[1:]:
        assert [getattr(each, name) for each in found] == [getattr(beat, name) for beat in beats], name


@on_postgresql
def test_what_came_in_is_kept_with_a_single_statement() -> None:
    claims = claim(9, START)
    assert said(lambda: keep(claims)) == ["WITH"]
    assert CheckResult.objects.count() == 3
