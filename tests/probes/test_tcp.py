"""A port: open or not, and what comes back from it."""

from __future__ import annotations

import asyncio

import pytest

from services.probes import Value
from services.probes.tcp import octets
from tests.probes.servers import AMPLE, LONGER, OUTSIDE, Handler, ask, check, hang
from tests.product import free_port

TARGET = "127.0.0.1:{port}"


def saying(*pieces: bytes, then: Handler | None = None) -> Handler:
    async def say(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        if then:
            await then(reader, writer)

    return say


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while heard := await reader.read(100):
        writer.write(heard.upper())


def test_an_open_port_is_a_success() -> None:
    outcome = check("tcp", TARGET, hang)
    assert (outcome.ok, outcome.code) == (True, "")
    assert outcome.latency_ms is not None
    assert outcome.latency_ms > 0


def test_a_closed_port_is_refused() -> None:
    assert ask("tcp", f"127.0.0.1:{free_port()}").code == "connection_refused"


@pytest.mark.parametrize("target", ["127.0.0.1:{port}", "localhost:{port}", "[::ffff:127.0.0.1]:{port}"])
def test_a_private_address_is_refused(target: str) -> None:
    outcome = check("tcp", target, hang, guard=OUTSIDE)
    assert (outcome.ok, outcome.code) == (False, "refused_address")


def test_a_name_that_does_not_exist_says_so() -> None:
    assert ask("tcp", "no-such-name.invalid:80").code == "dns_failed"


def test_what_is_sent_may_be_answered() -> None:
    assert check("tcp", TARGET, echo, {"send": r"ping\r\n", "expect": r"PING\r"}).ok


@pytest.mark.parametrize(
    ("handler", "code"),
    [
        (saying(b"220 re", b"ady\r\n"), ""),
        (saying(b"x" * 60_000 + b"220 ready"), ""),
        (saying(b"500 full\r\n"), "text_missing"),
        (saying(b"500 full\r\n", then=hang), "text_missing"),
        (saying(b"x" * 200_000 + b"220 ready", then=hang), "text_missing"),
        (saying(), "text_missing"),
        (hang, "timeout"),
    ],
    ids=["in-pieces", "far-down", "other", "other-and-waits", "too-far-down", "hangs-up", "hangs"],
)
def test_the_expected_text_comes_or_does_not(handler: Handler, code: str) -> None:
    outcome = check("tcp", TARGET, handler, {"expect": "220 ready"}, timeout=LONGER if code else AMPLE)
    assert (outcome.ok, outcome.code) == (not code, code)


@pytest.mark.parametrize("options", [{"expect": "x"}, {"send": "x", "expect": "x"}], ids=["listen", "send"])
def test_a_byte_now_and_then_is_no_answer(options: dict[str, Value]) -> None:
    async def drip(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while True:
            writer.write(b".")
            await writer.drain()
            await asyncio.sleep(0.02)

    assert check("tcp", TARGET, drip, options, timeout=LONGER).code == "text_missing"


@pytest.mark.parametrize(
    ("text", "sent"),
    [("", b""), ("PING", b"PING"), (r"a\r\n\t\0\\", b"a\r\n\t\0\\"), (r"\x00\xfFö", b"\x00\xff\xc3\xb6")],
)
def test_escapes_stand_for_bytes(text: str, sent: bytes) -> None:
    assert octets(text) == sent


@pytest.mark.parametrize("text", ["\\", r"\q", r"\x0", r"\xzz", r"\x"])
def test_other_escapes_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="After a backslash"):
        octets(text)
