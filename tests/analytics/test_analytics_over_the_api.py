"""How it went, over the API: of everything, of incidents, of one service; and the same time before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from services.models import Service
from tests.analytics.conftest import ANN, CLOCK, NOW, ROBOT, ago, incident, service
from tests.factories import bearer

WHOLE = "/api/v1/analytics"


@pytest.fixture(autouse=True)
def thursday(db: None) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def reader() -> Client:
    return Client(headers=bearer("read"))


@pytest.fixture
def checkout() -> Service:
    return service("Checkout")


def ask(client: Client, address: str = WHOLE, period: str = "30d") -> dict[str, Any]:
    response = client.get(address, {"period": period})
    assert response.status_code == 200, response.content
    return dict(response.json())


def test_where_nothing_is_there_is_no_figure(reader: Client) -> None:
    found = ask(reader)
    assert found["uptime"]["percent"] is None
    nothing = {"count": 0, "mean_seconds": None, "median_seconds": None, "p90_seconds": None}
    assert (found["mtta"], found["mttr"]) == (nothing, nothing)
    assert found["incidents"]["total"] == 0
    assert found["trend"][0] == found["trend"][0] | {"mtta_mean_seconds": None, "uptime_percent": None}
    assert found["noisiest"] == {"incidents": [], "status_changes": [], "downtime": []}


def test_a_period_is_told_beside_the_one_before(reader: Client, checkout: Service) -> None:
    incident(35, checkout, severity="critical", answered=30, resolved=60)
    incident(3, checkout, severity="low", answered=10)
    incident(2, checkout, severity="critical", answered=4, resolved=90)
    found = ask(reader)
    assert (found["period"], found["since"], found["until"]) == ("30d", "2026-02-18T00:00:00Z", "2026-03-19T12:00:00Z")
    assert found["incidents"] == found["incidents"] | {"total": 2, "open": 1}
    assert found["incidents"]["by_severity"] == {"critical": 1, "high": 0, "medium": 0, "low": 1}
    assert found["incidents"]["by_status"]["resolved"] == 1
    assert (found["mtta"]["mean_seconds"], found["mttr"]["median_seconds"]) == (420, 5400)
    assert found["uptime"]["downtime_seconds"] == 5400
    before = found["before"]
    assert (before["since"], before["until"]) == ("2026-01-19T00:00:00Z", "2026-02-17T12:00:00Z")
    assert (before["incidents"]["total"], before["mtta"]["mean_seconds"]) == (1, 1800)
    assert before["uptime"]["downtime_seconds"] == 3600


def test_the_trend_adds_up_to_the_whole(reader: Client, checkout: Service) -> None:
    for days in (29, 20, 9, 2, 1):
        incident(days, checkout, severity="high", answered=days, resolved=10)
    found = ask(reader)
    assert sum(step["incidents"] for step in found["trend"]) == found["incidents"]["total"] == 5
    assert sum(step["downtime_seconds"] for step in found["trend"]) == found["uptime"]["downtime_seconds"]
    assert found["trend"][-1]["mtta_mean_seconds"] == 90
    assert found["trend"][-1]["since"] == "2026-03-16T00:00:00Z"


def test_only_people_answer_by_their_keys_too(reader: Client, checkout: Service) -> None:
    incident(2, checkout, answered=1, by=CLOCK)
    incident(3, checkout, answered=2, by=ROBOT)
    incident(4, checkout, answered=6, by=ANN)
    incident(5, checkout)
    found = ask(reader)
    assert found["incidents"]["acknowledged_by"] == {"person": 2, "machine": 1, "nobody": 1}
    assert (found["mtta"]["count"], found["mtta"]["mean_seconds"]) == (2, 240)


def test_a_person_after_a_machine_is_the_first_that_counts(reader: Client) -> None:
    row = incident(2, answered=1, by=CLOCK)
    row.acknowledge(by=ANN, now=row.created_at + timedelta(minutes=9))
    found = ask(reader)
    assert found["incidents"]["acknowledged_by"] == {"person": 1, "machine": 0, "nobody": 0}
    assert (found["mtta"]["count"], found["mtta"]["mean_seconds"]) == (1, 540)


def test_who_acknowledges_again_after_a_machine_or_reopening_is_measured_once(reader: Client) -> None:
    row = incident(2, answered=6, resolved=20)
    row.reopen(by=ANN, now=ago(1.9))
    row.acknowledge(by=ANN, now=ago(1.8))
    row.resolve(by=ANN, now=ago(1))
    found = ask(reader)
    assert (found["mtta"]["count"], found["mtta"]["mean_seconds"]) == (1, 360)
    assert found["mttr"]["mean_seconds"] == 86400


def test_the_noisiest_come_first_and_quiet_ones_not_at_all(reader: Client, checkout: Service) -> None:
    books, _quiet = service("Books"), service("Quiet")
    books.set_status("red", by=ANN, now=ago(6))
    books.set_status(None, by=ANN, now=ago(6) + timedelta(hours=1))
    incident(3, checkout, severity="low", resolved=5)
    incident(2, checkout, books, severity="low", resolved=5)
    found = ask(reader)["noisiest"]
    assert [(row["name"], row["amount"]) for row in found["incidents"]] == [("Checkout", 2), ("Books", 1)]
    assert {row["name"]: row["amount"] for row in found["status_changes"]} == {"Checkout": 4, "Books": 4}
    assert [(row["name"], row["amount"]) for row in found["downtime"]] == [("Books", 3600)]


def test_one_service_is_told_of_its_own(reader: Client, checkout: Service) -> None:
    incident(2, checkout, severity="high", answered=5, resolved=30)
    incident(2, service("Books"), severity="high", answered=50, resolved=300)
    found = ask(reader, f"/api/v1/services/{checkout.pk}/analytics", "7d")
    assert (found["service"], found["incidents"]["total"], found["status_changes"]) == (str(checkout.pk), 1, 2)
    assert (found["mtta"]["mean_seconds"], found["uptime"]["downtime_seconds"]) == (300, 1800)
    assert len(found["trend"]) == 7
    assert "noisiest" not in found
    assert reader.get("/api/v1/services/00000000-0000-4000-8000-000000000000/analytics").status_code == 404


def test_the_uptime_of_a_service_is_the_one_shown_everywhere(reader: Client, checkout: Service) -> None:
    checkout.set_status("red", by=ANN, now=NOW - timedelta(minutes=90, seconds=17))
    elsewhere = reader.get(f"/api/v1/services/{checkout.pk}/uptime", {"days": "7,30,90"}).json()["uptime"]
    for days in (7, 30, 90):
        here = ask(reader, f"/api/v1/services/{checkout.pk}/analytics", f"{days}d")
        assert here["uptime"]["percent"] == elsewhere[f"{days}_days"]


def test_incidents_alone_are_told_without_uptime(reader: Client, checkout: Service) -> None:
    incident(0.5, checkout, answered=5)
    found = ask(reader, "/api/v1/incidents/analytics", "24h")
    assert (found["incidents"]["total"], found["mtta"]["count"]) == (1, 1)
    assert "uptime" not in found
    assert "uptime_percent" not in found["trend"][0]


@pytest.mark.parametrize("address", [WHOLE, "/api/v1/incidents/analytics"])
@pytest.mark.parametrize("query", ["period=1y", "period=", "days=30"])
def test_what_makes_no_sense_is_refused(reader: Client, address: str, query: str) -> None:
    response = reader.get(f"{address}?{query}")
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [query.partition("=")[0]]


def test_figures_take_a_fixed_number_of_queries(reader: Client, checkout: Service) -> None:
    incident(2, checkout, answered=5)
    ask(reader)
    with CaptureQueriesContext(connection) as one:
        ask(reader)
    for number in range(8):
        incident(number, service(f"More {number}"), answered=number)
    with CaptureQueriesContext(connection) as many:
        ask(reader)
    assert len(many) == len(one)
