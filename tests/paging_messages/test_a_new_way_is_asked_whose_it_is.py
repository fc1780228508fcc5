"""A new contact way is sent one message, whose link says yes; nothing else goes there before."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from events.models import Cursor
from notifications.kinds import Lane, Purpose, State
from notifications.models import Delivery
from oncall.models import ContactWay
from tests.mailserver import MailServer
from tests.paging_messages.people import CONSUMER, call, ends, fan_out, incident, person
from tests.sending.conftest import START, Engine
from tests.sink import Sink

pytestmark = pytest.mark.django_db

NIGHT = "ada.night@example.org"


def added(kind: str = "email", address: str = NIGHT) -> ContactWay:
    ada = person("Ada")
    row = ContactWay.add(by=ada.actor, user=ada, kind=kind, address=address, now=START)
    fan_out()
    return row


def test_the_link_in_its_message_verifies_it(engine: Engine, mails: MailServer) -> None:
    row = added()
    engine.run()
    [mail] = mails.mails()
    assert mail["To"] == NIGHT
    [link] = re.findall(r"http\S+/oncall/verify/\S+", mail.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    browser, there = Client(), link.removeprefix(settings.SITE_URL)
    assert browser.get(there).status_code == 200
    row.refresh_from_db()
    assert row.verified_at is None
    assert browser.post(there).status_code == 200
    row.refresh_from_db()
    assert row.verified_at is not None


def test_a_second_message_has_a_link_as_well(engine: Engine, mails: MailServer) -> None:
    row = added()
    engine.run()
    row.ask_again(by=row.user.actor, now=START + timedelta(minutes=3))
    fan_out()
    engine.run(after=180)
    assert mails.recipients() == {NIGHT: 2}
    assert all("/oncall/verify/" in mail.get_body(("plain",)).get_content() for mail in mails.mails())  # type: ignore[union-attr]


def test_a_webhook_reads_the_link_in_its_data(engine: Engine, web: Sink, settings: object) -> None:
    settings.CHECK_PRIVATE_NETWORKS = "all"  # type: ignore[attr-defined]
    added("webhook", web.at("/ok/ada"))
    engine.run()
    [arrival] = web.arrivals
    said = json.loads(arrival.body)
    assert (said["type"], said["data"]["person"]) == ("CONTACT_WAY_CHECK", "Ada")
    assert "/oncall/verify/" in said["data"]["verify_url"]
    assert "webhook-signature" in arrival.headers


def test_nothing_else_goes_there_before(engine: Engine, mails: MailServer) -> None:
    row = added()
    call(incident(), row.user)
    engine.run()
    assert mails.recipients() == {NIGHT: 1, row.user.email: 1}


def test_it_is_asked_once_and_waits_for_no_mail_of_others(engine: Engine, mails: MailServer) -> None:
    added()
    Cursor.objects.filter(consumer=CONSUMER).update(position=0)
    fan_out()
    [row] = Delivery.objects.all()
    assert (row.purpose, row.lane, row.target) == (Purpose.CONFIRMATION, Lane.CONFIRMATION, "mail")
    engine.run()
    assert mails.recipients() == {NIGHT: 1}


@pytest.mark.parametrize("verified", [True, False])
def test_what_is_verified_or_removed_by_then_is_not_asked(verified: bool, engine: Engine, mails: MailServer) -> None:
    row = added()
    if verified:
        row.verify(by=row.user.actor)
    else:
        row.remove(by=row.user.actor)
    engine.run()
    assert ends() == {"email": (State.DROPPED, "confirmed")}
    assert not mails.asked
