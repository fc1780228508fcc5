"""Whoever is paged is told by each of their ways, each after its delay, with a link of their own; once."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from events.models import Cursor
from notifications.kinds import Lane, Purpose, State
from notifications.models import Delivery
from notifications.sending.claiming import claim_pages
from notifications.sending.look import look
from notifications.sending.parcels import parcel
from notifications.transports import signing
from tests.mailserver import MailServer
from tests.paging_messages.people import CONSUMER, call, fan_out, incident, person, running, way
from tests.sending.conftest import START, Engine, channel
from tests.sink import Sink

pytestmark = pytest.mark.django_db

ACK = re.compile(r"http://\S+/oncall/ack/\S+")


def links(mails: MailServer) -> Sequence[str]:
    return [ACK.findall(mail.get_body(("plain",)).get_content())[0] for mail in mails.mails()]  # type: ignore[union-attr]


def test_each_way_has_its_delay(engine: Engine, mails: MailServer, web: Sink) -> None:
    ada = person("Ada")
    way(ada, "email", "ada.night@example.org")
    way(ada, "webhook", web.at("/ok/ada"), 120)
    call(incident(), ada)
    assert engine.run() == 1
    assert (mails.recipients(), len(web.arrivals)) == ({"ada.night@example.org": 1}, 0)
    assert engine.run(after=119) == 0
    assert engine.run(after=1) == 1
    assert web.paths() == {"/ok/ada": 1}


def test_who_has_no_way_of_their_own_is_reached_at_the_address_of_their_account(
    engine: Engine, mails: MailServer
) -> None:
    call(incident(), person("Ada"))
    engine.run()
    assert mails.recipients() == {"ada@example.com": 1}


def test_each_person_has_a_link_of_their_own_that_acknowledges(engine: Engine, mails: MailServer) -> None:
    about = incident()
    call(about, person("Ada"), person("Ben"), page=running(about))
    engine.run()
    of_ada, of_ben = links(mails)
    assert of_ada != of_ben
    told = dict(zip(mails.recipients(), (of_ada, of_ben), strict=True))
    answer = Client().post(told["ben@example.com"].removeprefix(settings.SITE_URL))
    assert answer.status_code == 200
    about.refresh_from_db()
    assert (about.acknowledged, about.acknowledged_by) == (True, "Ben")


def test_no_link_stands_in_the_database(engine: Engine, mails: MailServer) -> None:
    call(incident(), person("Ada"))
    [row] = Delivery.objects.select_related("announcement")
    assert row.links == ""
    assert "{{ack_url}}" in row.announcement.text
    assert "ada@" not in row.recipient


def test_a_webhook_is_signed_with_its_own_secret_and_holds_the_link(engine: Engine, web: Sink) -> None:
    ada, secret = person("Ada"), signing.new_secret()
    way(ada, "webhook", web.at("/ok/ada"), secrets={signing.NOW: secret})
    about = incident()
    call(about, ada, page=running(about))
    engine.run()
    [arrival] = web.arrivals
    told, message, stamp = arrival.headers, arrival.headers["webhook-id"], arrival.headers["webhook-timestamp"]
    assert told["webhook-signature"] == signing.signature(secret, message, stamp, arrival.body)
    said = json.loads(arrival.body)
    assert (said["type"], said["data"]["incident"]["id"]) == ("ONCALL_PAGED", str(about.pk))
    assert said["data"]["page"] | {"id": None} == {
        "id": None,
        "reason": "step",
        "team": "Payments",
        "step": 1,
        "round": 1,
        "people": ["Ada"],
        "taken": False,
    }
    assert ACK.fullmatch(said["data"]["ack_url"])


def test_any_other_service_is_reached_by_its_apprise_address(db: None) -> None:
    ada = person("Ada")
    way(ada, "apprise", "pover://user@token")
    call(incident(), ada)
    [claim] = claim_pages(1, START)
    packed = parcel(claim, look([claim]))
    assert (claim.transport, packed.address, packed.inside) == ("apprise", "pover://user@token", True)
    assert ACK.search(packed.words.short)


def test_a_channel_that_a_step_names_leads_to_the_incident(engine: Engine, web: Sink) -> None:
    about = incident()
    call(about, channels=[channel(web.at("/ok/operations"))])
    engine.run()
    [arrival] = web.arrivals
    data = json.loads(arrival.body)["data"]
    assert data["ack_url"] == data["url"] == f"{settings.SITE_URL}/console/incidents/{about.pk}/"


def test_what_is_read_twice_or_names_somebody_twice_is_told_once(engine: Engine, mails: MailServer) -> None:
    ada = person("Ada")
    call(incident(), ada, ada)
    Cursor.objects.filter(consumer=CONSUMER).update(position=0)
    fan_out()
    engine.run()
    assert mails.recipients() == {"ada@example.com": 1}


def test_its_row_says_that_it_is_a_page(db: None) -> None:
    ada = person("Ada")
    call(incident(), ada)
    [row] = Delivery.objects.all()
    assert (row.person, row.purpose, row.lane, row.status) == (ada, Purpose.PAGE, Lane.PAGE, State.PENDING)
    assert row.recipient == f"person:{ada.pk}:account"


def test_a_worker_whose_clock_is_ahead_makes_nobody_wait(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("notifications.sending.clock.database_now", lambda: START)
    ada = person("Ada")
    way(ada, "email", "ada.night@example.org", 120)
    call(incident(), ada, after=3600)
    assert Delivery.objects.get().next_attempt_at == START + timedelta(seconds=120)
