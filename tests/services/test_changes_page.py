"""The change history of everything: filters in the address, the same as a sheet, linked from where it is wanted."""

from __future__ import annotations

import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains

from events.actors import CLOCK, Actor
from services.models import Component, Service
from tests.services.conftest import ANN

PAGE = "/console/changes/"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def component(db: None) -> Component:
    service = Service.add(by=ANN, name="Checkout API", now=NOON)
    component = Component.add(service, by=ANN, name="Redis", now=NOON)
    component.set_status("red", by=CLOCK, message="=No answer", now=NOON + timedelta(hours=1))
    Service.add(by=Actor("key", "7", "robot"), name="Other", now=NOON + timedelta(days=2))
    component.measure(None, by=CLOCK, now=NOON + timedelta(days=3))
    component.set_status(None, by=ANN, now=NOON + timedelta(days=4))
    return component


def shown(client: Client, query: str = "") -> list[str]:
    page = client.get(f"{PAGE}?{query}").context["page"]
    return [f"{change.component or change.service}: {change.old or 'new'} → {change.new}" for change in page]


def test_the_newest_comes_first(viewer: Client) -> None:
    assert shown(viewer)[-1] == "Checkout API: new → operational"
    assert shown(viewer)[0].startswith("Checkout API: ")


def test_everything_is_found_by_the_address(viewer: Client, component: Component) -> None:
    service = component.service_id
    everything = len(shown(viewer))
    assert len(shown(viewer, f"service={service}")) == everything - 1
    assert shown(viewer, f"service={service}&component={component.pk}")[-1] == "Redis: new → operational"
    assert all(row.startswith("Checkout API") for row in shown(viewer, f"service={service}&component=none"))
    assert shown(viewer, "actor=robot") == ["Other: new → operational"]
    assert shown(viewer, "source=heartbeat&rule=counted") == []
    assert shown(viewer, "rule=no_data")[-1].startswith("Redis: ")
    assert shown(viewer, "from=2026-03-03&to=2026-03-03") == ["Other: new → operational"]
    assert len(shown(viewer, "q=no answer")) == 2


def test_days_are_those_of_the_reader(viewer: Client) -> None:
    user = viewer.get(PAGE).context["user"]
    user.timezone = "Pacific/Auckland"
    user.save()
    # Noon in UTC is past midnight there.
    assert shown(viewer, "from=2026-03-04&to=2026-03-04") == ["Other: new → operational"]
    assert shown(viewer, "from=2026-03-03&to=2026-03-03") == []


@pytest.mark.parametrize("query", ["service=x", "rule=luck", "source=wind", "from=soon", "component=x"])
def test_a_filter_that_makes_no_sense_shows_nothing_and_says_so(viewer: Client, query: str) -> None:
    response = viewer.get(f"{PAGE}?{query}")
    assertContains(response, "A filter is not valid")
    assert response.context["form"].errors[query.partition("=")[0]]
    assert shown(viewer, query) == []


@pytest.mark.parametrize("query", ["", "actor=Ann&q=Redis", "from=2026-03-01&to=2026-03-02", "rule=no_data"])
def test_the_sheet_holds_what_the_page_shows(viewer: Client, query: str) -> None:
    response = viewer.get(f"{PAGE}?{query}")
    address = f"/api/v1/status-changes?{response.context['query']}"
    assertContains(response, address.replace("&", "&amp;"))
    text = b"".join(viewer.get(address)).decode()
    rows = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))
    assert [f"{row['component'] or row['service']}: {row['old'] or 'new'} → {row['new']}" for row in rows] == shown(
        viewer, query
    )
    assert all(not row["message"].startswith("=") for row in rows)


def test_it_is_linked_from_the_service_and_from_the_activity(viewer: Client, component: Component) -> None:
    service = component.service_id
    assertContains(viewer.get(f"/console/services/{service}/"), f"{PAGE}?service={service}")
    assertContains(viewer.get("/console/activity/"), PAGE)


def test_a_page_takes_a_fixed_number_of_queries(viewer: Client, component: Component) -> None:
    viewer.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        viewer.get(PAGE)
    for number in range(8):
        Component.add(Service.add(by=ANN, name=f"More {number}"), by=ANN, name="Redis")
    with CaptureQueriesContext(connection) as many:
        viewer.get(PAGE)
    assert len(many) == len(one)
