"""What is published is on the page, in the JSON and in Statuspage's; a draft and what is for people here is nowhere."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from events.relay import relay_all
from incidents.models import ActionItem, Incident, Postmortem
from services.models import Service
from statuspage.models import Published
from tests.statuspage.conftest import ANN

pytestmark = pytest.mark.django_db(transaction=True)
TEXTS = {"summary": "The disk was **full**.", "lessons": "Watch it."}


def written(incident: Incident) -> Postmortem:
    if incident.is_open:
        incident.resolve(by=ANN)
    postmortem = Postmortem.draft(incident, by=ANN, texts=TEXTS)
    ActionItem.add(postmortem, by=ANN, title="Secret task")
    return postmortem


def declare(checkout: Service, **more: object) -> Incident:
    return Incident.declare(by=ANN, title="Payments fail", severity="high", services={checkout: None}, **more)  # type: ignore[arg-type]


def standing(client: Client) -> str:
    return str(client.get("/api/v2/incidents.json").json()["incidents"][0]["status"])


def test_it_appears_when_it_is_published_and_says_that_it_was_edited(checkout: Service, client: Client) -> None:
    incident = declare(checkout)
    postmortem = written(incident)
    page, data = f"/status/incidents/{incident.pk}", f"/api/v1/status/incidents/{incident.pk}/postmortem"
    relay_all()
    assert (client.get(data).status_code, standing(client)) == (404, "resolved")
    assert b"Postmortem" not in client.get(page).content
    postmortem.publish(by=ANN)
    relay_all()
    shown = client.get(page).content.decode()
    assert "The disk was <strong>full</strong>." in shown
    assert "Root cause" not in shown
    assert ", edited" not in shown
    said = client.get(data).json()
    assert (said["status"], said["summary"], said["edited_at"]) == ("published", TEXTS["summary"], None)
    assert standing(client) == "postmortem"
    assert Published.objects.filter(path=data, ahead=True, gone=False).exists()
    postmortem.edit(by=ANN, changes={"summary": "The disk was too small."})
    relay_all()
    edited = client.get(page).content.decode()
    assert "The disk was too small." in edited
    assert ", edited" in edited
    assert "Secret task" not in edited + client.get(data).content.decode()
    incident.edit(by=ANN, changes={"public": False})
    relay_all()
    assert (client.get(page).status_code, client.get(data).status_code) == (404, 404)


def test_what_was_published_inside_stays_there(checkout: Service, client: Client) -> None:
    incident = declare(checkout, public=False)
    written(incident).publish(by=ANN)
    incident.edit(by=ANN, changes={"public": True})
    relay_all()
    assert b"The disk" not in client.get(f"/status/incidents/{incident.pk}").content
    assert client.get(f"/api/v1/status/incidents/{incident.pk}/postmortem").status_code == 404
    assert standing(client) == "resolved"


def test_that_of_an_old_incident_is_rendered_when_asked_for(checkout: Service, client: Client) -> None:
    long_ago = timezone.now() - timedelta(days=500)
    incident = declare(checkout, now=long_ago)
    incident.resolve(by=ANN, now=long_ago + timedelta(hours=1))
    data = f"/api/v1/status/incidents/{incident.pk}/postmortem"
    postmortem = written(incident)
    relay_all()
    assert client.get(data).status_code == 404
    assert not Published.objects.filter(path__contains=str(incident.pk), ahead=False).exists()
    postmortem.publish(by=ANN)
    relay_all()
    assert client.get(data).json()["summary"] == TEXTS["summary"]
    postmortem.edit(by=ANN, changes={"summary": "Else."})
    relay_all()
    assert client.get(data).json()["summary"] == "Else."
