"""Who turns everybody away is left in peace; what waits for it loses no attempt, and others go on."""

from __future__ import annotations

from typing import Any

import pytest

from notifications.kinds import State
from notifications.models import Circuit, Delivery
from tests.mailserver import MailServer
from tests.sending.conftest import Engine, again, channel, reader, send, to_all
from tests.sink import Sink

pytestmark = pytest.mark.django_db


def readers(count: int) -> list[Any]:
    return [reader(f"reader-{number}@example.org") for number in range(count)]


def test_a_server_that_turns_us_away_is_not_asked_by_every_mail(engine: Engine, mails: MailServer) -> None:
    mails.greeting = "421 come back later"
    to_all(*readers(100))
    engine.run()
    assert mails.connections < 100
    assert Delivery.objects.filter(status=State.PENDING, attempts=0).count() == 100
    [way] = Circuit.objects.all()
    assert (way.target, way.error_code) == ("mail", "turned_away")


def test_one_mail_tries_after_the_rest_and_all_follow(engine: Engine, mails: MailServer) -> None:
    mails.greeting = "421 come back later"
    to_all(*readers(30))
    engine.run()
    before = mails.connections
    engine.run(after=10)
    assert mails.connections == before + 1
    mails.greeting = ""
    engine.run(after=60)
    assert Delivery.objects.filter(status=State.SENT, attempts=1).count() == 30
    assert not Circuit.objects.exists()


def test_it_is_not_always_the_same_mail_that_tries(engine: Engine, mails: MailServer) -> None:
    mails.says = lambda address: "421 not for you" if address.startswith("reader-0") else ""
    to_all(*readers(30))
    for _ in range(4):
        engine.run(after=10)
    assert Delivery.objects.filter(status=State.SENT).count() == 29


def test_a_refused_sign_in_is_the_servers_fault_and_nobodys_address(
    engine: Engine, mails: MailServer, settings: Any
) -> None:
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "ops", "wrong"
    mails.password = "right"
    ann = reader("ann@example.org")
    delivery = send(ann)
    engine.run()
    assert (again(delivery).status, delivery.attempts, delivery.error_code) == (State.PENDING, 0, "unauthorized")
    ann.refresh_from_db()
    assert ann.stopped_at is None


def test_no_server_at_all_is_no_attempt(engine: Engine, mails: MailServer, settings: Any) -> None:
    settings.EMAIL_PORT = 1
    delivery = send(reader("ann@example.org"))
    engine.run()
    assert (again(delivery).attempts, delivery.error_code) == (0, "connection_refused")


def test_a_channel_that_is_shut_holds_up_no_other(engine: Engine, web: Sink, mails: MailServer) -> None:
    shut = [send(channel(web.at("/401"), kind="discord", options={"url": web.at("/401")}, name="Shut"))]
    good = [send(channel(web.at("/ok"))), send(reader("ann@example.org"))]
    engine.run()
    assert [again(each).status for each in shut + good] == [State.PENDING, State.SENT, State.SENT]
