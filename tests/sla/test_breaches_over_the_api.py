"""Broken promises over the API: found, and acknowledged once."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from services.models import SlaBreach
from services.models.watching import watch
from tests.factories import bearer
from tests.sla.conftest import ANN, at, outage, promised

BREACHES = "/api/v1/sla/breaches"


@pytest.fixture(autouse=True)
def breaches(db: None) -> None:
    outage(promised(), 2, minutes=36)
    watch(at(3))
    outage(promised("Books", sla_period="quarter"), 4, minutes=200)
    watch(at(5))


@pytest.fixture
def script() -> Client:
    return Client(headers=bearer("read", "write"))


def found(client: Client, **query: Any) -> list[str]:
    response = client.get(BREACHES, query)
    assert response.status_code == 200, response.content
    return [row["service_name"] for row in response.json()["results"]]


def test_a_row_says_what_was_known(script: Client) -> None:
    row = script.get(BREACHES).json()["results"][1]
    assert row == row | {
        "service_name": "Checkout",
        "level": "warning",
        "period": "month",
        "period_start": "2026-04-01T00:00:00Z",
        "period_end": "2026-05-01T00:00:00Z",
        "target": 99.9,
        "allowance_seconds": 2592,
        "downtime_seconds": 2160,
        "at": "2026-04-04T00:00:00Z",
        "over_at": None,
        "acknowledged_at": None,
        "acknowledged_by": "",
        "note": "",
    }
    assert script.get(f"{BREACHES}/{row['id']}").json() == row


def test_they_are_found(script: Client) -> None:
    books = SlaBreach.objects.get(service__name="Books")
    books.acknowledge(by=ANN, note="A migration.")
    assert found(script) == ["Books", "Checkout"]
    assert found(script, level="warning") == ["Checkout"]
    assert found(script, period="quarter") == ["Books"]
    assert found(script, service=books.service_id) == ["Books"]
    assert found(script, acknowledged="false") == ["Checkout"]
    assert found(script, acknowledged="true") == ["Books"]
    assert found(script, to="2026-04-05T00:00:00Z") == ["Checkout"]
    assert found(script, search="migration") == ["Books"]
    assert found(script, ordering="at") == ["Checkout", "Books"]


def test_one_is_acknowledged_once(script: Client) -> None:
    address = f"{BREACHES}/{SlaBreach.objects.get(level='breach').pk}/acknowledge"
    first = script.post(address, {"note": "A migration."}, content_type="application/json")
    assert (first.status_code, first.json()["note"], first.json()["acknowledged_by"]) == (200, "A migration.", "script")
    second = script.post(address, {}, content_type="application/json")
    assert second.status_code == 409
    assert second.json()["detail"] == "script has acknowledged this already."


@pytest.mark.parametrize("body", [{"note": 5 * [1]}, {"note": "\x07"}, {"not": "x"}, {"note": "x" * 5001}])
def test_a_note_that_makes_no_sense_is_refused(script: Client, body: dict[str, object]) -> None:
    address = f"{BREACHES}/{SlaBreach.objects.get(level='breach').pk}/acknowledge"
    response = script.post(address, body, content_type="application/json")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == list(body)
    assert not SlaBreach.objects.exclude(acknowledged_at=None).exists()


def test_reading_is_not_acknowledging() -> None:
    address = f"{BREACHES}/{SlaBreach.objects.get(level='breach').pk}/acknowledge"
    assert Client(headers=bearer("read")).post(address).status_code == 403
