"""The console's page of promises: a report over any time, what was recorded below it, and a first step."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.roles import Role
from services.models import Service, SlaBreach
from services.models.watching import watch
from tests.factories import signed_in
from tests.sla.conftest import ANN, at, outage, promised

PAGE = "/console/sla/"


@pytest.fixture(autouse=True)
def midday(db: None) -> Iterator[None]:
    with time_machine.travel(at(10.5), tick=False):
        yield


@pytest.fixture
def operator(midday: None) -> Client:
    return signed_in(Role.OPERATOR)


@pytest.fixture
def viewer(midday: None) -> Client:
    return signed_in(Role.VIEWER)


def shown(client: Client, query: str = "") -> list[tuple[str, str]]:
    page = client.get(f"{PAGE}?{query}").context["page"]
    return [(row.service.name, row.budget.state.value) for row in page]


def test_an_empty_page_teaches_the_first_step(operator: Client, viewer: Client) -> None:
    assertContains(operator.get(PAGE), "/console/services/new/")
    Service.add(by=ANN, name="Loose")
    assertContains(operator.get(PAGE), "choose Edit")
    assertNotContains(viewer.get(PAGE), "choose Edit")
    assertContains(viewer.get(PAGE), "Nothing is promised yet")


def test_the_worst_comes_first(viewer: Client) -> None:
    for name, minutes in (("Fine", 0), ("Torn", 50), ("Warned", 36), ("Scratched", 5)):
        service = promised(name)
        if minutes:
            outage(service, 2, minutes=minutes)
    outage(promised("Perfect", sla_target="100"), 2, minutes=1)
    states = [("Perfect", "breach"), ("Torn", "breach"), ("Warned", "warning"), ("Scratched", "kept"), ("Fine", "kept")]
    assert shown(viewer) == states


def test_figures_stand_in_words_beside_the_bar(viewer: Client) -> None:
    outage(promised(), 2, minutes=36)
    page = viewer.get(PAGE).content.decode()
    for words in ("99.761 %", "36 min", "7 min 12 s of 43 min", "1 Apr to 30 Apr 2026", "Nearly used up", "2.38"):
        assert words in page
    assert '<rect class="left" width="17"' in page
    outage(Service.objects.get(), 5, minutes=30)
    assert "Overdrawn by 22 min" in viewer.get(PAGE).content.decode()


def test_the_time_stands_in_the_address(viewer: Client) -> None:
    outage(promised(), -10, minutes=50)
    assert shown(viewer) == [("Checkout", "kept")]
    assert shown(viewer, "period=previous") == [("Checkout", "breach")]
    assert shown(viewer, "from=2026-03-22&to=2026-03-22") == [("Checkout", "breach")]
    assert shown(viewer, "from=2026-04-01") == [("Checkout", "kept")]


@pytest.mark.parametrize("query", ["from=2026-04-02&to=2026-04-01", "to=2026-04-01", "from=soon", "period=days"])
def test_days_that_make_no_report_are_said_so(viewer: Client, query: str) -> None:
    promised()
    response = viewer.get(f"{PAGE}?{query}")
    assertContains(response, "These days make no report")
    assert response.context["form"].errors["from"]


@pytest.mark.parametrize("query", ["", "period=previous", "from=2026-03-22&to=2026-03-31", "from=2026-04-09"])
def test_the_sheet_is_that_of_the_page(viewer: Client, query: str) -> None:
    outage(promised(), -10, minutes=50)
    outage(promised("Books", sla_period="rolling_30"), 9, minutes=7)
    response = viewer.get(f"{PAGE}?{query}")
    address = f"/api/v1/sla/reports?{response.context['query']}"
    assertContains(response, address.replace("&", "&amp;"))
    text = b"".join(viewer.get(address)).decode()
    rows = {row["name"]: row for row in csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline=""))}
    for row in response.context["page"]:
        seconds = str(row.budget.allowance.total_seconds())
        assert rows[row.service.name]["allowance_seconds"] == seconds
        assert rows[row.service.name]["downtime_seconds"] == str(row.budget.seen.down.total_seconds())


def test_a_breach_is_acknowledged_with_a_note(operator: Client, viewer: Client) -> None:
    outage(promised(), 2, minutes=50)
    watch(at(3))
    address = f"{PAGE}breaches/{SlaBreach.objects.get().pk}/acknowledge/"
    assertContains(operator.get(PAGE), "1 not acknowledged")
    assertContains(operator.get(PAGE), address)
    assertNotContains(viewer.get(PAGE), address)
    assert viewer.post(address).status_code == 403
    response = operator.post(address, {"note": "The disk was full."})
    assertRedirects(response, f"{PAGE}#breach-{SlaBreach.objects.get().pk}", fetch_redirect_response=False)
    assert SlaBreach.objects.get().acknowledged_by == "Operator"
    assertContains(viewer.get(PAGE), "The disk was full.")
    again = operator.post(address, {"note": "Again."}, follow=True)
    assertContains(again, "Operator has acknowledged this already.")


def test_a_service_leads_to_its_own_report(viewer: Client) -> None:
    service = promised()
    promised("Other")
    address = f"{PAGE}?service={service.pk}"
    assertContains(viewer.get(f"/console/services/{service.pk}/"), address)
    assert shown(viewer, f"service={service.pk}") == [("Checkout", "kept")]


def test_the_page_takes_a_fixed_number_of_queries(viewer: Client) -> None:
    outage(promised(), 2, minutes=50)
    watch(at(3))
    viewer.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        viewer.get(PAGE)
    for number in range(10):
        outage(promised(f"More {number}"), 2, minutes=50)
    watch(at(4))
    with CaptureQueriesContext(connection) as many:
        viewer.get(PAGE)
    assert len(many) == len(one)


def test_days_that_are_typed_in_are_what_the_list_says(viewer: Client) -> None:
    page = viewer.get(PAGE, {"period": "current", "from": "2026-03-01"}).content.decode()
    assert '<option value="days" selected>' in page
