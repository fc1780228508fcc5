"""What became private while a message waited is not named in it; what is left to say is said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from events.actors import SYSTEM, Actor
from events.relay import drain
from incidents.models import Incident
from notifications import digest
from notifications.kinds import FANOUT, State
from notifications.models import Announcement, Delivery
from notifications.withdrawing import withdraw
from services.models import Service
from tests.fanout.conftest import nobody_hears_the_bell  # noqa: F401 - a fixture
from tests.mailserver import MailServer
from tests.sending.conftest import START, Engine, reader
from tests.sink import Sink

pytestmark = pytest.mark.django_db(transaction=True)
ANN = Actor("user", "1", "Ann")
NOON = START + timedelta(hours=4)


def service(name: str) -> Service:
    return Service.add(by=SYSTEM, name=name, public=True, now=START)


def declare(title: str, *services: Service) -> Incident:
    found = Incident.declare(by=ANN, title=title, severity="high", services=dict.fromkeys(services), now=START)
    drain(FANOUT)
    return found


def daily() -> None:
    noon = {"mode": "digest", "timezone": "Asia/Tokyo", "digest_hour": 21}
    reader("ann@example.org", **noon, digested_until=START - timedelta(hours=1))


def read(mails: MailServer) -> str:
    """The one mail that came, as text and HTML."""
    [mail] = mails.mails()
    return "".join(str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text")


def test_a_service_that_is_private_by_now_is_left_out(engine: Engine, mails: MailServer, web: Sink) -> None:
    reader("ann@example.org")
    reader(web.at("/ok"))
    shop, vault = service("Shop"), service("Vault")
    declare("Checkout fails", shop, vault)
    Service.objects.filter(pk=vault.pk).update(public=False)
    engine.run(after=60)
    assert set(Delivery.objects.values_list("status", flat=True)) == {State.SENT}
    said = read(mails)
    assert "Shop" in said
    assert "Vault" not in said
    assert "Vault" not in str(web.arrivals[0].body)
    # What others were told before stays as it was.
    assert "Vault" in Announcement.objects.get().text


def test_without_a_word_that_may_be_said_it_goes_to_nobody(engine: Engine, mails: MailServer) -> None:
    reader("ann@example.org")
    incident = declare("Checkout fails", service("Vault"))
    Service.objects.update(public=False)
    incident.edit(by=ANN, changes={"public": False}, now=START)
    engine.run(after=60)
    assert Delivery.objects.get().error_code == "not_public"


def test_a_day_is_told_without_what_is_internal_by_now(engine: Engine, mails: MailServer) -> None:
    daily()
    declare("Checkout fails", service("Shop"))
    hidden = declare("Vault fails")
    assert digest.send_due(NOON) == 1
    hidden.edit(by=ANN, changes={"public": False}, now=START)
    engine.run(after=4 * 3600)
    said = read(mails)
    assert "Checkout fails" in said
    assert "1 update" in said
    assert "18:00" in said
    assert "Vault" not in said


def test_a_day_is_told_without_what_was_taken_back(engine: Engine, mails: MailServer) -> None:
    daily()
    declare("Checkout fails")
    declare("Never mind")
    assert digest.send_due(NOON) == 1
    event = Announcement.objects.get(event__isnull=False, subject__contains="Never mind").event
    assert event
    withdraw([event], by=ANN, now=START)
    engine.run(after=4 * 3600)
    assert "Checkout fails" in read(mails)
    assert "Never mind" not in read(mails)


def test_a_day_of_nothing_but_what_was_taken_back_is_not_told(engine: Engine, mails: MailServer) -> None:
    daily()
    declare("Never mind")
    assert digest.send_due(NOON) == 1
    event = Announcement.objects.get(event__isnull=False).event
    assert event
    withdraw([event], by=ANN, now=START)
    engine.run(after=4 * 3600)
    assert Delivery.objects.get().error_code == "withdrawn"
    assert not mails.asked
