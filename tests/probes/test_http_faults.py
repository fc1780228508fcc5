"""A web address that misbehaves: each fault has its word, and none holds the check for longer than its time."""

from __future__ import annotations

import asyncio

import pytest

from services.probes import Outcome, Value
from tests.probes.servers import LONGER, OUTSIDE, SHORT, Handler, answering, ask, check, hang, http
from tests.product import free_port

ADDRESS = "http://127.0.0.1:{port}/"
HUNDRED_MB = 100 * 1024 * 1024


async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Take the request, and answer nothing."""
    await reader.readuntil(b"\r\n\r\n")
    await asyncio.Event().wait()


async def dripping(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send the head, then a byte now and then, for ever."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    while True:
        writer.write(b".")
        await writer.drain()
        await asyncio.sleep(0.02)


async def dripping_head(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Send header after header, for ever."""
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X: y\r\n")
        await writer.drain()
        await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    ("handler", "code"), [(hang, "timeout"), (silent, "timeout"), (dripping_head, "timeout"), (dripping, "too_slow")]
)
def test_what_does_not_end_is_ended(handler: Handler, code: str) -> None:
    timeout = LONGER if code == "too_slow" else SHORT
    outcome = check("http", ADDRESS, handler, timeout=timeout)
    assert (outcome.ok, outcome.code, outcome.latency_ms) == (False, code, None)
    assert f"within {timeout:g} s" in outcome.detail


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (b"", "connection_closed"),
        (b"HTTP/1.1 200 OK\r\n", "connection_closed"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "connection_closed"),
        (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", "protocol_error"),
        (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n", "protocol_error"),
    ],
    ids=["nothing", "half-a-head", "half-a-body", "ssh", "huge-header"],
)
def test_what_is_no_answer_says_so(answer: bytes, code: str) -> None:
    outcome = check("http", ADDRESS, answering(answer))
    assert (outcome.ok, outcome.code) == (False, code)


def test_nothing_listens() -> None:
    assert ask("http", f"http://127.0.0.1:{free_port()}/").code == "connection_refused"


@pytest.mark.parametrize("options", [{}, {"keyword": "the end"}], ids=["status", "keyword"])
def test_a_hundred_megabytes_are_not_read(options: dict[str, Value]) -> None:
    sent = 0

    async def flood(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal sent
        await reader.readuntil(b"\r\n\r\n")
        writer.write(f"HTTP/1.1 200 OK\r\nContent-Length: {HUNDRED_MB}\r\n\r\n".encode())
        while sent < HUNDRED_MB:
            writer.write(b"x" * 65_536)
            await writer.drain()
            sent += 65_536

    outcome = check("http", ADDRESS, flood, options)
    assert outcome.code == ("keyword_missing" if options else "")
    assert sent < HUNDRED_MB / 4


def redirecting(location: str, status: str = "302 There") -> Handler:
    return answering(http(status, Location=location))


def redirected(location: str, **options: Value) -> Outcome:
    return check("http", ADDRESS, redirecting(location), options)


def test_a_redirect_to_itself_ends() -> None:
    assert redirected("/").code == "too_many_redirects"


def test_redirects_are_followed_as_often_as_said() -> None:
    async def three(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        path = (await reader.readuntil(b"\r\n\r\n")).split(b" ")[1].decode()
        writer.write(http("301 There", Location=path + "a") if len(path) < 4 else http(body="arrived"))

    assert check("http", ADDRESS, three, {"keyword": "arrived", "redirects": 3}).ok
    assert check("http", ADDRESS, three, {"keyword": "arrived", "redirects": 2}).code == "too_many_redirects"


def test_with_no_redirects_the_redirect_is_the_answer() -> None:
    assert redirected("/elsewhere", redirects=0).code == "unexpected_status"
    assert redirected("/elsewhere", redirects=0, expected_status="302").ok


@pytest.mark.parametrize(
    ("location", "code"),
    [
        ("http://169.254.169.254/latest/meta-data/", "refused_address"),
        ("ftp://127.0.0.1/", "bad_redirect"),
        ("http://user:secret@127.0.0.1/", "bad_redirect"),
        ("http://[", "bad_redirect"),
    ],
)
def test_a_redirect_leads_nowhere_that_may_not_be_asked(location: str, code: str) -> None:
    assert redirected(location).code == code


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://2130706433:{port}/"]
)
def test_a_private_address_is_refused_when_it_is_asked(address: str) -> None:
    outcome = check("http", address, answering(http()), guard=OUTSIDE)
    assert (outcome.ok, outcome.code) == (False, "refused_address")


def test_a_name_that_does_not_exist_says_so() -> None:
    assert ask("http", "http://no-such-name.invalid/").code == "dns_failed"
