"""The way back to one client, and what goes over it at once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator

from events.streams.outside import Headers, Send

PIECE = 64 * 1024


class Line:
    """The way back to one client."""

    def __init__(self, send: Send, headers: Headers) -> None:
        self.send = send
        self.headers = headers
        self.begun = False

    async def say(self, piece: bytes, *, within: float | None = None) -> None:
        """Send; waits while the line takes nothing. Raises ``TimeoutError`` where that may last ``within`` seconds."""
        async with asyncio.timeout(within):
            if not self.begun:
                self.begun = True
                await self.send({"type": "http.response.start", "status": 200, "headers": self.headers})
            await self.send({"type": "http.response.body", "body": piece, "more_body": True})

    async def end(self) -> None:
        """Say that this is all."""
        await self.send({"type": "http.response.body", "body": b"", "more_body": False})


def pieces(frames: Iterable[bytes]) -> Iterator[bytes]:
    """Join frames; a piece is at most ``PIECE`` long, unless one frame alone is longer."""
    waiting = bytearray()
    for frame in frames:
        if waiting and len(waiting) + len(frame) > PIECE:
            yield bytes(waiting)
            waiting.clear()
        waiting += frame
    if waiting:
        yield bytes(waiting)
