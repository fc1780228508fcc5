"""A message goes from its row to the mail server or the web, once."""

from __future__ import annotations

import pytest

from notifications.kinds import State
from tests.mailserver import MailServer
from tests.sending.conftest import START, Engine, again, channel, reader, send, to_all
from tests.sink import Sink

pytestmark = pytest.mark.django_db


def test_a_mail_is_handed_to_the_server_and_the_row_says_so(engine: Engine, mails: MailServer) -> None:
    delivery = send(reader("ann@example.org"))
    assert engine.run() == 1
    assert mails.recipients() == {"ann@example.org": 1}
    again(delivery)
    assert (delivery.status, delivery.attempts, delivery.sent_at) == (State.SENT, 1, START)
    assert delivery.lease_token is None


def test_a_second_ring_sends_nothing_again(engine: Engine, mails: MailServer) -> None:
    send(reader("ann@example.org"))
    engine.run()
    assert engine.run(after=3600) == 0
    assert len(mails.arrivals) == 1


def test_nothing_goes_before_it_is_due(engine: Engine, mails: MailServer) -> None:
    send(reader("ann@example.org"))
    assert engine.run(after=-1) == 0
    assert engine.run(after=1) == 1


def test_the_identifier_of_a_mail_is_the_deliverys(engine: Engine, mails: MailServer) -> None:
    delivery = send(reader("ann@example.org"))
    engine.run()
    [mail] = mails.mails()
    assert str(delivery.pk) in mail["Message-ID"]


def test_links_of_one_recipient_stand_in_the_mail_and_are_forgotten(engine: Engine, mails: MailServer) -> None:
    from notifications.kinds import Purpose
    from notifications.posting import post
    from tests.sending.conftest import words

    asked = words("Is it you?", text="Confirm: {{confirm_url}}", html='<a href="{{confirm_url}}">Confirm</a>')
    someone = reader("ann@example.org", status="pending")
    link = {"confirm_url": "https://example.org/c/1?a=1&b=2"}
    delivery = post(asked, to=someone, purpose=Purpose.CONFIRMATION, links=link, now=START)
    assert "example.org/c/1" not in again(delivery).links
    engine.run()
    [mail] = mails.mails()
    plain, rich = (mail.get_body((form,)) for form in ("plain", "html"))
    assert plain is not None
    assert rich is not None
    assert "https://example.org/c/1?a=1&b=2" in plain.get_content()
    assert "https://example.org/c/1?a=1&amp;b=2" in rich.get_content()
    assert again(delivery).links == ""


def test_one_connection_carries_many_mails(engine: Engine, mails: MailServer) -> None:
    to_all(*(reader(f"reader-{number}@example.org") for number in range(40)))
    assert engine.run() == 40
    assert len(mails.recipients()) == 40
    assert mails.connections <= engine.crew.mails


def test_a_webhook_gets_the_same_identifier_at_every_try(engine: Engine, web: Sink) -> None:
    delivery = send(channel(web.at("/500")))
    engine.run()
    web.says["/500"] = "ok"
    engine.run(after=60)
    assert [arrival.headers["webhook-id"] for arrival in web.arrivals] == [str(delivery.pk)] * 2
    assert again(delivery).status == State.SENT
