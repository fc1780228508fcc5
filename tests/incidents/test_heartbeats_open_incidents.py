"""What a heartbeat finds down for long enough becomes an incident, which ends by itself if nobody took it up."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from events.actors import CLOCK, HEARTBEAT
from incidents import automatic
from incidents.models import Incident, Outage, Update
from services.models import Component, Heartbeat, Service
from services.status import Status
from tests.incidents.conftest import ANN, NOON

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def database(checkout: Service) -> Component:
    checkout.edit(by=ANN, changes={"auto_incident": "publish"})
    return watched(checkout, "Database")


def watched(service: Service, name: str) -> Component:
    part = Component.add(service, by=ANN, name=name, now=NOON - timedelta(days=1))
    Heartbeat.objects.create(component=part, kind="tcp", url="db.example.com:5432", last_detail="Refused.")
    return part


def goes(part: Component, status: Status, minutes: int) -> None:
    part.measure(status, by=HEARTBEAT, now=NOON + minutes * MINUTE)


def only() -> Incident:
    return Incident.objects.get()


def test_it_waits_as_long_as_the_service_says(database: Component) -> None:
    goes(database, Status.MAJOR_OUTAGE, 0)
    assert automatic.keep(NOON + 5 * MINUTE - timedelta(seconds=1)) == 0
    assert automatic.keep(NOON + 5 * MINUTE) == 1
    assert (only().severity, only().public, only().automatic) == ("critical", True, True)
    assert automatic.keep(NOON + 6 * MINUTE) == 0


def test_one_part_down_among_others_is_less_severe(checkout: Service, database: Component) -> None:
    watched(checkout, "Cache")
    goes(database, Status.MAJOR_OUTAGE, 0)
    automatic.keep(NOON + 5 * MINUTE)
    assert only().severity == "high"


def test_it_ends_by_itself_when_nobody_took_it_up(checkout: Service, database: Component) -> None:
    goes(database, Status.MAJOR_OUTAGE, 0)
    automatic.keep(NOON + 5 * MINUTE)
    goes(database, Status.OPERATIONAL, 9)
    assert automatic.keep(NOON + 10 * MINUTE) == 1
    assert not only().is_open
    assert "since 12:09 UTC" in only().updates.last().message  # type: ignore[union-attr]
    checkout.refresh_from_db()
    assert checkout.status == Status.OPERATIONAL


def test_what_a_human_touched_a_human_ends(database: Component) -> None:
    goes(database, Status.MAJOR_OUTAGE, 0)
    automatic.keep(NOON + 5 * MINUTE)
    only().acknowledge(by=ANN, now=NOON + 6 * MINUTE)
    goes(database, Status.OPERATIONAL, 9)
    automatic.keep(NOON + 10 * MINUTE)
    assert only().is_open
    note = only().updates.last()
    assert note is not None
    assert (note.kind, note.public) == (Update.Kind.NOTE, False)
    assert automatic.keep(NOON + 11 * MINUTE) == 0


def test_a_draft_is_internal_until_somebody_publishes_it(checkout: Service, database: Component) -> None:
    checkout.edit(by=ANN, changes={"auto_incident": "draft"})
    goes(database, Status.MAJOR_OUTAGE, 0)
    automatic.keep(NOON + 5 * MINUTE)
    assert not only().public


def test_a_private_service_never_publishes(checkout: Service, database: Component) -> None:
    checkout.edit(by=ANN, changes={"public": False})
    goes(database, Status.MAJOR_OUTAGE, 0)
    automatic.keep(NOON + 5 * MINUTE)
    assert not only().public


def test_an_incident_that_is_open_already_is_told_instead(
    checkout: Service, database: Component, incident: Incident
) -> None:
    goes(database, Status.MAJOR_OUTAGE, 0)
    automatic.keep(NOON + 5 * MINUTE)
    assert only() == incident
    assert "Database of Checkout API is down" in only().updates.last().message  # type: ignore[union-attr]
    goes(database, Status.OPERATIONAL, 9)
    automatic.keep(NOON + 10 * MINUTE)
    assert only().is_open
    assert Outage.objects.get().over_at == NOON + 9 * MINUTE


def test_what_depends_on_something_that_is_down_opens_nothing(checkout: Service, database: Component) -> None:
    api = watched(checkout, "API")
    api.edit(by=ANN, changes={"depends_on": database})
    goes(database, Status.MAJOR_OUTAGE, 0)
    goes(api, Status.MAJOR_OUTAGE, 1)
    automatic.keep(NOON + 10 * MINUTE)
    assert [outage.component for outage in Outage.objects.all()] == [database]


def test_maintenance_silence_and_a_switched_off_rule_open_nothing(checkout: Service, database: Component) -> None:
    goes(database, Status.MAJOR_OUTAGE, 0)
    Service.objects.filter(pk=checkout.pk).update(in_maintenance=True)
    assert automatic.keep(NOON + 10 * MINUTE) == 0
    Service.objects.filter(pk=checkout.pk).update(in_maintenance=False, auto_incident="off")
    assert automatic.keep(NOON + 10 * MINUTE) == 0
    Service.objects.filter(pk=checkout.pk).update(auto_incident="draft")
    database.measure(None, by=CLOCK, now=NOON + 10 * MINUTE)
    assert automatic.keep(NOON + 11 * MINUTE) == 0


def test_what_nobody_has_checked_since_opens_nothing(database: Component) -> None:
    goes(database, Status.MAJOR_OUTAGE, 0)
    Heartbeat.objects.update(next_check_at=NOON + MINUTE)
    assert automatic.keep(NOON + 10 * MINUTE) == 0
    database.refresh_from_db()
    assert (database.unknown, database.status_since) == (True, NOON + MINUTE)


def test_one_that_was_resolved_by_hand_is_not_opened_again_for_the_same_outage(database: Component) -> None:
    goes(database, Status.MAJOR_OUTAGE, 0)
    automatic.keep(NOON + 5 * MINUTE)
    only().resolve(by=ANN, now=NOON + 6 * MINUTE)
    assert automatic.keep(NOON + 30 * MINUTE) == 0
    goes(database, Status.OPERATIONAL, 40)
    automatic.keep(NOON + 41 * MINUTE)
    goes(database, Status.MAJOR_OUTAGE, 50)
    automatic.keep(NOON + 55 * MINUTE)
    assert Incident.objects.count() == 2


def test_it_ends_when_its_component_is_deleted(database: Component) -> None:
    goes(database, Status.MAJOR_OUTAGE, 0)
    automatic.keep(NOON + 5 * MINUTE)
    database.remove(by=ANN)
    automatic.keep(NOON + 6 * MINUTE)
    assert not only().is_open


def test_publishing_shows_first_what_appears_and_makes_a_draft_a_humans(
    checkout: Service, database: Component, console: Client
) -> None:
    checkout.edit(by=ANN, changes={"auto_incident": "draft"})
    goes(database, Status.MAJOR_OUTAGE, 0)
    automatic.keep(NOON + 5 * MINUTE)
    page = f"/console/incidents/{only().pk}/"
    assert b"Publish\xe2\x80\xa6" in console.get(page).content
    asked = console.get(page + "publish/").content.decode()
    assert f'value="{only().title}"' in asked
    assert "The message that goes to" in asked or "No message goes out" in asked
    assert "Publish quietly" in asked
    said = {"title": "Checkout is slow", "body": "Cards take longer.", "version": only().version}
    assert console.post(page + "publish/", {**said, "preview": "1"}).status_code == 200
    assert console.post(page + "publish/").status_code == 400
    assert console.post(page + "publish/", {**said, "version": 99}).status_code == 409
    assert not only().public
    assert console.post(page + "publish/", said).status_code == 302
    assert (only().public, only().title) == (True, "Checkout is slow")
    assert only().updates.latest("number").message == "Published. Edited: title, body."
    heard = only().updates.filter(public=True).exclude(message="")
    assert [entry.message for entry in heard] == ["Cards take longer."], "what the machine wrote stays inside"
    assert not automatic.is_untouched(only())
    assert b"Publish\xe2\x80\xa6" not in console.get(page).content
