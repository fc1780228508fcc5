"""Readers are told by when they hear next; whoever has it is reminded first, and a broken promise is said plainly."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from events.models import Event
from incidents import promises
from incidents.models import Incident
from incidents.models.promising import NothingToPromise
from statuspage import read
from tests.incidents.conftest import ANN, NOON

pytestmark = pytest.mark.django_db
DUE = NOON + timedelta(minutes=30)
KINDS = ("INCIDENT_UPDATE_DUE", "INCIDENT_UPDATE_OVERDUE")


def told() -> list[str]:
    return list(Event.objects.filter(kind__in=KINDS).values_list("kind", flat=True))


def promised(incident: Incident) -> datetime | None:
    incident.refresh_from_db()
    return incident.next_update_by


def at(minute: int, second: int = 0) -> datetime:
    return NOON + timedelta(minutes=minute, seconds=second)


def test_the_clock_says_each_thing_once_and_the_person_hears_first(incident: Incident, operator: User) -> None:
    incident.assign(operator, by=ANN, now=NOON)
    incident.post_update(by=ANN, message="Looking.", next_update_by=DUE, now=NOON)
    assert [promises.tick(at(24, 59)), told()] == [0, []]
    assert [promises.tick(at(25)), promises.tick(at(26)), told()] == [1, 0, ["INCIDENT_UPDATE_DUE"]]
    reminder = Event.objects.get(kind="INCIDENT_UPDATE_DUE")
    assert (reminder.public, reminder.data["owner"]) == (False, str(operator.pk))
    assert [promises.tick(DUE), promises.tick(at(40)), told()] == [1, 0, list(KINDS)]
    incident.refresh_from_db()
    view = read.incidents(at(40))[incident.pk]
    assert (view.next_update_by, view.next_update_missed) == (DUE, True)
    assert promises.standing(incident, at(40)) == promises.OVERDUE
    assert promises.standing(incident, at(26)) == promises.SOON


def test_a_public_update_keeps_the_promise_unless_it_renews_it(incident: Incident) -> None:
    incident.promise_update(DUE, by=ANN, now=NOON)
    incident.post_update(by=ANN, message="Between us.", public=False, now=at(1))
    assert promised(incident) == DUE
    incident.post_update(by=ANN, message="Found.", status="identified", next_update_by=at(60), now=at(2))
    assert promised(incident) == at(60)
    incident.post_update(by=ANN, message="Still on it.", now=at(3))
    assert promised(incident) is None
    incident.promise_update(at(50), by=ANN, now=at(4))
    incident.resolve(by=ANN, now=at(5))
    assert (promised(incident), promises.tick(at(51)), told()) == (None, 0, [])
    with pytest.raises(NothingToPromise):
        incident.promise_update(at(60), by=ANN, now=at(52))


def test_what_cannot_be_promised_is_refused_by_field(incident: Incident) -> None:
    for said in ({"public": False}, {"status": "resolved"}):
        with pytest.raises(ValidationError, match="Promise the next update with a public one"):
            incident.post_update(by=ANN, message="x", next_update_by=DUE, now=NOON, **said)
    with pytest.raises(ValidationError, match="That is past"):
        incident.promise_update(NOON, by=ANN, now=NOON)


def test_the_api_promises_and_the_public_reads_it(api: APIClient, incident: Incident) -> None:
    address = f"/api/v1/incidents/{incident.pk}"
    sent = {"message": "Looking.", "next_update_by": "2999-03-02T14:30:00Z"}
    assert api.post(f"{address}/updates", sent).status_code == 201
    assert api.get(address).json()["next_update_by"] == "2999-03-02T14:30:00Z"
    page = Client().get(f"/status/incidents/{incident.pk}").content.decode()
    assert "Next update by" in page
    assert "14:30" in page
    public = Client().get(f"/api/v1/status/incidents/{incident.pk}").json()
    assert public["next_update_by"] == "2999-03-02T14:30:00Z"
    assert api.post(f"{address}/next-update", {"next_update_by": None}).json()["next_update_by"] is None
    answer = api.post(f"{address}/next-update", {"next_update_by": "2001-01-01T00:00:00Z"})
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["next_update_by"])


def test_the_console_promises_in_minutes_and_shows_what_is_late(console: Client, incident: Incident) -> None:
    address = f"/console/incidents/{incident.pk}/"
    console.post(f"{address}next-update/", {"next_update_in": "30"})
    incident.refresh_from_db()
    assert incident.next_update_by is not None
    assert "Next update by" in console.get(address).content.decode()
    both = {"message": "x", "public": "yes", "next_update_in": "30", "next_update_by": "2999-01-01T00:00"}
    assert "not both" in console.post(f"{address}update/", both).content.decode()
    Incident.objects.update(next_update_by=NOON)
    for page in (address, "/console/incidents/"):
        assert "overdue" in console.get(page).content.decode()
