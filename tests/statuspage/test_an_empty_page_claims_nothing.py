"""Before anything is published the page says so, and no more than that."""

from __future__ import annotations

import json

import pytest

from incidents.models import Incident
from services.models import Service
from statuspage import publisher, store
from tests.statuspage.conftest import ANN

pytestmark = pytest.mark.django_db


def published(address: str = "/status") -> str:
    publisher.publish()
    found = store.get(address)
    assert found is not None
    return bytes(found.body).decode()


def overall(page: str) -> str:
    return page[page.index('<section class="overall') :].split("</section>")[0]


def test_nothing_is_green_and_nothing_has_changed() -> None:
    head = overall(published())
    assert "No services are published yet" in head
    assert ("m-no_data" in head, "operational" in head, "Last change" in head) == (True, False, False)
    assert json.loads(published("/api/v1/status"))["last_updated"] is None


def test_there_are_no_others_where_there_are_none() -> None:
    assert "No incidents in this time." in published()
    Incident.declare(by=ANN, title="Cards fail", severity="low")
    assert "No other incidents in this time." in published()


def test_with_a_service_it_tells_how_it_is_and_since_when() -> None:
    Service.add(by=ANN, name="Checkout", public=True)
    head = overall(published())
    assert ("m-operational" in head, "m-no_data" in head, "Last change" in head) == (True, False, True)


def test_the_title_and_the_json_say_the_headline() -> None:
    for name, status in (("Checkout", "red"), ("Reports", "red"), ("Search", "degraded"), ("Mail", None)):
        Service.add(by=ANN, name=name, public=True).set_status(status, by=ANN)
    said = "Major outage of Checkout and Reports, 1 other service affected"
    assert f"<title>{said} · OpStatus</title>" in published()
    assert json.loads(published("/api/v1/status"))["headline"] == said
