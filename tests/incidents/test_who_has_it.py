"""Whoever acknowledges, takes or goes on with an incident has it from then on, by one act that is told once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from events.actors import CLOCK, SYSTEM
from events.models import Event
from incidents.lifecycle import Response
from incidents.models import Incident
from notifications.audience import reach_of
from notifications.models import Channel
from notifications.recipients import channels_of
from tests.channels.rows import slack
from tests.incidents.conftest import NOON
from tests.incidents.telling import says

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=4)


def kinds(incident: Incident) -> list[str]:
    return list(incident.updates.values_list("kind", flat=True))[1:]


def hear(channel: Channel) -> list[str]:
    """Return the kinds of what a channel is told of what happened at ``LATER``."""
    Channel.objects.filter(pk=channel.pk).update(created_at=NOON)
    told = [(event, reach_of(event)) for event in Event.objects.filter(at=LATER).order_by("id")]
    return [event.kind for event, reach in told if reach and channel in channels_of(reach, LATER)]


def test_who_acknowledges_what_nobody_has_is_assigned(incident: Incident, operator: User) -> None:
    incident.acknowledge(by=operator.actor, now=LATER)
    incident.refresh_from_db()
    assert (incident.assignee, kinds(incident)) == (operator, ["acknowledged", "assigned"])
    assert hear(slack()) == ["INCIDENT_ACKNOWLEDGED"]


def test_what_somebody_has_stays_theirs(incident: Incident, operator: User, viewer: User) -> None:
    tom = User.objects.create_user("tom", name="Tom", role=operator.role)
    incident.assign(tom, by=operator.actor)
    assert incident.response is Response.OPEN
    incident.acknowledge(by=operator.actor, now=LATER)
    assert (incident.assignee, incident.acknowledged_by) == (tom, "Olga Ops")
    assert Event.objects.get(kind="INCIDENT_ACKNOWLEDGED").data["assignee"] == "Tom"


def test_a_script_or_a_machine_assigns_nobody(incident: Incident, api: APIClient) -> None:
    incident.acknowledge(by=CLOCK, now=LATER)
    assert api.post(f"/api/v1/incidents/{incident.pk}/acknowledge").status_code == 200
    incident.refresh_from_db()
    assert (incident.assignee, incident.acknowledged_by) == (None, "robot")


def test_who_takes_it_has_acknowledged_it(incident: Incident, operator: User) -> None:
    incident.assign(operator, by=operator.actor, now=LATER)
    incident.refresh_from_db()
    assert (incident.response, incident.mtta_seconds) == (Response.ACKNOWLEDGED, 240)
    assert kinds(incident) == ["assigned", "acknowledged"]
    assert hear(slack()) == ["INCIDENT_ASSIGNED"]
    assert hear(slack(name="Answers", event_kinds=["INCIDENT_ACKNOWLEDGED"])) == ["INCIDENT_ACKNOWLEDGED"]


def test_who_moves_it_forward_has_it(incident: Incident, operator: User) -> None:
    incident.post_update(by=operator.actor, message="It is the pool.", status="identified", now=LATER)
    incident.refresh_from_db()
    assert (incident.assignee, incident.acknowledged_by, incident.mtta_seconds) == (operator, "Olga Ops", 240)
    assert kinds(incident) == ["acknowledged", "assigned", "transition"]
    assert hear(slack()) == ["INCIDENT_STATUS_CHANGED"]


def test_neither_a_machine_that_moves_it_nor_who_ends_it_has_it(incident: Incident, operator: User) -> None:
    incident.transition("identified", by=SYSTEM, now=LATER)
    assert not incident.acknowledged
    incident.resolve(by=operator.actor, now=LATER)
    assert (incident.mtta_seconds, kinds(incident)) == (None, ["transition", "transition"])


def test_there_is_nothing_to_take_back_of_it(console: Client, incident: Incident, operator: User) -> None:
    slack()
    path = f"/console/incidents/{incident.pk}"
    page = console.post(f"{path}/acknowledge/", follow=True)
    assert "Olga Ops has it" in says(page.content)
    assert "Undo" not in says(page.content)
    page = console.post(f"{path}/update/", {"message": "Ask Tom.", "public": "no"}, follow=True)
    assert "A message goes to 1 channel inside within ten seconds. Undo: send nothing" in says(page.content)


def test_of_a_move_that_answers_the_words_are_taken_back_and_shown_once(
    console: Client, incident: Incident, operator: User
) -> None:
    slack()
    path = f"/console/incidents/{incident.pk}"
    page = console.post(
        f"{path}/update/", {"message": "The pool.", "public": "yes", "status": "identified"}, follow=True
    )
    assert says(page.content).count("Undo: send nothing") == 1
    console.post(f"{path}/undo/")
    withdrawn = Event.objects.filter(kind="MESSAGE_WITHDRAWN").values_list("data__kind", flat=True)
    assert list(withdrawn) == ["INCIDENT_STATUS_CHANGED"]
    assert console.get(f"{path}/").content.count(b"data-fate") == 1
