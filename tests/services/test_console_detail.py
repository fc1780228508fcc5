"""A service's page: how it is and why, its parts, its uptime, its history."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from incidents.models import Incident
from services.models import Component, Service
from tests.services.conftest import ANN


def page(service: Service) -> str:
    return reverse("services:detail", args=[service.pk])


def test_it_says_what_the_status_follows_from(operator: Client, service: Service) -> None:
    Component.add(service, by=ANN, name="PostgreSQL").set_status("degraded", by=ANN, message="Slow disk")
    service.set_status("maintenance", by=ANN, message="Planned work")
    Incident.declare(by=ANN, title="Cards fail", severity="high", services={service: None})
    response = operator.get(page(service))
    assert response.context["from_components"] == "degraded"
    for text in ("Planned work", "Slow disk", "Cards fail", "Partial outage"):
        assertContains(response, text)


def test_an_internal_incident_is_marked_and_moves_nothing(operator: Client, service: Service) -> None:
    Incident.declare(by=ANN, title="Odd queries", severity="critical", services={service: None}, public=False)
    response = operator.get(page(service))
    assertContains(response, "Odd queries")
    assertContains(response, "Moves no status")
    assert response.context["service"].status == "operational"


def test_uptime_is_shown_in_figures_as_a_picture_and_by_day(operator: Client, db: None) -> None:
    now = timezone.now()
    service = Service.add(by=ANN, name="Checkout", sla_target="99.9", now=now - timedelta(days=50))
    service.set_status("red", by=ANN, now=now - timedelta(days=40))
    service.set_status(None, by=ANN, now=now - timedelta(days=39))
    record = operator.get(page(service)).context["record"]
    assert (
        ", ".join(figure.label for figure in record.figures) == "24 hours, 7 days, 30 days, 60 days, 90 days, 365 days"
    )
    assert [figure.below for figure in record.figures] == [False, False, False, True, True, True]
    assert record.figures[0].uptime.text == "100 %"
    assert sum(run.length for run in record.bar.runs) == record.bar.days == 90
    assert "without data" in record.bar.label
    assert len(record.days) == 90
    assert record.days[0].date == now.date()


def test_the_history_has_pages(operator: Client, service: Service) -> None:
    for _ in range(11):
        service.set_status("red", by=ANN)
        service.set_status(None, by=ANN)
    response = operator.get(page(service), {"page": "2"})
    assert [(change.old, change.new) for change in response.context["changes"]][-1] == ("", "operational")
    assertContains(response, "21 to 23 of 23")


def test_a_viewer_sees_no_buttons_for_what_they_may_not_do(viewer: Client, service: Service) -> None:
    component = Component.add(service, by=ANN, name="Redis")
    response = viewer.get(page(service))
    for name in ("edit", "delete", "status", "component-create"):
        assertNotContains(response, reverse(f"services:{name}", args=[service.pk]))
    assertNotContains(response, reverse("services:component-edit", args=[component.pk]))


def test_what_people_typed_is_text_and_no_markup(operator: Client, db: None) -> None:
    service = Service.add(by=ANN, name="<b>Bold</b>", description="<script>alert(1)</script>")
    assertNotContains(operator.get(page(service)), "<b>Bold")
    assertNotContains(operator.get(page(service)), "<script>alert")


def test_it_leads_to_the_public_page_where_there_is_one(viewer: Client, service: Service) -> None:
    link = f'<a class="button quiet" href="/status/services/{service.slug}">Public page</a>'
    assertContains(viewer.get(page(service)), link, html=True)
    private = Service.add(by=ANN, name="Payroll")
    assertNotContains(viewer.get(page(private)), f"/status/services/{private.slug}")


@pytest.mark.parametrize("name", ["detail", "edit", "delete", "status"])
def test_what_is_not_there_is_not_found(operator: Client, name: str) -> None:
    missing = "00000000-0000-4000-8000-000000000000"
    assert operator.get(reverse(f"services:{name}", args=[missing])).status_code == 404


def test_it_takes_a_fixed_number_of_queries(operator: Client, service: Service) -> None:
    Component.add(service, by=ANN, name="Redis")
    operator.get(page(service))
    with CaptureQueriesContext(connection) as before:
        operator.get(page(service))
    for number in range(6):
        Component.add(service, by=ANN, name=f"Part {number}").set_status("red", by=ANN)
    with CaptureQueriesContext(connection) as after:
        operator.get(page(service))
    assert len(after) == len(before)
