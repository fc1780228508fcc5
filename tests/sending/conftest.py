"""A mail server, a web server, subscribers, channels, and an engine whose clock only the test moves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from notifications.kinds import Lane, Purpose
from notifications.models import Announcement, Channel, Delivery, Subscriber
from notifications.posting import post
from notifications.sending.crew import Crew
from notifications.sending.runner import LANES, Runner
from notifications.transports.outcome import Words
from tests import mailserver, sink

START = datetime(2026, 3, 2, 9, 0, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def mail_server() -> Iterator[mailserver.MailServer]:
    with mailserver.serving() as server:
        yield server


@pytest.fixture(scope="session")
def web_server() -> Iterator[sink.Sink]:
    with sink.serving() as server:
        yield server


@pytest.fixture
def mails(mail_server: mailserver.MailServer, settings: Any) -> mailserver.MailServer:
    """A mail server that has seen nothing yet; all mails go there."""
    mail_server.forget()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    return mail_server


@pytest.fixture
def web(web_server: sink.Sink, settings: Any) -> sink.Sink:
    """A web server that has seen nothing yet, and that even subscribers' webhooks may reach."""
    web_server.forget()
    settings.SUBSCRIBER_NETWORKS = "127.0.0.0/8"
    return web_server


class Engine:
    """A runner for all lanes, or some."""

    def __init__(self, *, mails: int = 2, others: int = 10, lanes: tuple[Lane, ...] = LANES) -> None:
        self.at = START
        self.crew = Crew(mails, others)
        self.runner = Runner(lanes, self.crew, lambda: self.at)

    def run(self, *, after: float = 0) -> int:
        """Do what a ring of the bell does so many seconds later; return how many were tried."""
        self.at += timedelta(seconds=after)
        return self.runner.work()


@pytest.fixture
def engine(db: None) -> Iterator[Engine]:
    engine = Engine()
    with engine.crew:
        yield engine


def words(subject: str = "Checkout fails", **more: Any) -> Words:
    said: dict[str, Any] = {"text": f"{subject}, it seems.", "html": f"<p>{subject}</p>", "short": subject, "facts": {}}
    return Words(kind="INCIDENT_CREATED", subject=subject, at=START, **{**said, **more})


def reader(address: str, **fields: Any) -> Subscriber:
    """A confirmed subscriber: of mail, or of a webhook where it is a URL."""
    way = "webhook" if address.startswith("http") else "email"
    made = {"status": "confirmed", "confirmed_at": START, "created_at": START, **fields}
    return Subscriber.objects.create(way=way, address=address, **made)


def channel(url: str, **fields: Any) -> Channel:
    """A webhook of ours."""
    made = {"name": url, "kind": "webhook", "options": {"url": url}, "created_at": START, "updated_at": START}
    return Channel.objects.create(**{**made, **fields})


def send(to: Subscriber | Channel, subject: str = "Checkout fails", **more: Any) -> Delivery:
    """Put a message on its way, due at ``START``."""
    return post(words(subject), to=to, purpose=Purpose.NOTE, now=START, **more)


def to_all(*to: Subscriber | Channel, lane: Lane = Lane.URGENT) -> list[Delivery]:
    """Put one message on its way to many, in a lane."""
    announcement = Announcement.of(words(), "public")  # type: ignore[arg-type]
    announcement.save()
    rows = [Delivery.to(each, announcement, purpose=Purpose.EVENT, lane=lane, due=START, now=START) for each in to]
    return Delivery.objects.bulk_create(rows)


def again(delivery: Delivery) -> Delivery:
    """The row as it stands now."""
    delivery.refresh_from_db()
    return delivery
