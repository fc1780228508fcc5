"""How it went, on a page: the period in the address, the time before beside it, a graph and the table behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from accounts.roles import Role
from services.models import Service
from tests.analytics.conftest import NOW, incident, service
from tests.factories import signed_in

PAGE = "/console/analytics/"


@pytest.fixture(autouse=True)
def thursday(db: None) -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def viewer(thursday: None) -> Client:
    return signed_in(Role.VIEWER)


@pytest.fixture
def checkout() -> Service:
    made = service("Checkout")
    incident(35, made, severity="critical", answered=30, resolved=60)
    incident(2.5, made, severity="high", answered=4, resolved=90)
    return made


def headline(client: Client, address: str) -> dict[str, tuple[str, str]]:
    return {one.label: (one.now, one.before) for one in client.get(address).context["figures"]}


def test_an_empty_page_says_what_will_stand_here(viewer: Client) -> None:
    assertContains(viewer.get(PAGE), "Nothing to measure yet")
    assertContains(signed_in(Role.OPERATOR).get(PAGE), "/console/services/new/")


def test_the_figures_stand_beside_those_of_the_time_before(viewer: Client, checkout: Service) -> None:
    assert headline(viewer, PAGE) == {
        "Uptime": ("99.788 %", "99.858 %"),
        "Downtime": ("1 h 30 min", "1 h"),
        "Incidents": ("1", "1"),
        "Acknowledged in (median)": ("4 min", "30 min"),
        "Resolved in (median)": ("1 h 30 min", "1 h"),
    }


def test_of_nothing_no_figure_is_made_up(viewer: Client, checkout: Service) -> None:
    found = headline(viewer, f"{PAGE}?period=24h")
    assert (found["Incidents"], found["Resolved in (median)"]) == (("0", "0"), ("No data", "No data"))


@pytest.mark.parametrize(
    ("period", "label"), [("24h", "24 hours"), ("7d", "7 days"), ("30d", "30 days"), ("90d", "90 days")]
)
def test_the_period_stands_in_the_address(viewer: Client, checkout: Service, period: str, label: str) -> None:
    page = viewer.get(f"{PAGE}?period={period}").content.decode()
    assert re.findall(r'aria-current="page">([^<]+)</a>', page)[-1] == label


def test_a_period_that_there_is_not_shows_the_usual_one(viewer: Client, checkout: Service) -> None:
    assert viewer.get(f"{PAGE}?period=forever").context["period"] == "30d"


def test_behind_each_graph_stands_its_table(viewer: Client, checkout: Service) -> None:
    response = viewer.get(PAGE)
    assert [graph.what for graph in response.context["graphs"]] == [
        *("Incidents", "Uptime", "Mean time to acknowledge", "Mean time to resolve")
    ]
    incidents, uptime, acknowledged, _ = response.context["graphs"]
    assert [text for _, text in incidents.rows] == ["0", "0", "0", "0", "1"]
    assert [text for _, text in acknowledged.rows] == ["", "", "", "", "4 min"]
    assert uptime.rows[0][1] == "100 %"
    assert response.content.decode().count('<svg class="plot"') == 4


def test_the_noisiest_lead_to_their_own_figures(viewer: Client, checkout: Service) -> None:
    address = f"{PAGE}services/{checkout.pk}/"
    assertContains(viewer.get(PAGE), f"{address}?period=30d")
    assertContains(viewer.get(f"/console/services/{checkout.pk}/"), address)
    page = viewer.get(f"{address}?period=7d")
    assertContains(page, 'Its status changed <strong class="number">2</strong> times')
    assertNotContains(page, "Noisiest services")
    assert headline(viewer, f"{address}?period=7d")["Incidents"] == ("1", "0")
    assert viewer.get(f"{PAGE}services/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_the_page_takes_a_fixed_number_of_queries(viewer: Client, checkout: Service) -> None:
    viewer.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        viewer.get(PAGE)
    for number in range(8):
        incident(number, service(f"More {number}"), answered=number)
    with CaptureQueriesContext(connection) as many:
        viewer.get(PAGE)
    assert len(many) == len(one)
