"""A target that hangs, drips, floods, talks nonsense or hangs up costs its own check, and says which it was."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader as Reader
from asyncio import StreamWriter as Writer
from itertools import repeat

import pytest

import outbound
from outbound import CODES
from tests.outbound.servers import AMPLE, EVERYWHERE, SHORT, Handler, answering, failure, fetched, serving

HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n"
SECRET = b"hunter2"


async def hang(reader: Reader, writer: Writer) -> None:
    await reader.read()


async def hang_up(reader: Reader, writer: Writer) -> None:
    return


async def reset(reader: Reader, writer: Writer) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.transport.abort()


async def drip(writer: Writer, what: bytes) -> None:
    for byte in what:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(0.02)


async def drip_head(reader: Reader, writer: Writer) -> None:
    await drip(writer, b"HTTP/1.1 200 OK\r\nX-Long: " + b"x" * 8000)


async def drip_headers_without_end(reader: Reader, writer: Writer) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(10_000):
        writer.write(b"X-%d: y\r\n" % number)
        await writer.drain()


async def drip_body(reader: Reader, writer: Writer) -> None:
    writer.write(HEAD)
    await drip(writer, b"x" * 8000)


async def break_off(reader: Reader, writer: Writer) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(HEAD + SECRET)
    await writer.drain()


def saying(what: bytes) -> Handler:
    async def handle(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(what)
        await writer.drain()

    return handle


@pytest.mark.parametrize("handler", [hang, drip_head], ids=["hangs", "drips its head"])
def test_one_that_does_not_answer_is_left(handler: Handler) -> None:
    failed = failure(handler, timeout=SHORT)
    assert failed.code == "timeout"
    assert failed.detail.startswith("Nothing within 0.3 s: ")


def test_one_that_does_not_end_is_left() -> None:
    # On a busy machine the beginning itself may take its time.
    for timeout in (0.5, 5, AMPLE):
        failed = failure(drip_body, timeout=timeout)
        if failed.code != "timeout":
            break
    assert (failed.code, failed.detail) == ("too_slow", f"It began to answer, and did not end within {timeout:g} s.")


@pytest.mark.parametrize(
    ("handler", "code"),
    [
        (hang_up, "connection_closed"),
        (reset, "connection_closed"),
        (break_off, "connection_closed"),
        (saying(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhunter2\r\n"), "protocol_error"),
        (saying(b"hunter2\r\n\r\n"), "protocol_error"),
        (saying(b"SSH-2.0-hunter2\r\n"), "protocol_error"),
        (saying(b"\x16\x03\x01hunter2\x00\xff\r\n\r\n"), "protocol_error"),
        (saying(b"HTTP/1.1 hunter2 OK\r\n\r\n"), "protocol_error"),
        (saying(b"HTTP/1.1 200 OK\r\nhunter2\r\n\r\n"), "protocol_error"),
        (saying(b"HTTP/1.1 200 OK\r\nContent-Length: hunter2\r\n\r\n"), "protocol_error"),
        (saying(b"HTTP/1.1 200 OK\r\nX: " + SECRET * 2000 + b"\r\n\r\n"), "protocol_error"),
        (drip_headers_without_end, "protocol_error"),
    ],
    ids=map(str, range(12)),
)
def test_nonsense_has_a_word_of_ours_and_none_of_theirs(handler: Handler, code: str) -> None:
    failed = failure(handler)
    assert failed.code == code
    assert failed.detail == str(failed) == CODES[code]


def test_a_flood_is_read_as_far_as_the_limit() -> None:
    sent: list[int] = []

    async def flood(reader: Reader, writer: Writer) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(HEAD)
        for megabyte in repeat(b"x" * 1024 * 1024, 100):
            writer.write(megabyte)
            await writer.drain()
            sent.append(len(megabyte))

    reply = fetched(flood)
    assert (reply.status, len(reply.body)) == (200, 64 * 1024)
    assert sum(sent) < 50 * 1024 * 1024
    assert len(fetched(flood, limit=10).body) == 10


def test_a_body_of_the_limit_comes_whole() -> None:
    assert fetched(answering(body=b"x" * 65_536)).body == b"x" * 65_536
    assert fetched(answering(body=b"12345"), limit=5).body == b"12345"


def test_one_that_hangs_holds_up_nobody_else() -> None:
    async def both() -> list[int | str]:
        async with (
            serving(hang) as stuck,
            serving(answering()) as well,
            outbound.client(EVERYWHERE, user_agent="Test/1") as http,
        ):

            async def ask(port: int, timeout: float) -> int | str:
                try:
                    return (await http.fetch("GET", f"http://127.0.0.1:{port}/", timeout=timeout)).status
                except outbound.Failure as failed:
                    return failed.code

            stuck_calls = [ask(stuck, SHORT) for _ in range(50)]
            return await asyncio.gather(*stuck_calls, *(ask(well, AMPLE) for _ in range(50)))

    assert asyncio.run(both()) == ["timeout"] * 50 + [200] * 50


def test_a_target_is_asked_once() -> None:
    asked: list[str] = []

    async def count(reader: Reader, writer: Writer) -> None:
        asked.append("once")

    failure(count)
    assert asked == ["once"]
