"""Where nobody knows how a service is, the page says so, and what was last known."""

from __future__ import annotations

import json
from typing import Any

import pytest

from events.relay import relay_all
from services.models import Component, Service
from services.status import Status
from statuspage import store
from tests.statuspage.conftest import ANN
from tests.statuspage.planning import watch

pytestmark = pytest.mark.django_db


def published(address: str) -> str:
    relay_all()
    found = store.get(address)
    assert found is not None
    return bytes(found.body).decode()


def status() -> Any:
    return json.loads(published("/api/v1/status"))


@pytest.fixture
def part(checkout: Service) -> Component:
    part = Component.add(checkout, by=ANN, name="Database")
    watch(part)
    return part


def row(page: str) -> str:
    return page[page.index('id="s-checkout-api"') :].split("</li>")[0]


def test_the_row_has_the_mark_the_word_and_the_last_known_status(part: Component) -> None:
    part.measure(Status.DEGRADED, by=ANN)
    part.measure(None, by=ANN)
    shown = row(published("/status"))
    assert all(words in shown for words in ("m-no_data", "No data", "Last known: degraded. No data since <time"))
    assert 'data-say="Checkout API: No data"' in shown


def test_the_headline_claims_nothing(part: Component) -> None:
    part.measure(None, by=ANN)
    page = published("/status")
    assert "<h1>No current data for Checkout API</h1>" in page
    assert '<section class="overall no_data"' in page
    assert status()["headline"] == "No current data for Checkout API"
    assert "status: no data" in published("/status/badge.svg")


def test_the_json_keeps_the_last_status_and_says_how_time_counts(part: Component) -> None:
    part.measure(Status.MAJOR_OUTAGE, by=ANN)
    part.measure(None, by=ANN)
    line = status()["services"][0]
    assert (line["status"], line["rule"], status()["overall_status"]) == ("major_outage", "no_data", "major_outage")
    detail = json.loads(published(f"/api/v1/status/services/{line['id']}"))["service"]
    assert [(one["status"], one["rule"]) for one in detail["components"]] == [("major_outage", "no_data")]


def test_its_own_page_and_badge_say_it_too(part: Component) -> None:
    part.measure(None, by=ANN)
    page = published("/status/services/checkout-api")
    assert "<title>No data: Checkout API · OpStatus</title>" in page
    assert "<h1>Checkout API: No data</h1>" in page
    assert "Checkout API: no data" in published("/status/services/checkout-api/badge.svg")


def test_one_silent_part_of_two_is_named_on_the_service_page_alone(part: Component, checkout: Service) -> None:
    watch(Component.add(checkout, by=ANN, name="Queue"))
    part.measure(None, by=ANN)
    assert "m-no_data" not in row(published("/status"))
    assert 'data-say="Database: No data"' in published("/status/services/checkout-api")


def test_once_it_is_known_again_nothing_is_left_of_it(part: Component) -> None:
    part.measure(None, by=ANN)
    published("/status")
    part.measure(Status.OPERATIONAL, by=ANN)
    assert "<h1>All services are operational</h1>" in published("/status")
    assert status()["services"][0]["rule"] == "counted"
