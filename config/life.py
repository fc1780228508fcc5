"""What stands between granian and Django's WSGI handler: the life of the process, and requests made fit for WSGI."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Awaitable, Callable, MutableMapping
from types import FrameType
from typing import Any

from statuspage.edge import App, Receive, Scope, Send
from statuspage.watch import Watcher


class Life:
    """Starts the watcher before the first request and ends it after the last; everything else it passes on.

    ``close`` ends, in the event loop, what would not end by itself.
    """

    def __init__(self, app: App, watcher: Watcher, close: Callable[[], None] = lambda: None) -> None:
        self.app = app
        self.watcher = watcher
        self.close = close

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Pass requests on as they are, without a coroutine between; answer the server's ``lifespan`` messages."""
        return self.live(receive, send) if scope["type"] == "lifespan" else self.app(scope, receive, send)

    async def live(self, receive: Receive, send: Send) -> None:
        """Follow the server from its start to its end."""
        loop = asyncio.get_running_loop()
        when_asked_to_end(lambda: loop.call_soon_threadsafe(self.close))
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await asyncio.to_thread(self.watcher.start)
                await send({"type": "lifespan.startup.complete"})
            else:
                await asyncio.to_thread(self.watcher.stop)
                await send({"type": "lifespan.shutdown.complete"})
                return


def when_asked_to_end(act: Callable[[], object]) -> None:
    """Call ``act`` at SIGTERM and SIGINT, before what the server does then.

    The server tells the application that it ends only after the last answer, and a stream is an answer that goes on.
    What asyncio does at a signal does not hang on Python's own handler, which is replaced here.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        _before(number, act)


def _before(number: signal.Signals, act: Callable[[], object]) -> None:
    usual = signal.getsignal(number)

    def handle(signum: int, frame: FrameType | None) -> None:
        act()
        if callable(usual):
            usual(signum, frame)

    signal.signal(number, handle)


class FitForWsgi:
    """Refuses or mends what WSGI cannot tell apart."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, mended."""
        if scope["type"] == "http":
            scope = mended(scope)
            receive = Whole(receive)
        await self.app(scope, receive, send)


class Whole:
    """Hands the body on, and raises when the client leaves in the middle: half a form must not pass for a whole one."""

    def __init__(self, receive: Receive) -> None:
        self.receive = receive

    async def __call__(self) -> MutableMapping[str, Any]:
        """Return the next message."""
        message = await self.receive()
        if message["type"] == "http.disconnect":
            raise ConnectionResetError("The client left before its request was complete.")
        return message


def mended(scope: Scope) -> Scope:
    """Return the scope without headers that WSGI would take for others, and with a query of ASCII alone.

    In WSGI ``X_Forwarded_Proto`` and ``X-Forwarded-Proto`` are one header; only the latter is the proxy's.
    """
    query = scope["query_string"]
    if not query.isascii():
        query = b"".join(b"%%%02X" % byte if byte > 127 else bytes([byte]) for byte in query)
    headers = [header for header in scope["headers"] if b"_" not in header[0]]
    return {**scope, "query_string": query, "headers": headers}
