"""Latency and uptime by the hour are on the public page of a service that allows it, and of no other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from services.models import CheckResult, CheckRollup, Component, Service
from services.uptime import HOUR, floor
from statuspage import publisher, snapshot, store
from statuspage.read_details import details
from tests.statuspage.conftest import ANN
from tests.statuspage.planning import watch

pytestmark = pytest.mark.django_db
FIXED = 3


@pytest.fixture(autouse=True)
def _still() -> Iterator[None]:
    """Stop the clock: no hour or month turns in the middle of a test."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


def measured(name: str, *, shown: bool = True) -> Service:
    service = Service.add(by=ANN, name=name, public=True, show_latency=shown)
    part = Component.add(service, by=ANN, name="Database")
    watch(part)
    begun = floor(timezone.now(), HOUR)
    CheckRollup.objects.bulk_create(
        CheckRollup(component=part, period="hour", start=begun - n * HOUR, count=60, ok=57, p50=40.0, p95=90.0)
        for n in range(30)
    )
    return service


def page(slug: str) -> str:
    publisher.publish()
    found = store.get(f"/status/services/{slug}")
    assert found is not None
    return bytes(found.body).decode()


def test_they_are_drawn_and_written_as_a_table() -> None:
    measured("Shop")
    shown = page("shop")
    assert "Latency of Database, last 24 hours: half of the checks within 40 ms" in shown
    assert "<td>40 ms</td><td>90 ms</td>" in shown
    assert "Uptime of Shop by hour, last 14 days" in shown


def test_where_it_is_not_allowed_nothing_of_it_is_told() -> None:
    measured("Shop", shown=False)
    shown = page("shop")
    assert not [words for words in ("Latency", "40 ms", "by hour") if words in shown]


def test_the_hour_that_goes_on_makes_no_other_page() -> None:
    service = measured("Shop")
    before = page("shop")
    CheckRollup.objects.filter(start=floor(timezone.now(), HOUR)).update(p50=999, p95=999)
    assert page("shop") == before
    CheckRollup.objects.filter(component__service=service).update(p50=999, p95=999)
    assert "999 ms" in page("shop")


def test_raw_results_are_never_read() -> None:
    service = measured("Shop")
    with CaptureQueriesContext(connection) as queries:
        publisher.publish()
        details(snapshot.take(timezone.now()).services, [service.id], timezone.now())
    assert queries.captured_queries
    assert not [query for query in queries.captured_queries if CheckResult._meta.db_table in query["sql"]]


@pytest.mark.parametrize("count", [1, 20])
def test_many_pages_are_read_in_a_fixed_number_of_queries(count: int) -> None:
    keys = [measured(f"Shop {number}").id for number in range(count)]
    services = snapshot.take(timezone.now()).services
    with CaptureQueriesContext(connection) as queries:
        found = details(services, keys, timezone.now())
        assert len([made for made in found.values() if made().graphs]) == count
    assert len(queries) == FIXED, [query["sql"] for query in queries]
