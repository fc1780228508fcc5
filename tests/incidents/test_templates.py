"""A template is written in a calm hour, fills in a form, and never reaches readers with a gap in it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from rest_framework.test import APIClient

from events.actors import HEARTBEAT
from events.models import Event
from incidents import placeholders
from incidents.models import Incident, IncidentTemplate
from services.models import Service
from tests.incidents.conftest import ANN, NOON

LIST = "/api/v1/incident-templates"
TEXT = "{{ services }} fails since {{ started_at }}: {{ cause }}."


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("{{ cause }} and {{cause}}", ["cause"]),
        ("{{ customer name }} {{ a-b }}", ["customer name", "a-b"]),
        (r"\{{ literal }} {{ .Values.x }} {{ $labels.a }} {single} {{}}", []),
    ],
)
def test_a_word_between_two_braces_is_a_placeholder(text: str, names: list[str]) -> None:
    assert placeholders.unfilled(text) == names


def test_what_is_filled_in_is_not_read_again() -> None:
    assert placeholders.fill("{{ title }} {{ x }}", {"title": "{{ now }}", "now": "12"}) == "{{ now }} {{ x }}"


@pytest.mark.django_db
def test_a_gap_blocks_what_readers_would_see(api: APIClient, checkout: Service, incident: Incident) -> None:
    hidden = Service.add(by=ANN, name="Secret ledger", public=False)
    said: dict[str, Any] = {"by": ANN, "severity": "high", "services": {checkout: None, hidden: None}, "now": NOON}
    with pytest.raises(ValidationError, match=r"Not filled in yet: {{ cause }}"):
        Incident.declare(title="{{ services }} is slow", body=TEXT, **said)
    made = Incident.declare(title="{{ services }} is slow", body=TEXT.replace("{{ cause }}", "a disk"), **said)
    assert made.title == "Checkout API is slow"
    assert made.body == "Checkout API fails since 2 March 2026, 12:00 UTC: a disk."
    for verb, body in [("updates", {}), ("transition", {"status": "identified"}), ("resolve", {})]:
        answer = api.post(f"/api/v1/incidents/{incident.pk}/{verb}", {"message": "It is {{ cause }}.", **body})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["message"])
    assert api.patch(f"/api/v1/incidents/{incident.pk}", {"title": "{{ what }}"}).status_code == 400
    assert incident.updates.count() == 1
    posted = api.post(
        f"/api/v1/incidents/{incident.pk}/updates", {"message": "{{ title }}: {{ cause }}", "public": False}
    )
    assert posted.json()["message"] == "{{ title }}: {{ cause }}"
    posted = api.post(f"/api/v1/incidents/{incident.pk}/updates", {"message": "{{ title }} ({{ severity }})."})
    assert posted.json()["message"] == "Payments fail (critical)."
    assert Incident.declare(by=HEARTBEAT, title="{{ x }}", severity="low", automatic=True).title == "{{ x }}"


@pytest.mark.django_db
def test_a_template_in_the_api(api: APIClient, checkout: Service) -> None:
    body = {"name": "Slow", "title": "Slow", "body": TEXT, "services": [str(checkout.pk)], "tags": ["db"]}
    made = api.post(LIST, {**body, "severity": "high", "status": "identified"})
    assert (made.status_code, made.json()["services"]) == (201, [str(checkout.pk)])
    one = made["Location"]
    assert list(api.post(LIST, body).json()["errors"]) == ["name"]
    assert list(api.post(LIST, {"name": "Empty"}).json()["errors"]) == ["body"]
    assert api.patch(one, {"severity": "", "services": []}).json()["services"] == []
    changed = Event.objects.get(kind="TEMPLATE_CHANGED")
    assert changed.before == {"severity": "high", "services": ["Checkout API"]}
    assert changed.after == {"severity": "", "services": []}
    assert (api.delete(one).status_code, api.get(one).status_code) == (204, 404)


@pytest.mark.django_db
def test_choosing_one_fills_in_both_forms(console: Client, checkout: Service, incident: Incident) -> None:
    console.post("/console/incidents/templates/new/", {"name": "Slow", "body": TEXT, "status": "identified"})
    one = IncidentTemplate.objects.get()
    page = f"/console/incidents/templates/{one.pk}/"
    console.post(
        page, {"name": "Slow", "title": "Slow", "body": TEXT, "status": "identified", "services": [checkout.pk]}
    )
    declare = console.get(f"/console/incidents/declare/?template={one.pk}")
    assert declare.context["form"]["title"].value() == "Slow"
    assert declare.context["form"].ticked == {str(checkout.pk)}
    update = console.get(f"/console/incidents/{incident.pk}/?template={one.pk}").context["forms"]["update"]
    assert update["message"].value() == "Checkout API fails since 2 March 2026, 12:00 UTC: {{ cause }}."
    assert update["status"].value() == "identified"
    typed = {"title": "Slow", "severity": "high", "body": TEXT, "public": "yes", "services": [checkout.pk]}
    refused = console.post("/console/incidents/declare/", typed)
    assert (refused.status_code, b"Not filled in yet: {{ cause }}." in refused.content) == (400, True)
    assert b"Slow" in console.get("/console/incidents/templates/").content
    console.post(f"{page}delete/")
    assert not IncidentTemplate.objects.exists()
    assert console.get("/console/incidents/declare/?template=nonsense").status_code == 200
