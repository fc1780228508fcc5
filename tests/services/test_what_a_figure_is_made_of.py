"""Whoever follows an uptime figure sees every interval behind it, how it counts, and why."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from events.actors import SYSTEM
from events.command import command
from events.locking import lock
from services.figure import Weight
from services.models import Component, Heartbeat, Service
from services.status import Status
from services.uptime import DAY, HOUR
from tests.services.conftest import ANN

NOW = datetime(2026, 3, 10, 12, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def shop(db: None) -> Service:
    """Two days old; an outage of an hour, two of maintenance, three of which nobody knows."""
    service = Service.add(by=ANN, name="Shop", now=NOW - 2 * DAY)
    part = Component.add(service, by=ANN, name="Redis", now=NOW - 2 * DAY)
    Heartbeat.objects.create(component=part, kind="http", url="https://example.com")
    service.set_status("red", by=ANN, message="Disk full", now=NOW - 40 * HOUR)
    service.set_status(None, by=ANN, message="Disk emptied", now=NOW - 39 * HOUR)
    for on, hours in ((True, 30), (False, 28)):
        with command(SYSTEM, now=NOW - hours * HOUR) as tell:
            lock(service)
            service.shelter(tell, "New disks.", on=on)
            tell.nothing()
    part.measure(None, by=SYSTEM, message="Silent.", now=NOW - 10 * HOUR)
    part.measure(Status.OPERATIONAL, by=SYSTEM, now=NOW - 7 * HOUR)
    return service


def page(service: Service, window: str = "7") -> str:
    return f"{reverse('services:uptime', args=[service.pk])}?window={window}"


def test_each_interval_has_its_rule_and_its_cause(viewer: Client, shop: Service) -> None:
    response = viewer.get(page(shop))
    rows = [(row.counts.label, row.length) for row in response.context["rows"]]
    assert rows == [
        ("Counted, up", 6.5 * HOUR),
        ("No data: left out", 3 * HOUR),
        ("Counted, up", 18 * HOUR),
        ("Maintenance: left out", 2 * HOUR),
        ("Counted, up", 9 * HOUR),
        ("Counted, down", HOUR),
        ("Counted, up", 8 * HOUR),
        ("No data: left out", NOW - 2 * DAY - datetime(2026, 3, 4, tzinfo=UTC)),
    ]
    for text in ("Disk full", "New disks.", "Silent.", "(heartbeat)", "(maintenance)", "It did not exist."):
        assertContains(response, text)


def test_the_sum_has_its_numbers_put_in(viewer: Client, shop: Service) -> None:
    response = viewer.get(page(shop))
    assertContains(response, "1 − 3,600\u00a0s ÷ 153,000\u00a0s = 97.647 %")  # noqa: RUF001
    assert response.context["made"].unknown == 3 * HOUR + (NOW - 2 * DAY - datetime(2026, 3, 4, tzinfo=UTC))


def test_partial_outages_say_how_much_of_them_counts(
    viewer: Client, shop: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Weight, "partial", 0.5)
    shop.set_status("partial_outage", by=ANN, now=NOW - HOUR)
    response = viewer.get(page(shop))
    assertContains(response, "(3,600\u00a0s + 0.5 × 3,600\u00a0s) ÷")  # noqa: RUF001
    assertContains(response, "counted at 0.5 of their length")


def test_a_window_without_observed_time_says_so(viewer: Client, shop: Service) -> None:
    part = shop.components.get()
    part.measure(None, by=SYSTEM, now=NOW - 6 * HOUR)
    with time_machine.travel(NOW + 3 * DAY, tick=False):
        response = viewer.get(page(shop, "24h"))
    assertContains(response, "Nothing was observed in this window")
    assertNotContains(response, "÷ 0 s")


@pytest.mark.parametrize("window", ["24h", "7", "30", "60", "90", "365"])
def test_every_window_has_its_page(viewer: Client, shop: Service, window: str) -> None:
    made = viewer.get(page(shop, window)).context["made"]
    assert made.span.key == window
    assert sum((row.length for row in made.rows), timedelta()) == made.until - made.since


def test_an_unknown_window_is_the_usual_one(viewer: Client, shop: Service) -> None:
    assert viewer.get(page(shop, "13")).context["made"].span.key == "30"


def test_many_intervals_have_pages_and_one_sum(viewer: Client, shop: Service) -> None:
    for minute in range(60):
        shop.set_status("red", by=ANN, now=NOW - HOUR + minute * timedelta(minutes=1))
        shop.set_status(None, by=ANN, now=NOW - HOUR + minute * timedelta(minutes=1, seconds=0.5))
    first = viewer.get(page(shop))
    second = viewer.get(page(shop) + "&page=2")
    assert len(first.context["rows"]) == 100
    assert first.context["made"].uptime == second.context["made"].uptime
    assertContains(second, "?window=7&amp;page=1")


def sheet(client: Client, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert response["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(b"".join(response).decode("utf-8-sig").splitlines()))


def test_the_sheet_holds_the_same_intervals(viewer: Client, shop: Service) -> None:
    lines = sheet(viewer, page(shop).replace("/uptime/", "/uptime.csv"))
    assert [line["rule"] for line in lines].count("counted") == 5
    down = next(line for line in lines if line["downtime_seconds"] != "0.0")
    assert (down["start"], down["seconds"], down["message"], down["actor"]) == (
        *("2026-03-08T20:30:00Z", "3600.0", "Disk full", "Ann"),
    )


def test_what_people_typed_begins_no_formula(viewer: Client, shop: Service) -> None:
    shop.set_status("red", by=ANN, message='=HYPERLINK("https://example.com")', now=NOW - HOUR)
    lines = sheet(viewer, page(shop).replace("/uptime/", "/uptime.csv"))
    assert lines[-1]["message"] == '\'=HYPERLINK("https://example.com")'


@pytest.mark.parametrize("name", ["uptime", "uptime-csv", "component-uptime", "component-uptime-csv"])
def test_what_is_not_there_is_not_found(viewer: Client, db: None, name: str) -> None:
    missing = "00000000-0000-4000-8000-000000000000"
    assert viewer.get(reverse(f"services:{name}", args=[missing])).status_code == 404
