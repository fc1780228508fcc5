"""How promises are kept, over the API: any range, JSON and CSV."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from services.models import Service
from tests.factories import bearer
from tests.sla.conftest import at, outage, promised

REPORTS = "/api/v1/sla/reports"


@pytest.fixture(autouse=True)
def midday(db: None) -> Iterator[None]:
    with time_machine.travel(at(10.5), tick=False):
        yield


@pytest.fixture
def reader() -> Client:
    return Client(headers=bearer("read"))


def ask(client: Client, **query: Any) -> list[dict[str, Any]]:
    response = client.get(REPORTS, query)
    assert response.status_code == 200, response.content
    return list(response.json()["results"])


def sheet(client: Client, **query: Any) -> list[dict[str, str]]:
    response = client.get(REPORTS, {"format": "csv", **query})
    assert response["Content-Type"].startswith("text/csv")
    text = b"".join(response).decode()
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def test_each_service_is_measured_over_its_own_period(reader: Client) -> None:
    outage(promised(), 2, minutes=36)
    promised("Books", sla_period="quarter", sla_target="99.5")
    books, checkout = ask(reader)
    assert checkout == checkout | {
        "name": "Checkout",
        "target": 99.9,
        "sla_period": "month",
        "since": "2026-04-01T00:00:00Z",
        "until": "2026-05-01T00:00:00Z",
        "as_of": "2026-04-11T12:00:00Z",
        "sla_state": "warning",
        "availability": 99.761,
        "observed_seconds": 10.5 * 86400,
        "downtime_seconds": 2160,
        "maintenance_seconds": 0,
        "no_data_seconds": 0,
        "allowance_seconds": 2592,
        "allowance_left_seconds": 432,
        "burn_rates": {"1h": 0, "6h": 0, "24h": 0},
    }
    assert checkout["allowance_used"] == pytest.approx(0.8333, abs=1e-4)
    assert checkout["burn_rate"] == pytest.approx(2.381, abs=1e-3)
    assert checkout["budget_ends_at"].startswith("2026-04-13T14:24")
    assert (books["since"], books["until"]) == ("2026-04-01T00:00:00Z", "2026-07-01T00:00:00Z")
    assert (books["availability"], books["burn_rate"], books["budget_ends_at"]) == (100, 0, None)


def test_the_period_before_and_any_range_may_be_asked_for(reader: Client) -> None:
    outage(promised(), -10, minutes=60)
    (before,) = ask(reader, period="previous")
    assert (before["since"], before["until"]) == ("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z")
    assert (before["sla_state"], before["downtime_seconds"]) == ("breach", 3600)
    (week,) = ask(reader, **{"from": "2026-03-20", "to": "2026-03-27T00:00:00Z"})
    assert (week["observed_seconds"], week["downtime_seconds"]) == (7 * 86400, 3600)
    assert ask(reader, **{"from": "2026-03-20", "to": "2026-03-26"}) == [week]
    assert week["allowance_seconds"] == pytest.approx(604.8)
    (open_end,) = ask(reader, **{"from": "2026-04-11"})
    assert (open_end["until"], open_end["observed_seconds"]) == ("2026-04-11T12:00:00Z", 43200)


def test_a_service_without_a_target_is_reported_when_it_is_named(reader: Client) -> None:
    loose = promised("Loose", sla_target=None)
    promised()
    assert [row["name"] for row in ask(reader)] == ["Checkout"]
    (row,) = ask(reader, service=loose.pk)
    assert (row["sla_state"], row["target"], row["allowance_seconds"], row["burn_rate"]) == ("no_target",) + (None,) * 3
    assert (row["availability"], row["burn_rates"]) == (100, {"1h": None, "6h": None, "24h": None})


def test_the_sheet_holds_the_same_and_all_of_it(reader: Client) -> None:
    for number in range(3):
        promised(f"=cmd {number}")
    outage(Service.objects.get(name="=cmd 1"), 2, minutes=36)
    rows = sheet(reader, limit=1)
    assert [row["name"] for row in rows] == ["'=cmd 0", "'=cmd 1", "'=cmd 2"]
    assert (rows[1]["sla_state"], rows[1]["downtime_seconds"]) == ("warning", "2160.0")
    assert (rows[1]["availability"], rows[1]["burn_rate_24h"]) == ("99.761", "0.0")
    assert sheet(reader, service=Service.objects.get(name="=cmd 2").pk)[0]["name"] == "'=cmd 2"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"format": "xlsx"}, "format"),
        ({"period": "week"}, "period"),
        ({"from": "soon"}, "from"),
        ({"from": "2026-13-01"}, "from"),
        ({"from": "0001-01-01"}, "from"),
        ({"from": "2026-04-02", "to": "9999-12-31T23:59:59-14:00"}, "to"),
        ({"from": "2026-04-02", "to": "2026-04-01"}, "from"),
        ({"from": "2026-04-02", "to": "9999-12-31"}, "to"),
        ({"to": "2026-04-02"}, "from"),
        ({"from": "2026-04-02", "period": "current"}, "period"),
        ({"service": "x"}, "service"),
        ({"form": "csv"}, "form"),
    ],
    ids=lambda value: value if isinstance(value, str) else "&".join(f"{name}={word}" for name, word in value.items()),
)
def test_what_makes_no_sense_is_refused_by_name(reader: Client, query: dict[str, str], field: str) -> None:
    response = reader.get(REPORTS, query)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [field]


def test_a_report_takes_a_fixed_number_of_queries(reader: Client) -> None:
    promised()
    ask(reader)
    with CaptureQueriesContext(connection) as one:
        ask(reader)
    for number in range(10):
        outage(promised(f"More {number}"), 2, minutes=5)
    with CaptureQueriesContext(connection) as many:
        ask(reader)
    assert len(many) == len(one)
