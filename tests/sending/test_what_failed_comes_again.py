"""A failure is put off, given up or laid at somebody's door, by what the other side said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from notifications.kinds import Lane, State
from notifications.models import Circuit, Delivery
from notifications.sending.backoff import MOST_ATTEMPTS
from tests.mailserver import MailServer
from tests.sending.conftest import START, Engine, again, channel, reader, send, to_all
from tests.sink import Sink

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", [450, 451, 452])
@pytest.mark.parametrize("when", ["rcpt", "data"])
def test_what_is_put_off_is_tried_again_behind_first_tries(
    engine: Engine, mails: MailServer, code: int, when: str
) -> None:
    delivery = again_after(engine, send(reader(f"{when}-{code}.ann@example.org")))
    assert (delivery.status, delivery.lane, delivery.attempts) == (State.PENDING, Lane.RETRY, 1)
    assert delivery.error_code == "deferred"
    assert delivery.next_attempt_at is not None
    assert 8 <= (delivery.next_attempt_at - START).total_seconds() <= 12
    assert engine.run(after=20) == 1
    assert again(delivery).attempts == 2


def test_a_mailbox_that_does_not_exist_stops_its_address(engine: Engine, mails: MailServer) -> None:
    nobody = reader("rcpt-550.nobody@example.org")
    delivery = again_after(engine, send(nobody))
    assert (delivery.status, delivery.error_code) == (State.FAILED, "recipient_refused")
    nobody.refresh_from_db()
    assert nobody.stopped_at == START
    later = again_after(engine, send(nobody))
    assert (later.status, later.error_code) == (State.DROPPED, "stopped")
    assert mails.asked["rcpt-550.nobody@example.org"] == 1


@pytest.mark.parametrize(
    ("said", "stops"),
    [
        ("550 5.1.1 unknown", True),
        ("550 5.2.1 disabled", True),
        ("550 5.7.1 relaying denied", False),
        ("552 5.2.2 full", False),
        ("554 no", False),
    ],
)
def test_only_what_is_said_of_the_address_stops_it(engine: Engine, mails: MailServer, said: str, stops: bool) -> None:
    mails.says = lambda _address: said
    ann = reader("ann@example.org")
    delivery = again_after(engine, send(ann))
    ann.refresh_from_db()
    assert delivery.status == State.FAILED
    assert (ann.stopped_at is not None) is stops


def test_a_mail_that_is_refused_for_itself_stops_nobody(engine: Engine, mails: MailServer) -> None:
    ann = reader("data-552.ann@example.org")
    delivery = again_after(engine, send(ann))
    assert (delivery.status, delivery.error_code) == (State.FAILED, "rejected")
    ann.refresh_from_db()
    assert ann.stopped_at is None


def test_dropped_after_the_last_dot_it_is_sent_again_with_the_same_identifier(
    engine: Engine, mails: MailServer
) -> None:
    delivery = again_after(engine, send(reader("drop.ann@example.org")))
    assert (delivery.status, delivery.error_code) == (State.PENDING, "connection_closed")
    engine.run(after=20)
    assert len({mail["Message-ID"] for mail in mails.mails()}) == 1
    assert len(mails.arrivals) == 2


def test_who_asks_to_wait_is_waited_for(engine: Engine, web: Sink) -> None:
    first, second = send(channel(web.at("/429"))), again_after(engine, send(channel(web.at("/ok"))))
    assert second.status == State.SENT
    again(first)
    assert first.next_attempt_at is not None
    assert first.next_attempt_at >= START + timedelta(seconds=30)
    assert engine.run(after=29) == 0


def test_an_outsider_who_asks_to_wait_holds_up_nobody_on_the_same_host(engine: Engine, web: Sink) -> None:
    asks = again_after(engine, send(reader(web.at("/429"))))
    assert asks.next_attempt_at is not None
    assert asks.next_attempt_at >= START + timedelta(seconds=30)
    assert not Circuit.objects.exists()
    assert again_after(engine, send(reader(web.at("/ok")))).status == State.SENT


def test_an_end_comes_to_trying(engine: Engine, web: Sink) -> None:
    delivery = send(reader(web.at("/500")))
    for _ in range(MOST_ATTEMPTS):
        engine.run(after=200_000)
    again(delivery)
    assert (delivery.status, delivery.attempts, delivery.error_code) == (State.FAILED, MOST_ATTEMPTS, "server_error")
    assert engine.run(after=200_000) == 0
    assert len(web.arrivals) == MOST_ATTEMPTS


@pytest.mark.parametrize(
    ("path", "status"),
    [("500", State.PENDING), ("redirect", State.PENDING), ("reset", State.PENDING), ("410", State.FAILED)],
)
def test_what_a_webhook_answers(engine: Engine, web: Sink, path: str, status: str) -> None:
    assert again_after(engine, send(reader(web.at(f"/{path}")))).status == status
    assert len(web.arrivals) == 1


def test_a_message_that_cannot_be_made_fails_alone(engine: Engine, mails: MailServer) -> None:
    broken, good = to_all(reader("ann@example.org", sealed="nobody can open this"), reader("ben@example.org"))
    engine.run()
    assert (again(broken).status, broken.error_code) == (State.FAILED, "not_set_up")
    assert again(good).status == State.SENT


def test_a_kind_that_is_not_known_any_more_fails_alone(engine: Engine, mails: MailServer) -> None:
    delivery = send(reader("ann@example.org"))
    Delivery.objects.update(transport="pigeon", target="pigeon")
    assert (again_after(engine, delivery).status, delivery.error_code) == (State.FAILED, "unknown_kind")
    assert not Circuit.objects.exists()


def again_after(engine: Engine, delivery: Delivery) -> Delivery:
    engine.run()
    return again(delivery)


def test_a_server_that_drips_is_given_up_for_this_time(
    engine: Engine, mails: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("notifications.sending.mailer.SENDING", 0.2)
    delivery = again_after(engine, send(reader("drip.ann@example.org")))
    assert (delivery.status, delivery.error_code, delivery.attempts) == (State.PENDING, "too_slow", 1)
