from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.relay import relay_all
from incidents.models import Incident
from services.models import Service
from statuspage.models import Published
from tests.statuspage.conftest import ANN

pytestmark = pytest.mark.django_db
LONG_AGO = timezone.now() - timedelta(days=500)


@pytest.fixture
def old(checkout: Service) -> Incident:
    incident = Incident.declare(by=ANN, title="Long ago", severity="low", services={checkout: None}, now=LONG_AGO)
    incident.resolve(by=ANN, now=LONG_AGO + timedelta(hours=1))
    relay_all()
    return incident


def test_an_old_incident_is_rendered_when_asked_for_and_then_kept(old: Incident, client: Client) -> None:
    address = f"/status/incidents/{old.pk}"
    assert not Published.objects.filter(path=address).exists()
    assert b"Long ago" in client.get(address).content
    assert Published.objects.get(path=address, gone=False).ahead is False
    assert client.get(f"/api/v1{address}/").json()["title"] == "Long ago"


def test_it_is_forgotten_when_something_changes(old: Incident, checkout: Service, client: Client) -> None:
    address = f"/status/incidents/{old.pk}"
    assert b"Checkout API" in client.get(address).content
    checkout.edit(by=ANN, changes={"public": False})
    relay_all()
    assert b"Checkout API" not in client.get(address).content


def test_an_old_month_is_within_reach_and_one_before_history_is_not(old: Incident, client: Client) -> None:
    assert b"Long ago" in client.get(f"/status/history?month={LONG_AGO:%Y-%m}").content
    assert client.get("/status/history?month=1999-01").status_code == 404
    assert client.get("/status/history?month=9999-12").status_code == 404
    assert client.get("/status/history?month=2026-13").status_code == 404


@pytest.mark.parametrize("days", ["0", "366", "-1", "x", "1e2", "٣", "9" * 400])
def test_a_number_of_days_that_makes_no_sense_is_refused(checkout: Service, client: Client, days: str) -> None:
    reply = client.get("/api/v1/status/incidents", {"days": days})
    assert (reply.status_code, reply["Content-Type"]) == (400, "application/problem+json")
    assert "days" in reply.json()["errors"]


def test_the_first_question_publishes(checkout: Service, client: Client) -> None:
    assert not Published.objects.exists()
    assert b"Checkout API" in client.get("/status").content
