"""Real servers on this machine that behave, or misbehave, as a test says; and a check that asks them."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeAlias

from outbound import Guard, Networks
from services.probes import KINDS, Outcome, Value, equipped

Handler: TypeAlias = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]

EVERYWHERE = Guard(Networks.parse("all"))
OUTSIDE = Guard(Networks.parse(""))
CERTIFICATES = Path(__file__).resolve().parents[1] / "certificates"
# Long enough for a busy machine: what is expected to answer does so at once.
AMPLE = 20.0
# For what never answers.
SHORT = 0.3
# For what answers, and then does not end: a busy machine must have the time to say the first word.
LONGER = 2.0


def tls(name: str) -> ssl.SSLContext:
    """Return what a server needs that shows this certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATES / f"{name}.pem")
    return context


@asynccontextmanager
async def serving(handler: Handler, context: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """Serve on a free port of 127.0.0.1, and yield it."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await handler(reader, writer)
        except (OSError, asyncio.CancelledError):
            pass  # the client has left, or the test is over
        finally:
            writer.close()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=context)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


def ask(
    kind: str,
    target: str,
    options: Mapping[str, Value] | None = None,
    *,
    timeout: float = AMPLE,
    guard: Guard = EVERYWHERE,
) -> Outcome:
    """Check once, without a server of ours."""

    async def asked() -> Outcome:
        async with equipped(guard) as tools:
            return await KINDS[kind].run(target, options or {}, timeout=timeout, tools=tools)

    return asyncio.run(asked())


def check(
    kind: str,
    target: str,
    handler: Handler,
    options: Mapping[str, Value] | None = None,
    *,
    timeout: float = AMPLE,
    guard: Guard = EVERYWHERE,
    context: ssl.SSLContext | None = None,
) -> Outcome:
    """Check once against ``handler``; ``{port}`` in the target is where it listens."""

    async def checked() -> Outcome:
        async with serving(handler, context) as port, equipped(guard) as tools:
            where = target.replace("{port}", str(port))
            return await KINDS[kind].run(where, options or {}, timeout=timeout, tools=tools)

    return asyncio.run(checked())


def answering(*pieces: bytes) -> Handler:
    """Return a handler that reads a request and answers with these bytes."""

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        for piece in pieces:
            writer.write(piece)
            await writer.drain()

    return handle


def http(status: str = "200 OK", body: bytes | str = b"", **headers: str) -> bytes:
    """Return an HTTP answer; underscores of header names are hyphens."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join([f"HTTP/1.1 {status}", f"Content-Length: {len(content)}", "Connection: close", *lines])
    return f"{head}\r\n\r\n".encode() + content


async def hang(_reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
    """Take the connection and never say a word."""
    await asyncio.Event().wait()
