from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from events.models import Event
from events.relay import relay_all
from incidents.models import Incident
from notifications.choice import Choice
from notifications.kinds import Way
from notifications.links import Reader
from notifications.models import Delivery, Subscriber
from services.models import Service
from tests import mailserver, sink
from tests.sending.conftest import Engine
from tests.subscribers.conftest import ANN, HERE, VERA

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def mails(settings: Any) -> Iterator[mailserver.MailServer]:
    with mailserver.serving() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        yield server


@pytest.fixture
def web(settings: Any) -> Iterator[sink.Sink]:
    with sink.serving() as server:
        settings.SUBSCRIBER_NETWORKS = "127.0.0.0/8"
        yield server


@pytest.fixture(autouse=True)
def no_bell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages go when the test says so."""
    monkeypatch.setattr("notifications.waking.ring", lambda _lane: None)


@pytest.fixture
def engine() -> Iterator[Engine]:
    engine = Engine()
    engine.at = timezone.now()
    with engine.crew:
        yield engine


def declare(service: Service) -> Incident:
    incident = Incident.declare(by=ANN, title="Payments fail", severity="high", body="!", services={service: None})
    relay_all()
    return incident


def links(mail: EmailMessage) -> set[str]:
    """Return the path of every link in a mail: its text, its HTML, its headers."""
    found = "".join(str(part.get_content()) for part in mail.walk() if part.get_content_maintype() == "text")
    urls = re.findall(r"https?://[^\s\"'<>]+", found + str(mail["List-Unsubscribe"] or ""))
    return {re.sub(r"^\w+://[^/]+", "", url) for url in urls}


def one(found: set[str], part: str) -> str:
    [link] = [path for path in found if part in path]
    return link


def test_a_scanner_that_opens_every_link_of_every_mail_changes_nothing(
    mails: mailserver.MailServer, engine: Engine, checkout: Service
) -> None:
    Subscriber.ask(VERA, Choice())
    walt = Reader(Way.EMAIL, "walt@example.org")
    Subscriber.add(walt, Choice(), by=ANN, vouched=True)
    Subscriber.ask(walt, Choice())
    declare(checkout)
    engine.run(after=60)
    assert sorted(str(mail["To"]) for mail in mails.mails()) == [VERA.address, walt.address, walt.address]
    kept = (Subscriber, Delivery, Event)
    before = [list(model.objects.order_by("pk").values()) for model in kept]
    scanner = Client()
    opened = set.union(*map(links, mails.mails()))
    assert {part for part in ("/confirm/", "/leave", "/status/incidents/") if any(part in path for path in opened)} == {
        "/confirm/", "/leave", "/status/incidents/",
    }  # fmt: skip
    for path in opened:
        assert scanner.get(path).status_code == 200, path
        scanner.head(path)
    assert [list(model.objects.order_by("pk").values()) for model in kept] == before


def test_yes_by_the_first_mail_and_away_by_the_header_of_the_second(
    mails: mailserver.MailServer, engine: Engine, checkout: Service
) -> None:
    Client(headers=HERE).post("/status/subscribe", {"email": VERA.address})
    engine.run(after=60)
    [question] = mails.mails()
    Client().post(one(links(question), "/confirm/"))
    incident = declare(checkout)
    engine.run(after=60)
    told = mails.mails()[-1]
    assert "Payments fail" in str(told["Subject"])
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    header = str(told["List-Unsubscribe"]).strip("<>")
    program = Client(enforce_csrf_checks=True)
    assert program.post(header, "List-Unsubscribe=One-Click", content_type="text/plain").status_code == 200
    incident.post_update(by=ANN, message="More.")
    relay_all()
    engine.run(after=60)
    assert len(mails.mails()) == 2


def test_what_was_on_its_way_when_somebody_left_stays_here(
    mails: mailserver.MailServer, engine: Engine, checkout: Service
) -> None:
    Subscriber.add(VERA, Choice(), by=ANN, vouched=True)
    declare(checkout)
    Subscriber.leave(VERA)
    engine.run(after=60)
    assert mails.mails() == []
    assert Delivery.objects.get().status == "DROPPED"


def test_a_webhook_is_asked_in_json_and_says_yes_by_its_link(web: sink.Sink, engine: Engine) -> None:
    body = {"url": web.at("/ok")}
    assert Client().post("/api/v1/subscribers", body, content_type="application/json").status_code == 202
    engine.run(after=60)
    question = json.loads(web.arrivals[-1].body)
    assert "webhook-signature" in web.arrivals[-1].headers
    path = re.sub(r"^\w+://[^/]+", "", question["data"]["confirm_url"])
    assert Client().post(path).status_code == 303
    assert Subscriber.objects.get().is_told


def test_an_address_that_refused_is_asked_again_and_told_after_its_yes(
    mails: mailserver.MailServer, engine: Engine
) -> None:
    row = Subscriber.add(VERA, Choice(), by=ANN, vouched=True)
    row.stop(by=ANN, because="The mailbox is full.")
    Subscriber.ask(VERA, Choice(), now=engine.at - timedelta(seconds=1))
    engine.run(after=1)
    Client().post(one(links(mails.mails()[0]), "/confirm/"))
    row.refresh_from_db()
    assert row.is_told
