"""What the public reads was written or read by somebody first, and says something."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from incidents.lifecycle import SENTENCES, IncidentStatus
from incidents.models import Incident
from services.models import Service
from tests.incidents.conftest import ANN

pytestmark = pytest.mark.django_db
DECLARE = "/console/incidents/declare/"
BARE = {"title": "Cards fail", "severity": "medium", "body": " "}


def first_button(page: str, action: str) -> str:
    """Return the button that Enter presses: the first of the form."""
    form = page[page.index(f'action="{action}"') :]
    return str(re.findall(r'<button[^>]*type="submit"[^>]*>', form)[0])


def test_enter_in_a_field_previews(console: Client, incident: Incident) -> None:
    update = f"/console/incidents/{incident.pk}/update/"
    pages = {DECLARE: console.get(DECLARE), update: console.get(f"/console/incidents/{incident.pk}/")}
    for action, page in pages.items():
        assert 'name="preview"' in first_button(page.content.decode(), action)


def test_a_public_incident_says_something_or_names_a_service(console: Client) -> None:
    answer = console.post(DECLARE, {**BARE, "public": "yes"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "the public page would show an empty card" in page
    assert 'value="Cards fail"' in page
    assert not Incident.objects.exists()


@pytest.mark.parametrize("more", [{"public": "no"}, {"public": "yes", "body": "Hm."}, {"public": "yes", "services": 1}])
def test_words_services_or_being_internal_are_enough(console: Client, checkout: Service, more: dict[str, Any]) -> None:
    if "services" in more:
        more["services"] = [str(checkout.pk)]
    assert console.post(DECLARE, {**BARE, **more}).status_code == 302


def test_a_status_button_chooses_the_status_and_puts_no_words_into_anybodys_mouth(
    console: Client, incident: Incident
) -> None:
    here = f"/console/incidents/{incident.pk}/"
    assert 'href="?say=monitoring#update"' in console.get(here).content.decode()
    page = console.get(here, {"say": "monitoring"}).content.decode()
    assert "\n</textarea>" in page
    assert f'placeholder="For example: {SENTENCES[IncidentStatus.MONITORING]}"' in page
    assert '<option value="monitoring" selected>' in page
    assert incident.updates.count() == 1


@pytest.mark.parametrize("move", ["investigating", "nonsense", "", "identified"])
def test_a_move_that_is_not_open_fills_in_nothing(console: Client, incident: Incident, move: str) -> None:
    incident.transition("monitoring", by=ANN)
    page = console.get(f"/console/incidents/{incident.pk}/", {"say": move})
    assert page.status_code == 200
    assert "\n</textarea>" in page.content.decode()


@pytest.mark.parametrize("move", ["identified", "monitoring", "resolved"])
def test_a_move_without_words_reads_as_a_person_would_write_it(api: APIClient, incident: Incident, move: str) -> None:
    assert api.post(f"/api/v1/incidents/{incident.pk}/transition", {"status": move}).status_code == 200
    assert incident.updates.latest("number").message == SENTENCES[IncidentStatus(move)]


def test_reopening_without_words_says_so(incident: Incident) -> None:
    incident.resolve(by=ANN)
    assert incident.reopen(by=ANN).message == "This incident has been reopened: we are investigating again."


def test_what_stays_inside_says_so(console: Client, incident: Incident) -> None:
    assert console.get(f"/console/incidents/{incident.pk}/").content.decode().count("Stays internal") == 2
