"""A message as it goes to somebody, and a mail server that keeps what it gets."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, cast
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from incidents.lifecycle import IncidentStatus, Severity
from notifications.transports.outcome import Parcel
from notifications.wording import incidents as wording
from notifications.wording.facts import IncidentFacts, Place, Said, Touched
from services.status import Status
from tests.product import free_port

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
PLACE = Place("OpStatus", "https://status.example.org")
INCIDENT = IncidentFacts(
    id="7f0c",
    title="Card payments fail",
    severity=Severity.CRITICAL,
    status=IncidentStatus.INVESTIGATING,
    created_at=AT,
    services=[Touched("1", "Checkout API", Status.MAJOR_OUTAGE)],
)
SAID = Said(AT, "Ann", "Cards are **declined**.\n\n- Europe\n- Asia", "investigating")


def parcel(
    *, incident: IncidentFacts = INCIDENT, said: Said = SAID, address: str = "bea@example.org", **more: Any
) -> Parcel:
    """Return a message to a subscriber."""
    made = Parcel(
        delivery=UUID(int=7),
        words=wording.created(incident, said, PLACE),
        address=address,
        manage_url="https://status.example.org/status/subscriptions/abc?a=1&b=2",
        leave_url=f"https://status.example.org/status/subscriptions/{'x' * 500}/leave",
    )
    return replace(made, **more)


def read(raw: bytes) -> EmailMessage:
    """Return the mail as the standard library reads it; a part that it finds wrong fails the test."""
    mail = message_from_bytes(raw, policy=default)
    for part in mail.walk():
        assert not part.defects, part.defects
    return mail


def text_of(mail: EmailMessage) -> str:
    """Return the plain text; on the way every line ends in CRLF."""
    part = mail.get_body(("plain",))
    assert part, "It has no text."
    return str(part.get_content()).replace("\r\n", "\n")


class Box:
    """Takes mails; ``answers`` says what the server answers to a command instead of taking it.

    ``most`` is after how many mails it ends a session, unasked; 0 is never.
    """

    def __init__(self) -> None:
        self.mails: list[Envelope] = []
        self.sessions: Counter[Session] = Counter()
        self.answers: dict[str, str] = {}
        self.most = 0

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        self.sessions[session] += 1
        envelope.mail_from = address
        return self.answers.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return self.answers.get("RCPT", "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if "DATA" not in self.answers:
            self.mails.append(envelope)
        if self.sessions[session] == self.most and server.transport:
            asyncio.get_running_loop().call_soon(server.transport.close)
            return "250 OK\r\n421 4.4.2 this session has lasted long enough"
        return self.answers.get("DATA", "250 OK")

    @property
    def raw(self) -> list[bytes]:
        """Return the mails as they came."""
        return [cast("bytes", envelope.original_content) for envelope in self.mails]


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def port(box: Box) -> Iterator[int]:
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    yield controller.port
    controller.stop()
