"""One listener: what it hears, how far it has heard, and what still waits to be sent to it."""

from __future__ import annotations

import asyncio
import time
from enum import StrEnum

# A reader with so much before it does not read. One piece alone may be larger: a burst of events is sent as one.
MOST_WAITING = 512 * 1024


class Audience(StrEnum):
    """Who listens: everybody, or who may read the console."""

    PUBLIC = "public"
    ADMIN = "admin"


class Client:
    """A stream that is open. Used in the event loop alone.

    ``seen`` is the last event that it has been given or need not be given; ``said_at`` is when it last was given
    anything, on the monotonic clock.
    """

    __slots__ = ("_pieces", "_size", "_waiter", "audience", "dropped", "ended", "said_at", "seen", "writer")

    def __init__(self, audience: Audience) -> None:
        self.audience = audience
        self.seen = 0
        self.said_at = time.monotonic()
        self.ended = False
        self.dropped = False
        self.writer: asyncio.Task[None] | None = None
        self._pieces: list[bytes] = []
        self._size = 0
        self._waiter: asyncio.Future[None] | None = None

    def put(self, piece: bytes) -> None:
        """Have ``piece`` sent. A client that does not take what it is sent is dropped."""
        if self.ended:
            return
        if self._pieces and self._size + len(piece) > MOST_WAITING:
            self.drop()
            return
        self.said_at = time.monotonic()
        self._pieces.append(piece)
        self._size += len(piece)
        self._stir()

    def end(self) -> None:
        """Send what waits, and no more."""
        self.ended = True
        self._stir()

    def drop(self) -> None:
        """End at once: the writer may be held by a line that takes nothing."""
        self.ended = self.dropped = True
        self._pieces.clear()
        if self.writer is not None:
            self.writer.cancel()

    async def next(self) -> bytes | None:
        """Return all that waits, once something does; None at the end."""
        while not self._pieces:
            if self.ended:
                return None
            self._waiter = asyncio.get_running_loop().create_future()
            await self._waiter
        piece = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        self._pieces.clear()
        self._size = 0
        return piece

    def _stir(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
