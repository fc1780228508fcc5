"""Quietly is a choice of its own, and what goes out can be taken back for ten seconds; the page shows it anyway."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from rest_framework.test import APIClient

from accounts.models import User
from events.actors import Actor
from events.models import Event
from incidents.models import Incident
from notifications.kinds import State
from notifications.models import Delivery
from tests.channels.rows import webhook
from tests.incidents.conftest import ANN
from tests.incidents.telling import fan_out, says, subscribe

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def olga(operator: User) -> Actor:
    return Actor("user", str(operator.pk), "Olga Ops")


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


def test_the_bar_that_takes_it_back_has_the_focus_and_a_key(console: Client, incident: Incident) -> None:
    subscribe("bea")
    said = {"message": "Oops.", "public": "yes"}
    page = console.post(f"/console/incidents/{incident.pk}/update/", said, follow=True).content.decode()
    assert '<span tabindex="-1" data-focus>A message goes to' in page
    assert '<button class="button" type="submit" data-key="u">Undo' in page
    assert 'data-key="p" data-key-label="Post an update"' in page


@pytest.mark.parametrize(("channels", "button"), [(1, "and tell the channels of your team"), (0, "")])
def test_the_button_of_a_note_speaks_of_the_team(
    console: Client, incident: Incident, channels: int, button: str
) -> None:
    subscribe("bea")
    for _ in range(channels):
        webhook()
    said = {"message": "", "public": "no", "preview": "1", "recount": "1"}
    page = console.post(f"/console/incidents/{incident.pk}/update/", said, headers={"HX-Request": "true"})
    assert f'id="update-tells" data-hx-swap-oob="true">{button}</span>' in page.content.decode()
    page = console.post(f"/console/incidents/{incident.pk}/update/", {**said, "message": "Psst."})
    assert f'id="update-tells">{button}</span>' in page.content.decode()


def test_after_ten_seconds_it_is_too_late_and_said_so(console: Client, incident: Incident, olga: Actor) -> None:
    subscribe("bea")
    incident.post_update(by=olga, message="Oops.", now=timezone.now() - timedelta(seconds=11))
    page = console.get(f"/console/incidents/{incident.pk}/")
    assert "Undo: send nothing" not in says(page.content)
    page = console.post(f"/console/incidents/{incident.pk}/undo/", follow=True)
    assert "It is too late: messages go out 10 seconds after they were posted." in says(page.content)


def test_nobody_is_offered_to_undo_what_somebody_else_said(console: Client, incident: Incident) -> None:
    subscribe("bea")
    incident.post_update(by=ANN, message="Mine.")
    assert "Undo: send nothing" not in says(console.get(f"/console/incidents/{incident.pk}/").content)


def test_where_nobody_is_told_there_is_nothing_to_undo(console: Client, incident: Incident) -> None:
    page = console.post(f"/console/incidents/{incident.pk}/update/", {"message": "Hm.", "public": "yes"}, follow=True)
    assert "Undo: send nothing" not in says(page.content)
