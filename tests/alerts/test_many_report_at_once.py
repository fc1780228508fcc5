"""Fifty at one instant: one incident, none lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from django.db import connection, transaction

from alerts.models import Alert, Integration, RawSignal
from alerts.receiving import receive
from events.actors import SYSTEM
from incidents.models import Incident
from services.models import Service
from tests.alerts.conftest import NOW, firing
from tests.checks.test_rows_are_held_in_one_order import somebody_waits
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 50


def test_fifty_that_say_the_same_are_one_alert_counted_fifty_times(integration: Integration, checkout: Service) -> None:
    at_once(*[partial(receive, integration, [firing("a")], NOW)] * MANY)
    assert Incident.objects.count() == 1
    assert Alert.objects.get().count == MANY
    assert RawSignal.objects.count() == MANY


def test_fifty_that_say_something_else_are_fifty_alerts_of_one_incident(
    integration: Integration, checkout: Service
) -> None:
    at_once(*(partial(receive, integration, [firing(f"{number}")], NOW) for number in range(MANY)))
    assert Alert.objects.filter(incident=Incident.objects.get()).count() == MANY


def test_batches_in_any_order_wait_for_nobody_for_ever(integration: Integration, checkout: Service) -> None:
    said = [firing(f"{number}", severity=("high", "low")[number % 2]) for number in range(20)]
    at_once(*(partial(receive, integration, said if turn % 2 else said[::-1], NOW) for turn in range(10)))
    assert set(Alert.objects.values_list("count", flat=True)) == {10}
    assert Incident.objects.count() == 2


def test_one_key_for_two_services_is_one_alert(integration: Integration, checkout: Service) -> None:
    names = ("Checkout", "Search")
    at_once(*(partial(receive, integration, [firing("a", service=names[n % 2])], NOW) for n in range(20)))
    assert Alert.objects.get().count == 20
    assert Incident.objects.count() == 1


@pytest.mark.postgres
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time.")
def test_an_integration_that_goes_waits_in_the_order_in_which_reports_do(
    integration: Integration, checkout: Service
) -> None:
    def goes() -> None:
        # As a big table may be read: from its beginning, and not by the index that has them in order.
        with connection.cursor() as cursor:
            cursor.execute("SET enable_indexscan = off; SET enable_bitmapscan = off")
        integration.remove(by=SYSTEM)

    # The last is made first.
    for number in reversed(range(8)):
        receive(integration, [firing(str(number))], NOW)
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        Alert.objects.select_for_update().get(fingerprint="0")
        done = pool.submit(at_once, goes)
        while not somebody_waits():
            assert not done.done()
        others = Alert.objects.exclude(fingerprint="0").select_for_update(skip_locked=True)
        assert len(others) == 7
    done.result()
    assert not Alert.objects.open().exists()
