"""A link acknowledges for one person and one incident, by a button; used twice or too late it gets a friendly page."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone
from time_machine import travel

from accounts.models import User
from alerts.paging.acknowledging import Standing, acknowledge_by_link
from alerts.paging.links import Link, ack_url, read, token_of
from events.actors import SYSTEM
from events.models import Event
from incidents.models import Incident
from oncall.models import EscalationPolicy
from tests.paging.conftest import Declare
from tests.paging.inbox import NOON, Clock, Inbox, states

LATER = NOON + timedelta(minutes=3)


@pytest.fixture
def incident(declare: Declare) -> Incident:
    return declare()


def path(incident: Incident, user: User, now: datetime = NOON) -> str:
    return urlsplit(ack_url(incident.pk, user.pk, now)).path


def test_looking_shows_a_button_and_changes_nothing(client: Client, incident: Incident, ada: User) -> None:
    told = Event.objects.count()
    with travel(LATER, tick=False):
        page = client.get(path(incident, ada))
    assert page.status_code == 200
    assert "Acknowledge as Ada" in page.content.decode()
    assert "Payments fail" in page.content.decode()
    # A responder's page, on the clock of theirs.
    assert f'<body class="console" data-zone="{ada.timezone}">' in page.content.decode()
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store, private", "no-referrer")
    assert not page.cookies
    incident.refresh_from_db()
    assert (incident.acknowledged, Event.objects.count()) == (False, told)


def test_the_button_acknowledges_as_the_person_of_the_link(
    client: Client, all_three: EscalationPolicy, declare: Declare, ada: User, clock: Clock, inbox: Inbox
) -> None:
    incident = declare()
    clock.to("12:03")
    inbox.holds("12:00 Ada: step")
    with travel(LATER, tick=False):
        page = client.post(path(incident, ada))
    assert "You have it, Ada" in page.content.decode()
    incident.refresh_from_db()
    assert (incident.acknowledged_by, incident.mtta_seconds, incident.assignee) == ("Ada", 180, ada)
    told = Event.objects.get(kind="INCIDENT_ACKNOWLEDGED")
    assert (told.actor_kind, told.actor_id, told.data["how"]) == ("user", str(ada.pk), "link")
    assert states(incident) == ["acknowledged"]
    clock.to("12:30")


def test_a_second_use_says_who_has_it_and_changes_nothing(
    client: Client, incident: Incident, ada: User, ben: User
) -> None:
    with travel(LATER, tick=False):
        client.post(path(incident, ada))
        told = Event.objects.count()
        again, other = client.post(path(incident, ada)), client.post(path(incident, ben))
        looked = client.get(path(incident, ben))
    for page in (again, other, looked):
        assert page.status_code == 200
        assert "Ada has it" in page.content.decode()
    assert Event.objects.count() == told


def test_after_a_machine_a_person_can_have_it_still(client: Client, incident: Incident, ada: User) -> None:
    incident.acknowledge(by=SYSTEM, now=NOON)
    with travel(LATER, tick=False):
        assert "You have it, Ada" in client.post(path(incident, ada)).content.decode()


def test_what_is_over_is_said_to_be_over(client: Client, incident: Incident, ada: User) -> None:
    incident.resolve(by=ada.actor, now=NOON)
    with travel(LATER, tick=False):
        pages = [client.get(path(incident, ada)), client.post(path(incident, ada))]
    assert ["It is over" in page.content.decode() for page in pages] == [True, True]
    assert [page.status_code for page in pages] == [200, 200]


def test_a_link_of_yesterday_acknowledges_nothing(client: Client, incident: Incident, ada: User) -> None:
    address = path(incident, ada)
    with travel(NOON + timedelta(hours=24), tick=False):
        pages = [client.get(address), client.post(address)]
    assert [page.status_code for page in pages] == [410, 410]
    assert "This link has ended" in pages[0].content.decode()
    incident.refresh_from_db()
    assert not incident.acknowledged
    with travel(NOON + timedelta(hours=24, seconds=-1), tick=False):
        assert client.get(address).status_code == 200


def test_a_link_that_we_have_not_written_does_nothing(client: Client, incident: Incident, ada: User) -> None:
    token = token_of(Link(incident.pk, ada.pk, timezone.now() + timedelta(hours=1)))
    changed = ("A" if token[0] != "A" else "B") + token[1:]
    for wrong in (changed, token[:-1], token + "A", token.partition(".")[0], "x", "." * 9):
        for page in (client.get(f"/oncall/ack/{wrong}"), client.post(f"/oncall/ack/{wrong}")):
            assert page.status_code == 404, wrong
            assert "Payments fail" not in page.content.decode()
    incident.refresh_from_db()
    assert not incident.acknowledged


def test_what_is_signed_for_another_purpose_is_no_link(incident: Incident, ada: User) -> None:
    from django.core.signing import Signer

    said = token_of(Link(incident.pk, ada.pk, NOON)).partition(".")[0]
    assert read(Signer(salt="something else", sep=".").sign(said)) is None
    assert read(token_of(Link(incident.pk, ada.pk, NOON))) == Link(incident.pk, ada.pk, NOON)


def test_whose_account_is_deactivated_acknowledges_nothing(client: Client, incident: Incident, ada: User) -> None:
    ada.change(by=SYSTEM, changes={"is_active": False})
    with travel(LATER, tick=False):
        assert client.post(path(incident, ada)).status_code == 404
    incident.refresh_from_db()
    assert not incident.acknowledged


def test_who_has_become_a_viewer_is_told_so_and_acknowledges_nothing(
    client: Client, incident: Incident, ada: User, ben: User
) -> None:
    ada.change(by=SYSTEM, changes={"role": "viewer"})
    with travel(LATER, tick=False):
        pages = [client.get(path(incident, ada)), client.post(path(incident, ada))]
        assert [page.status_code for page in pages] == [403, 403]
        assert ["You cannot take it any more, Ada" in page.content.decode() for page in pages] == [True, True]
        incident.refresh_from_db()
        assert not incident.acknowledged
        ada.change(by=SYSTEM, changes={"role": "operator"})
        assert "You have it, Ada" in client.post(path(incident, ada)).content.decode()


def test_neither_sign_in_nor_another_site_is_asked_after(incident: Incident, ada: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    with travel(LATER, tick=False):
        assert strict.post(path(incident, ada), headers={"Origin": "null"}).status_code == 200
    incident.refresh_from_db()
    assert incident.acknowledged_by == "Ada"


def test_of_one_that_is_opened_again_the_link_works_again(incident: Incident, ada: User) -> None:
    token = path(incident, ada).rsplit("/", 1)[1]
    assert acknowledge_by_link(token, LATER).standing is Standing.DONE
    incident.refresh_from_db()
    incident.resolve(by=ada.actor, now=LATER)
    incident.reopen(by=ada.actor, now=LATER)
    assert acknowledge_by_link(token, LATER + timedelta(minutes=1)).standing is Standing.DONE
