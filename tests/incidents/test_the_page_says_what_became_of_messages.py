"""Each entry of a timeline says what became of its messages, was posted quietly or was taken back."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from events.models import Event
from incidents.models import Incident
from notifications.kinds import State
from notifications.models import Delivery
from tests.incidents.conftest import ANN
from tests.incidents.telling import fan_out, says, subscribe

pytestmark = pytest.mark.django_db(transaction=True)
SENT: dict[str, Any] = {"status": State.SENT, "sent_at": timezone.now(), "next_attempt_at": None}
FAILED: dict[str, Any] = {"status": State.FAILED, "last_error": "No such mailbox.", "next_attempt_at": None}


def posted(incident: Incident, **changes: dict[str, Any]) -> int:
    """Post an update to three readers; change the messages to those who are named. Return its event."""
    subscribe("ann", "bea", "cat")
    incident.post_update(by=ANN, message="Words.")
    fan_out()
    event = Event.objects.filter(kind="INCIDENT_UPDATE_POSTED").latest("id").pk
    for name, how in changes.items():
        Delivery.objects.filter(event=event, recipient=f"email:{name}@example.org").update(**how)
    return event


def test_how_many_got_it_and_how_many_not_with_the_list_of_them(console: Client, incident: Incident) -> None:
    event = posted(incident, ann=SENT, bea=SENT, cat=FAILED)
    page = console.get(f"/console/incidents/{incident.pk}/").content
    assert "Sent to 2, 1 failed. See the messages" in says(page)
    assert f"/console/deliveries/?event={event}" in page.decode()


def test_why_the_others_wait(console: Client, incident: Incident) -> None:
    waits = {"last_error": "The mail server put it off.", "attempts": 1}
    posted(incident, ann=SENT, bea=waits, cat=waits)
    page = console.get(f"/console/incidents/{incident.pk}/").content
    assert "Sent to 1, 2 wait: The mail server put it off. See the messages" in says(page)
    assert "data-waits" in page.decode()


def test_what_was_taken_back_says_so(console: Client, incident: Incident) -> None:
    subscribe("bea")
    console.post(f"/console/incidents/{incident.pk}/update/", {"message": "Oops.", "public": "yes"})
    fan_out()
    page = console.post(f"/console/incidents/{incident.pk}/undo/", follow=True)
    assert "Taken back: nothing was sent." in says(page.content)


def test_what_was_posted_quietly_says_so(console: Client, incident: Incident) -> None:
    subscribe("bea")
    incident.post_update(by=ANN, message="Psst.", quiet=True)
    fan_out()
    assert "Posted quietly: no subscriber was told." in says(console.get(f"/console/incidents/{incident.pk}/").content)


def test_a_viewer_sees_nothing_of_it(client: Client, viewer: User, incident: Incident) -> None:
    posted(incident, ann=SENT)
    client.force_login(viewer)
    assert "Sent to" not in says(client.get(f"/console/incidents/{incident.pk}/").content)
