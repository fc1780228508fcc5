"""Before anything is said: the message as it will go and to how many. Quietly is a choice; ten seconds to undo."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from events.actors import Actor
from events.models import Event
from incidents.models import Incident
from notifications.fanout import consume
from notifications.kinds import Scope, Standing, State, Way
from notifications.models import Announcement, Delivery, Subscriber
from services.models import Service
from tests.incidents.conftest import ANN

pytestmark = pytest.mark.django_db(transaction=True)
DECLARE = "/console/incidents/declare/"
HTMX = {"HX-Request": "true"}


def subscribe(*names: str, service: Service | None = None) -> None:
    now = timezone.now() - timedelta(days=1)
    for name in names:
        row = Subscriber.objects.create(
            way=Way.EMAIL,
            address=f"{name}@example.org",
            scope=Scope.SERVICES if service else Scope.ALL,
            status=Standing.CONFIRMED,
            confirmed_at=now,
            created_at=now,
        )
        if service:
            row.services.add(service)


def says(page: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.decode()))


def fan_out() -> None:
    consume(list(Event.objects.order_by("id")))


@pytest.fixture
def olga(operator: User) -> Actor:
    return Actor("user", str(operator.pk), "Olga Ops")


def test_each_button_says_to_how_many_it_goes(console: Client, incident: Incident) -> None:
    subscribe("bea", "cem")
    page = says(console.get(f"/console/incidents/{incident.pk}/").content)
    assert "Post update and tell 2 recipients" in page
    assert "Resolve incident and tell 2 recipients" in page


def test_declaring_counts_those_of_the_services_that_are_ticked(console: Client, checkout: Service) -> None:
    subscribe("bea")
    subscribe("cem", "dan", service=checkout)
    assert "Declare incident and tell 1 recipient" in says(console.get(DECLARE).content)
    assert "and tell 3 recipients" in says(console.get(DECLARE, {"service": str(checkout.pk)}).content)


def test_nobody_is_said_plainly(console: Client, incident: Incident) -> None:
    assert "Post update and tell nobody" in says(console.get(f"/console/incidents/{incident.pk}/").content)


def test_the_preview_is_the_message_word_for_word(console: Client, incident: Incident) -> None:
    subscribe("bea")
    address = f"/console/incidents/{incident.pk}/update/"
    typed = {"message": "We *know* why.", "public": "yes", "status": "identified"}
    page = console.post(address, typed | {"preview": "1"}, headers=HTMX).content.decode()
    assert (incident.updates.count(), Event.objects.filter(kind="INCIDENT_STATUS_CHANGED").count()) == (1, 0)
    console.post(address, typed)
    fan_out()
    sent = Announcement.objects.get(kind="INCIDENT_STATUS_CHANGED")
    shown = re.sub(r"\d\d:\d\d UTC", "", page)
    assert re.sub(r"\d\d:\d\d UTC", "", sent.html) in shown
    assert "[OpStatus] Payments fail" in shown
    assert "The message that goes to 1 recipient" in says(page.encode())


def test_the_preview_of_a_new_one_is_the_message_too(console: Client, checkout: Service) -> None:
    subscribe("bea")
    typed = {"title": "Cards fail", "severity": "high", "services": [checkout.pk], "body": "Hm.", "public": "yes"}
    page = says(console.post(DECLARE, typed | {"preview": "1"}).content)
    assert "Investigating: Cards fail" in page
    assert "Checkout API (partial outage)" in page
    assert "Declare incident and tell 1 recipient" in page
    assert not Incident.objects.exists()


def test_a_note_goes_to_nobody_outside(console: Client, incident: Incident) -> None:
    subscribe("bea")
    typed = {"message": "It was Bob.", "public": "no", "preview": "1"}
    page = says(console.post(f"/console/incidents/{incident.pk}/update/", typed).content)
    assert "No message goes out." in page
    assert "Post update and tell nobody" in page


def test_counting_needs_no_words_yet(console: Client, incident: Incident) -> None:
    subscribe("bea")
    typed = {"message": "", "public": "no", "preview": "1", "recount": "1"}
    page = console.post(f"/console/incidents/{incident.pk}/update/", typed, headers=HTMX).content.decode()
    assert 'id="update-tells" data-hx-swap-oob="true">and tell nobody' in page


def test_what_is_posted_quietly_reaches_the_page_and_nobody_else(console: Client, incident: Incident) -> None:
    subscribe("bea")
    console.post(f"/console/incidents/{incident.pk}/update/", {"message": "Psst.", "public": "yes", "quiet": "yes"})
    fan_out()
    assert incident.updates.filter(message="Psst.", public=True).exists()
    assert not Delivery.objects.filter(announcement__kind="INCIDENT_UPDATE_POSTED").exists()


def test_scripts_can_be_quiet_too(api: APIClient, incident: Incident) -> None:
    for verb, said in (
        ("updates", {"message": "Psst."}),
        ("transition", {"status": "identified"}),
        ("resolve", {}),
        ("reopen", {}),
    ):
        answer = api.post(f"/api/v1/incidents/{incident.pk}/{verb}", {**said, "quiet": True})
        assert answer.status_code in (200, 201), answer.data
        assert Event.objects.filter(subject_type="incident").latest("id").data["quiet"] is True
    assert api.patch(f"/api/v1/incidents/{incident.pk}", {"title": "Other", "quiet": True}).status_code == 200
    made = api.post("/api/v1/incidents", {"title": "Cards", "severity": "low", "quiet": True}).data
    assert Event.objects.get(kind="INCIDENT_CREATED", subject_id=made["id"]).data["quiet"] is True


def test_undo_sends_nothing_and_the_update_stands(console: Client, incident: Incident) -> None:
    subscribe("bea")
    page = console.post(f"/console/incidents/{incident.pk}/update/", {"message": "Oops.", "public": "yes"}, follow=True)
    assert "A message goes to 1 recipient within ten seconds. Undo: send nothing" in says(page.content)
    fan_out()
    page = console.post(f"/console/incidents/{incident.pk}/undo/", follow=True)
    assert "Nothing is sent. What you posted still stands on its page." in says(page.content)
    assert "Undo: send nothing" not in says(page.content)
    [row] = Delivery.objects.filter(announcement__kind="INCIDENT_UPDATE_POSTED")
    assert (row.status, incident.updates.filter(message="Oops.").count()) == (State.DROPPED, 1)


def test_after_ten_seconds_it_is_too_late_and_said_so(console: Client, incident: Incident, olga: Actor) -> None:
    subscribe("bea")
    incident.post_update(by=olga, message="Oops.", now=timezone.now() - timedelta(seconds=11))
    page = console.get(f"/console/incidents/{incident.pk}/")
    assert "Undo: send nothing" not in says(page.content)
    page = console.post(f"/console/incidents/{incident.pk}/undo/", follow=True)
    assert "It is too late: the message is on its way." in says(page.content)


def test_nobody_is_offered_to_undo_what_somebody_else_said(console: Client, incident: Incident) -> None:
    subscribe("bea")
    incident.post_update(by=ANN, message="Mine.")
    assert "Undo: send nothing" not in says(console.get(f"/console/incidents/{incident.pk}/").content)


def test_where_nobody_is_told_there_is_nothing_to_undo(console: Client, incident: Incident) -> None:
    page = console.post(f"/console/incidents/{incident.pk}/update/", {"message": "Hm.", "public": "yes"}, follow=True)
    assert "Undo: send nothing" not in says(page.content)
