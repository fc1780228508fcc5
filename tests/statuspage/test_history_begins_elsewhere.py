"""When the earliest thing of history goes or comes, the months at that end follow at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from events.relay import relay_all
from incidents.models import Incident
from services.models import Maintenance, Service
from statuspage import publisher
from statuspage.memory import Memory
from statuspage.models import Published
from tests.statuspage.conftest import ANN
from tests.statuspage.planning import HOUR, plan

pytestmark = pytest.mark.django_db
# Days ago. Between the earliest and the later lies a month of which nothing tells.
EARLIEST, LATER, LONG_AGO = 125, 40, 700


def declare(service: Service, days: int, *, public: bool = True) -> Incident:
    at = timezone.now() - timedelta(days=days)
    found = Incident.declare(by=ANN, title="Told", severity="low", services={service: None}, public=public, now=at)
    found.resolve(by=ANN, now=at + HOUR)
    return found


def work(service: Service, days: int) -> Maintenance:
    start = timezone.now() - timedelta(days=days)
    found = plan("Work", service, now=start - HOUR)
    found.start(by=ANN, now=start)
    found.complete(by=ANN, now=start + HOUR)
    return found


@pytest.fixture(params=["in a running process", "in one that has just started"])
def settled(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Publish what waits; in one of two runs forget what is remembered."""

    def settle() -> None:
        relay_all()
        if request.param == "in one that has just started":
            monkeypatch.setattr(publisher, "_memory", Memory())

    return settle


def published() -> dict[str, bytes]:
    return {row.path: bytes(row.body) for row in Published.objects.filter(gone=False)}


def month(days: int) -> str:
    return f"/status/history?month={timezone.now() - timedelta(days=days):%Y-%m}"


def assert_that_all_is_published() -> None:
    after = published()
    publisher.publish()
    assert published() == after


def test_made_internal_its_month_is_gone_and_nothing_leads_there(
    checkout: Service, settled: Callable[[], None]
) -> None:
    declare(checkout, LATER)
    earliest = declare(checkout, EARLIEST)
    settled()
    assert b"Told" in published()[month(EARLIEST)]
    earliest.edit(by=ANN, changes={"public": False})
    relay_all()
    assert month(EARLIEST) not in published()
    assert b'rel="prev"' not in published()[month(LATER)]
    assert_that_all_is_published()


def test_made_public_every_month_since_is_there(checkout: Service, settled: Callable[[], None]) -> None:
    earliest = declare(checkout, EARLIEST, public=False)
    settled()
    assert month(EARLIEST) not in published()
    earliest.edit(by=ANN, changes={"public": True})
    relay_all()
    assert b"Told" in published()[month(EARLIEST)]
    assert_that_all_is_published()


@pytest.mark.parametrize("days", [EARLIEST, LONG_AGO])
def test_work_on_a_service_that_is_hidden_begins_history_no_more(
    days: int, checkout: Service, settled: Callable[[], None]
) -> None:
    hidden = Service.add(by=ANN, name="Hidden", public=True)
    work(hidden, days)
    declare(checkout, LATER)
    settled()
    hidden.edit(by=ANN, changes={"public": False})
    relay_all()
    assert month(EARLIEST) not in published()
    assert_that_all_is_published()


def test_what_was_told_before_all_that_is_rendered_ahead_leaves_no_way_back(
    checkout: Service, settled: Callable[[], None]
) -> None:
    first = declare(checkout, LONG_AGO)
    declare(checkout, 340)
    settled()
    first.edit(by=ANN, changes={"public": False})
    relay_all()
    assert_that_all_is_published()
