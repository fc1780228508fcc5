"""What stands between granian and Django's WSGI handler: the life of the process, and requests made fit for WSGI."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, MutableMapping
from typing import Any

from statuspage.edge import App, Receive, Scope, Send
from statuspage.watch import Watcher


class Life:
    """Starts the watcher before the first request and ends it after the last; everything else it passes on."""

    def __init__(self, app: App, watcher: Watcher) -> None:
        self.app = app
        self.watcher = watcher

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        """Pass requests on as they are, without a coroutine between; answer the server's ``lifespan`` messages."""
        return self.live(receive, send) if scope["type"] == "lifespan" else self.app(scope, receive, send)

    async def live(self, receive: Receive, send: Send) -> None:
        """Follow the server from its start to its end."""
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await asyncio.to_thread(self.watcher.start)
                await send({"type": "lifespan.startup.complete"})
            else:
                await asyncio.to_thread(self.watcher.stop)
                await send({"type": "lifespan.shutdown.complete"})
                return


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
