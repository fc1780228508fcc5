"""Real servers on this machine, and one call to them through the door."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pytest

import outbound
from outbound import Failure, Guard, Networks, Reply

Handler: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

CERTIFICATES = Path(__file__).resolve().parents[1] / "certificates"
EVERYWHERE = Guard(Networks.parse("all"))
OUTSIDE = Guard()
# Stands for the public internet where a test needs a server that may be reached.
HERE = Networks.parse("127.0.0.1")
# Long enough for a busy machine: who is expected to answer does so at once.
AMPLE = 20.0
# For what never ends.
SHORT = 0.3


@asynccontextmanager
async def serving(handler: Handler, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Serve on a free port of 127.0.0.1, and yield it."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await handler(reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the client has left, or the test is over
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def answering(*, body: bytes = b"ok", status: str = "200 OK", seen: list[str] | None = None, **headers: str) -> Handler:
    """Answer every request alike; ``seen`` gathers what was asked. ``Content_Type="x"`` is a header."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = (await reader.readuntil(b"\r\n\r\n")).decode()
        if seen is not None:
            seen.append(asked)
        port = writer.get_extra_info("sockname")[1]
        lines = [f"{name.replace('_', '-')}: {value.replace('PORT', str(port))}" for name, value in headers.items()]
        writer.write(
            "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", *lines, "", ""]).encode() + body
        )
        await writer.drain()

    return handle


def fetched(
    handler: Handler,
    url: str = "http://127.0.0.1:PORT/",
    *,
    method: str = "GET",
    guard: Guard = EVERYWHERE,
    context: ssl.SSLContext | None = None,
    timeout: float = AMPLE,
    **options: Any,
) -> Reply:
    """Serve, fetch once, and return the reply; ``PORT`` in the address is where the server listens."""

    async def fetch() -> Reply:
        async with serving(handler, context) as port, outbound.client(guard, user_agent="Test/1") as http:
            return await http.fetch(method, url.replace("PORT", str(port)), timeout=timeout, **options)

    return asyncio.run(fetch())


def failure(handler: Handler, url: str = "http://127.0.0.1:PORT/", **options: Any) -> Failure:
    """Serve, fetch once, and return why that came to nothing."""
    with pytest.raises(Failure) as caught:
        fetched(handler, url, **options)
    return caught.value


def shown_by(name: str) -> ssl.SSLContext:
    """Return what a server needs that shows this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{name}.pem")
    return context


class Names:
    """A name server of the test's own. Each lookup of a name gives its next answer; the last one stays."""

    def __init__(self, **answers: Sequence[Sequence[str]]) -> None:
        self._answers = {name.replace("_", "."): list(answer) for name, answer in answers.items()}
        self.asked: list[str] = []

    async def __call__(self, name: str) -> Sequence[str]:
        self.asked.append(name)
        answers = self._answers[name]
        return answers.pop(0) if len(answers) > 1 else answers[0]
