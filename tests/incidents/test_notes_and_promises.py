"""A note may hold a time for those inside; a status is the public's, and a note that names one is told where."""

from __future__ import annotations

import pytest
from django.test import Client
from rest_framework.test import APIClient

from incidents.models import Incident

pytestmark = pytest.mark.django_db
WHEN = "2999-07-01T12:00"


def test_a_note_keeps_its_time_inside(console: Client, incident: Incident) -> None:
    sent = {"message": "The bank says noon.", "public": "no", "estimated_resolution": WHEN, "status": ""}
    assert console.post(f"/console/incidents/{incident.pk}/update/", sent).status_code == 302
    note = incident.updates.latest("number")
    assert (note.public, note.estimated_resolution is not None) == (False, True)


def test_a_note_that_names_a_status_is_told_at_the_status(console: Client, incident: Incident) -> None:
    sent = {"message": "Hm.", "public": "no", "status": "monitoring"}
    page = console.post(f"/console/incidents/{incident.pk}/update/", sent).content.decode()
    assert '<p class="error" id="update_status_error">A note is internal and moves no status.' in page


def test_the_api_names_the_same_field(api: APIClient, incident: Incident) -> None:
    sent = {"message": "Hm.", "public": False, "status": "monitoring"}
    answer = api.post(f"/api/v1/incidents/{incident.pk}/updates", sent, format="json")
    assert answer.status_code == 400
    assert list(answer.json()["errors"]) == ["status"]
