"""Where nobody knows how something is, no page claims that it is well."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains

from incidents.models import Incident
from services.models import Component, Heartbeat, Service
from tests.services.conftest import ANN

SILENT = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def silent(service: Service) -> Service:
    """A service whose only heartbeat has gone silent."""
    component = Component.add(service, by=ANN, name="Redis", now=SILENT)
    Heartbeat.objects.create(component=component, kind="push")
    component.measure(None, by=ANN, now=SILENT)
    service.refresh_from_db()
    assert service.rule == "no_data"
    return service


def words(client: Client, address: str) -> str:
    return client.get(address).content.decode()


def test_its_page_says_no_data_since_when_and_what_was_last_known(viewer: Client, silent: Service) -> None:
    page = words(viewer, reverse("services:detail", args=[silent.pk]))
    head = page.partition('id="status-heading">')[2].partition("</header>")[0]
    assert "No data" in head
    assert "last known: Operational" in head
    assert "nobody knows how it is" in page


@pytest.mark.parametrize("address", [reverse("services:list"), reverse("console:search") + "?q=checkout"])
def test_lists_say_it(viewer: Client, silent: Service, address: str) -> None:
    assertContains(viewer.get(address), "last known: Operational")


def test_the_history_says_from_when(viewer: Client, silent: Service) -> None:
    page = words(viewer, reverse("services:detail", args=[silent.pk]))
    newest = page.partition('id="history"')[2].partition("<tbody>")[2].partition("</tr>")[0]
    assert newest.index("Operational") < newest.index("No data")


def test_an_open_incident_is_known_again(viewer: Client, silent: Service) -> None:
    Incident.declare(by=ANN, title="Cards fail", severity="high", services={silent: None})
    page = words(viewer, reverse("services:detail", args=[silent.pk]))
    assert "No data" not in page.partition('id="status-heading">')[2].partition("</header>")[0]
