"""Other rooms show parts of an incident's page and its alerts."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.test import Client
from django.utils.html import format_html
from pytest_django import Settings
from rest_framework.test import APIClient

from accounts.access import ConsoleRequest
from incidents.attached import AlertSummary
from incidents.models import Incident

pytestmark = pytest.mark.django_db
HERE = "tests.incidents.test_what_others_attach"
AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
ALERT = AlertSummary(
    id=UUID(int=1),
    fingerprint="f1",
    message="Errors",
    status="firing",
    count=3,
    severity="high",
    starts_at=AT,
    ends_at=None,
    last_received_at=AT,
)


def panel(incident: Incident, request: ConsoleRequest) -> str:
    return format_html("<section><h2>{} for {}</h2></section>", incident.title, request.user)


def nothing(_incident: Incident, _request: ConsoleRequest) -> str:
    return ""


def alerts(_incident: Incident) -> list[AlertSummary]:
    return [ALERT]


def test_a_panel_stands_on_the_page_as_its_room_made_it(
    console: Client, incident: Incident, settings: Settings
) -> None:
    settings.INCIDENT_PANELS = [f"{HERE}.nothing", f"{HERE}.panel"]
    page = console.get(f"/console/incidents/{incident.pk}/").content.decode()
    assert "<section><h2>Payments fail for Olga Ops</h2></section>" in page


def test_the_detail_of_the_api_holds_its_alerts(api: APIClient, incident: Incident, settings: Settings) -> None:
    settings.INCIDENT_ALERTS = f"{HERE}.alerts"
    found = api.get(f"/api/v1/incidents/{incident.pk}").json()["alerts"]
    at = "2026-03-02T12:00:00Z"
    assert found == [{**ALERT, "id": str(ALERT["id"]), "starts_at": at, "last_received_at": at}]
