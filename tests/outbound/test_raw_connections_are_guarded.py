"""Connections for other protocols go through the same door."""

from __future__ import annotations

import asyncio
from asyncio import StreamReader as Reader
from asyncio import StreamWriter as Writer
from collections.abc import Awaitable

import pytest

from outbound import Failure, Guard, connect, resolve, start_tls
from tests.outbound.corpus import FORBIDDEN
from tests.outbound.servers import AMPLE, EVERYWHERE, HERE, OUTSIDE, SHORT, Names, serving, shown_by


async def echo(reader: Reader, writer: Writer) -> None:
    writer.write(await reader.readline())
    await writer.drain()


def code_of(call: Awaitable[object]) -> str:
    async def made() -> object:
        return await call

    with pytest.raises(Failure) as caught:
        asyncio.run(made())
    return caught.value.code


def test_a_connection_carries_both_ways() -> None:
    async def talk() -> bytes:
        async with serving(echo) as port:
            reader, writer = await connect(EVERYWHERE, "localhost", port, timeout=AMPLE)
            writer.write(b"hello\n")
            heard = await reader.readline()
            writer.close()
            return heard

    assert asyncio.run(talk()) == b"hello\n"


@pytest.mark.parametrize("address", FORBIDDEN)
def test_a_forbidden_address(address: str) -> None:
    assert code_of(connect(OUTSIDE, address, 80, timeout=AMPLE)) == "refused_address"
    assert code_of(resolve(OUTSIDE, address, timeout=AMPLE)) == "refused_address"


def test_a_name_with_one_forbidden_address() -> None:
    guard = Guard(HERE, Names(two_test=[["127.0.0.1", "10.0.0.1"]]))
    assert code_of(connect(guard, "two.test", 80, timeout=AMPLE)) == "refused_address"
    assert code_of(resolve(guard, "two.test", timeout=AMPLE)) == "refused_address"


@pytest.mark.parametrize("host", ["", "a b", "user@host", "host:80", "1.2.3.4.5", "fe80::1%eth0"])
def test_what_is_no_host(host: str) -> None:
    assert code_of(connect(EVERYWHERE, host, 80, timeout=AMPLE)) == "bad_url"


def test_a_port_where_nothing_listens() -> None:
    async def closed_port() -> int:
        async with serving(echo) as port:
            return port

    assert code_of(connect(EVERYWHERE, "127.0.0.1", asyncio.run(closed_port()), timeout=AMPLE)) == "connection_refused"


def test_a_name_that_does_not_exist() -> None:
    assert code_of(connect(EVERYWHERE, "nobody.invalid", 80, timeout=AMPLE)) == "dns_failed"


def test_addresses_of_a_name() -> None:
    async def both() -> list[list[str]]:
        guard = Guard(lookup=Names(two_test=[["8.8.8.8", "2001:4860:4860::8888"]]))
        return [list(await resolve(guard, host, timeout=AMPLE)) for host in ("two.test", "1.1.1.1")]

    assert asyncio.run(both()) == [["8.8.8.8", "2001:4860:4860::8888"], ["1.1.1.1"]]


@pytest.mark.usefixtures("trusting")
@pytest.mark.parametrize(
    ("name", "verify", "good"), [("good", True, True), ("expired", True, False), ("expired", False, True)]
)
def test_a_plain_connection_turns_secure(name: str, *, verify: bool, good: bool) -> None:
    async def upgrade(reader: Reader, writer: Writer) -> None:
        writer.write(await reader.readline())
        await writer.start_tls(shown_by(name))
        writer.write(await reader.readline())
        await writer.drain()

    async def talk() -> bytes:
        async with serving(upgrade) as port:
            reader, writer = await connect(EVERYWHERE, "127.0.0.1", port, timeout=AMPLE)
            writer.write(b"STARTTLS\n")
            await reader.readline()
            await start_tls(writer, "127.0.0.1", timeout=AMPLE, verify=verify)
            writer.write(b"hello\n")
            heard = await reader.readline()
            writer.close()
            return heard

    if good:
        assert asyncio.run(talk()) == b"hello\n"
    else:
        with pytest.raises(Failure, match="certificate has expired"):
            asyncio.run(talk())


def test_a_handshake_that_never_ends() -> None:
    async def hang(reader: Reader, writer: Writer) -> None:
        await reader.read()

    async def shake_hands() -> None:
        async with serving(hang) as port:
            await connect(EVERYWHERE, "127.0.0.1", port, timeout=SHORT, tls=True)

    assert code_of(shake_hands()) == "timeout"
