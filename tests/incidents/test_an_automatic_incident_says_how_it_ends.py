"""The page of an incident that heartbeats opened says what is down, where to look, and whether it ends by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from events.actors import HEARTBEAT
from incidents import automatic
from incidents.models import Incident
from services.models import Component, Heartbeat, Service
from services.status import Status
from tests.incidents.conftest import ANN, NOON

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
BY_ITSELF, BY_A_PERSON = "It resolves itself when", "it waits for a person to resolve it"


@pytest.fixture
def draft(checkout: Service) -> Incident:
    checkout.edit(by=ANN, changes={"auto_incident": "draft"})
    part = Component.add(checkout, by=ANN, name="Database", now=NOON - timedelta(days=1))
    Heartbeat.objects.create(component=part, kind="tcp", url="db.example.com:5432", last_detail="Refused.")
    part.measure(Status.MAJOR_OUTAGE, by=HEARTBEAT, now=NOON)
    automatic.keep(NOON + 5 * MINUTE)
    return Incident.objects.get()


def page(console: Client, incident: Incident) -> str:
    return console.get(f"/console/incidents/{incident.pk}/").content.decode()


def test_untouched_it_resolves_itself_and_leads_to_what_is_down(console: Client, draft: Incident) -> None:
    text = page(console, draft)
    assert BY_ITSELF in text
    assert f'href="/console/services/components/{Component.objects.get().pk}/"' in text


def test_one_that_somebody_published_waits_for_a_person(console: Client, draft: Incident) -> None:
    said = {"title": draft.title, "version": draft.version}
    assert console.post(f"/console/incidents/{draft.pk}/publish/", said).status_code == 302
    text = page(console, draft)
    assert BY_A_PERSON in text
    assert BY_ITSELF not in text


def test_one_that_somebody_has_taken_up_says_when_all_is_well(console: Client, draft: Incident) -> None:
    draft.acknowledge(by=ANN, now=NOON + 6 * MINUTE)
    assert "Not back yet" in page(console, draft)
    Component.objects.get().measure(Status.OPERATIONAL, by=HEARTBEAT, now=NOON + 9 * MINUTE)
    automatic.keep(NOON + 10 * MINUTE)
    text = page(console, draft)
    assert "They find everything working again" in text
    assert BY_A_PERSON in text
