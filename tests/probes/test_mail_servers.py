"""A mail server is greeted and left: a real one first, then those that do not behave."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from services.probes import Value
from tests.probes.servers import OUTSIDE, SHORT, Handler, ask, check, hang, tls
from tests.product import free_port

TARGET = "127.0.0.1:{port}"


class Notes:
    """Keeps every mail that comes; none should."""

    def __init__(self) -> None:
        self.mails: list[object] = []

    async def handle_DATA(self, _server: SMTP, _session: object, envelope: object) -> str:  # noqa: N802
        self.mails.append(envelope)
        return "250 OK"


@contextmanager
def mail_server(context: ssl.SSLContext | None = None, **how: Any) -> Iterator[tuple[str, Notes]]:
    notes = Notes()
    server = Controller(notes, hostname="127.0.0.1", port=free_port(), ssl_context=context, **how)
    server.start()
    try:
        yield f"127.0.0.1:{server.port}", notes
    finally:
        server.stop()


def test_a_real_one_is_greeted_and_gets_no_mail() -> None:
    with mail_server() as (target, notes):
        outcome = ask("smtp", target)
    assert (outcome.ok, outcome.code) == (True, "")
    assert outcome.latency_ms is not None
    assert notes.mails == []


@pytest.mark.parametrize(
    ("certificate", "options", "code"),
    [
        ("good", {}, ""),
        ("expired", {}, "tls_failed"),
        ("other-name", {}, "tls_failed"),
        ("expired", {"verify_tls": False}, ""),
    ],
    ids=["good", "expired", "other-name", "unverified"],
)
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_real_one_encrypts(
    trusting: None, security: str, certificate: str, options: dict[str, Value], code: str
) -> None:
    how: dict[str, Any] = {"tls_context": tls(certificate)} if security == "starttls" else {"context": tls(certificate)}
    with mail_server(**how) as (target, _):
        outcome = ask("smtp", target, {"security": security, **options})
    assert (outcome.ok, outcome.code) == (not code, code)


def test_one_that_offers_no_encryption_says_so() -> None:
    with mail_server() as (target, _):
        assert ask("smtp", target, {"security": "starttls"}).code == "starttls_missing"


def test_nothing_listens() -> None:
    assert ask("smtp", f"127.0.0.1:{free_port()}").code == "connection_refused"


def test_a_private_address_is_refused() -> None:
    assert check("smtp", TARGET, hang, guard=OUTSIDE).code == "refused_address"


def talking(banner: bytes, *answers: bytes) -> Handler:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(banner)
        for answer in answers:
            await reader.readline()
            writer.write(answer)

    return talk


@pytest.mark.parametrize(
    ("handler", "detail"),
    [
        (talking(b"554 go away\r\n"), "To the connection the server answered 554, not 220."),
        (talking(b"SSH-2.0-OpenSSH_9.6\r\n"), "To the connection the server answered no number, not 220."),
        (talking(b"2200 x\r\n"), "To the connection the server answered no number, not 220."),
        (talking(b"220 hi\r\n", b"502 what\r\n"), "To EHLO the server answered 502, not 250."),
        (talking(b"220 hi\r\n", b"250-a\r\n550 b\r\n"), "To EHLO the server answered 550, not 250."),
        (talking(b"220 hi\r\n", b"250-a\r\n" * 101), "To EHLO the server answered with more than 100 lines."),
        (talking(b""), "The server hung up before it had answered."),
        (talking(b"220 hi"), "The server hung up before it had answered."),
        (talking(b"220 hi\r\n"), "The server hung up before it had answered."),
        (talking(b"220 " + b"x" * 200_000), "The server sent a line that has no end."),
    ],
    ids=["554", "ssh", "2200", "502", "mixed", "101-lines", "nothing", "no-line-end", "no-ehlo", "endless-line"],
)
def test_one_that_does_not_take_mail_says_why(handler: Handler, detail: str) -> None:
    outcome = check("smtp", TARGET, handler)
    assert (outcome.ok, outcome.code, outcome.detail) == (False, "unwelcome", detail)


def test_one_that_hangs_is_ended() -> None:
    assert check("smtp", TARGET, hang, timeout=SHORT).code == "timeout"


def test_one_that_drips_is_ended() -> None:
    async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b"220-still here\r\n")
            await writer.drain()
            await asyncio.sleep(0.05)

    assert check("smtp", TARGET, drip, timeout=SHORT).code == "timeout"
