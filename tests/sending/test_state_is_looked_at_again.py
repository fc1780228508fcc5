"""At the moment of sending the state is looked at again: nobody is told what they no longer want, or may not know."""

from __future__ import annotations

from datetime import timedelta

import pytest

from events.actors import SYSTEM, Actor
from events.relay import relay
from incidents.models import Incident
from notifications import digest
from notifications.kinds import Purpose, State
from notifications.models import Announcement, Delivery, Subscriber
from notifications.posting import post
from services.models import Service
from tests.fanout.conftest import nobody_hears_the_bell  # noqa: F401 - a fixture
from tests.mailserver import MailServer
from tests.sending.conftest import START, Engine, again, channel, reader, send, to_all, words
from tests.sink import Sink

pytestmark = pytest.mark.django_db

ANN = Actor("user", "1", "Ann")
FANOUT = "notifications.fanout.consume"


def ended(engine: Engine, delivery: Delivery) -> tuple[str, str]:
    engine.run(after=60)
    again(delivery)
    return delivery.status, delivery.error_code


def test_who_left_is_not_told(engine: Engine, mails: MailServer) -> None:
    ann = reader("ann@example.org")
    delivery = send(ann)
    ann.delete()
    assert ended(engine, delivery) == (State.DROPPED, "left")
    assert not mails.asked


def test_who_was_stopped_is_not_told(engine: Engine, mails: MailServer) -> None:
    ann = reader("ann@example.org")
    delivery = send(ann)
    ann.stop(by=SYSTEM, because="There is no such mailbox.")
    assert ended(engine, delivery) == (State.DROPPED, "stopped")


def test_who_has_not_confirmed_gets_nothing_but_the_question(engine: Engine, mails: MailServer) -> None:
    ann = reader("ann@example.org", status="pending")
    [told] = to_all(ann)
    asked = post(words("Is it you?"), to=ann, purpose=Purpose.CONFIRMATION, now=START)
    assert ended(engine, told) == (State.DROPPED, "unconfirmed")
    assert again(asked).status == State.SENT


def test_who_has_confirmed_is_not_asked_again(engine: Engine, mails: MailServer) -> None:
    ann = reader("ann@example.org", status="pending")
    asked = post(words("Is it you?"), to=ann, purpose=Purpose.CONFIRMATION, now=START)
    Subscriber.objects.update(status="confirmed")
    assert ended(engine, asked) == (State.DROPPED, "confirmed")


def test_a_channel_that_is_switched_off_is_told_nothing_but_a_test(engine: Engine, web: Sink) -> None:
    off = channel(web.at("/ok"), enabled=False)
    told, test = send(off), post(words(), to=off, purpose=Purpose.TEST, now=START)
    assert ended(engine, told) == (State.DROPPED, "switched_off")
    assert again(test).status == State.SENT


def test_a_channel_that_is_deleted_is_told_nothing(engine: Engine, web: Sink) -> None:
    gone = channel(web.at("/ok"))
    told = send(gone)
    gone.delete()
    assert ended(engine, told) == (State.DROPPED, "left")


@pytest.mark.django_db(transaction=True)
def test_what_is_internal_by_now_is_told_to_no_outsider(engine: Engine, mails: MailServer, web: Sink) -> None:
    reader("ann@example.org")
    channel(web.at("/ok/outside"), audience="public")
    channel(web.at("/ok/inside"))
    incident = declared()
    incident.edit(by=ANN, changes={"public": False}, now=START)
    engine.run(after=60)
    assert not mails.asked
    assert web.paths() == {"/ok/inside": 1}
    assert set(Delivery.objects.exclude(status=State.SENT).values_list("error_code", flat=True)) == {"not_public"}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("hidden", "end"), [(False, State.SENT), (True, State.DROPPED)])
def test_a_days_message_that_waits_tells_nothing_that_is_internal_by_now(
    hidden: bool, end: State, engine: Engine, mails: MailServer
) -> None:
    daily = {"mode": "digest", "timezone": "UTC", "digest_hour": 12}
    reader("ann@example.org", **daily, digested_until=START - timedelta(hours=1))
    incident = declared()
    assert digest.send_due(START + timedelta(hours=4)) == 1
    if hidden:
        incident.edit(by=ANN, changes={"public": False}, now=START)
    engine.run(after=4 * 3600)
    assert set(Delivery.objects.values_list("purpose", "status")) == {(Purpose.DIGEST, end)}
    assert len(mails.arrivals) == (not hidden)


@pytest.mark.django_db(transaction=True)
def test_what_was_taken_back_is_told_to_nobody(engine: Engine, mails: MailServer) -> None:
    reader("ann@example.org")
    declared()
    [delivery] = Delivery.objects.all()
    Announcement.objects.update(withdrawn_at=START)
    assert ended(engine, delivery) == (State.DROPPED, "withdrawn")
    assert not mails.asked


def declared() -> Incident:
    """Declare an incident, and let its messages be made."""
    shop = Service.add(by=SYSTEM, name="Shop", public=True, now=START)
    incident = Incident.declare(by=ANN, title="Checkout fails", severity="high", services={shop: None}, now=START)
    while relay(FANOUT):
        pass
    return incident
