"""A name whose servers are away costs its own check: others are resolved meanwhile, and the process may end."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

import outbound
from outbound import Failure, lookup
from tests.outbound.servers import AMPLE, EVERYWHERE, SHORT, answering, serving


@pytest.fixture
def stuck(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the system hang on names that begin with ``stuck``, until the test is over."""
    over, real = threading.Event(), socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **options: Any) -> Any:
        if str(host).startswith("stuck"):
            over.wait(60)
            raise socket.gaierror(socket.EAI_AGAIN, "over")
        return real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    yield
    over.set()
    for thread in threading.enumerate():
        if thread.name.startswith("look up "):
            thread.join(AMPLE)


@pytest.fixture
def unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the system know nobody but itself."""
    real = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **options: Any) -> Any:
        if host == "nobody.invalid":
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return real(host, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.mark.usefixtures("stuck")
def test_many_that_hang_leave_room_for_one_that_does_not() -> None:
    async def both() -> list[int | str]:
        async with serving(answering()) as port, outbound.client(EVERYWHERE, user_agent="Test/1") as http:

            async def ask(host: str, timeout: float) -> int | str:
                try:
                    return (await http.fetch("GET", f"http://{host}:{port}/", timeout=timeout)).status
                except Failure as failed:
                    return failed.detail

            return await asyncio.gather(*(ask(f"stuck{n}.test", SHORT) for n in range(60)), ask("localhost", AMPLE))

    *hanging, well = asyncio.run(both())
    assert set(hanging) == {"Nothing within 0.3 s: its name was not resolved."}
    assert well == 200


@pytest.mark.usefixtures("stuck")
def test_there_is_an_end_to_what_may_hang(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "_room", threading.BoundedSemaphore(1))

    async def ask(name: str) -> str:
        with pytest.raises(Failure) as caught:
            await outbound.resolve(EVERYWHERE, name, timeout=SHORT)
        return caught.value.detail

    assert asyncio.run(ask("stuck.test")) == "Nothing within 0.3 s: its name was not resolved."
    assert asyncio.run(ask("localhost")) == "Too many name lookups hang; the name servers may be away."


@pytest.mark.usefixtures("unknown")
def test_a_lookup_gives_its_room_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "_room", threading.BoundedSemaphore(1))

    async def ask() -> list[str]:
        for _ in range(3):
            with pytest.raises(Failure, match="no such name"):
                await outbound.resolve(EVERYWHERE, "nobody.invalid", timeout=AMPLE)
        return list(await outbound.resolve(EVERYWHERE, "localhost", timeout=AMPLE))

    assert "127.0.0.1" in asyncio.run(ask())
