"""Taking what an answer left unread of a body, so that the answer arrives: who still sends may never look for it."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from typing import Any, Final

from statuspage.edge import READING, App, Receive, Scope, Send

# In bytes: somebody who sends more is cut off, with or without having heard why.
MOST: Final = 64 * 1024 * 1024
# In seconds, for all of it.
PATIENCE: Final = 10.0


class Unread:
    """Stands before ``app`` and lets an answer go once the body has come, which nobody keeps.

    A server that closes a connection on which something is still unread resets it, and the sender's system throws away
    what it had received: a 413 would be seen as a connection that broke.
    """

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; requests that have no body, or wait to be asked for it, as they are."""
        if scope["type"] != "http" or scope["method"] in READING:
            return await self.app(scope, receive, send)
        body = Body(receive, asked_for=b"expect" in dict(scope["headers"]))

        async def sent(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                await body.finish()
            await send(message)

        return await self.app(scope, body, sent)


class Body:
    """Hands the body on, and knows whether there is more. One that is ``asked_for`` only comes when it is read."""

    def __init__(self, receive: Receive, *, asked_for: bool) -> None:
        self.receive = receive
        self.coming = not asked_for

    async def __call__(self) -> MutableMapping[str, Any]:
        """Return the next message."""
        message = await self.receive()
        self.coming = bool(message.get("more_body"))
        return message

    async def finish(self) -> None:
        """Throw away what is left, within reason."""
        if not self.coming:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await self._throw_away()
        except TimeoutError:
            self.coming = False

    async def _throw_away(self) -> None:
        taken = 0
        while self.coming and taken < MOST:
            message = await self()
            taken += len(message.get("body", b""))
