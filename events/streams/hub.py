"""The hub: in each process one reader of the log for all its clients, while there are any."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from typing import Any

import structlog
from django.db import DatabaseError

from events.streams.bell import Bell
from events.streams.client import Audience, Client
from events.streams.frames import HEARTBEAT
from events.streams.reading import Batch, Log, Newest

log = structlog.get_logger(__name__)

# The log is read so often whether or not anybody rings: a bell that was not heard costs this much.
PERIOD = 1.0
SILENCE = 15.0
TICK = 1.0
# After so many clients the other requests of this process have their turn.
PORTION = 200


class Hub:
    """Gives each event to every client once. Used in one event loop alone.

    ``news`` is called with the kinds of what has just been given out.
    """

    def __init__(self, events: Log, bell: Bell | None, news: Callable[[set[str]], None]) -> None:
        self.log = events
        self.bell = bell
        self.news = news
        self.clients: set[Client] = set()
        self.newest: Newest | None = None
        self._rung = asyncio.Event()
        # A task that nothing refers to may be collected in the middle of its work.
        self._tasks: set[asyncio.Task[None]] = set()
        self._failing = False

    @property
    def running(self) -> bool:
        """Say whether the log is being read."""
        return bool(self._tasks)

    def join(self, client: Client, covered: Newest | None) -> bool:
        """Take in a client that has heard all up to ``covered``, or hears from now on where that is not known.

        False when others have been given later events already: it must catch up first.
        """
        if self.running and covered and self.newest and covered.event < self.newest.event:
            return False
        if not self.running:
            self.newest = covered or self.newest
            self._start()
        client.seen = covered.event if covered else self.newest.event if self.newest else 0
        self.clients.add(client)
        return True

    def leave(self, client: Client) -> None:
        """Let a client go; the last one puts out the light."""
        self.clients.discard(client)
        if not self.clients:
            self.stop()

    def stop(self) -> None:
        """Read no more."""
        for task in self._tasks:
            task.cancel()
        self._tasks.clear()

    def ring(self) -> None:
        """Have the log read now."""
        self._rung.set()

    def _start(self) -> None:
        self._keep(self._read())
        self._keep(self._tick())
        if self.bell is not None:
            self._keep(self.bell.listen(self.ring))

    def _keep(self, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.add(asyncio.get_running_loop().create_task(work))

    async def _read(self) -> None:
        while True:
            self._rung.clear()
            more = await self._look()
            if not more:
                await self._pause()

    async def _pause(self) -> None:
        # Not ``wait_for``: it loses an end that comes just after a ring (cpython#86296, mended in 3.12).
        with suppress(TimeoutError):
            async with asyncio.timeout(PERIOD):
                await self._rung.wait()

    async def _look(self) -> bool:
        """Read what is new and give it out, whatever comes of it. Return whether there is more."""
        try:
            batch = await self._next()
        except Exception as error:
            if not self._failing:
                log.warning("streams_without_log", error=repr(error), exc_info=not isinstance(error, DatabaseError))
            self._failing = True
            return False
        self._failing = False
        await self._give(batch)
        return batch.more

    async def _next(self) -> Batch:
        """Read for all who listen. Raises ``DatabaseError``."""
        while True:
            if self.newest is None:
                self.newest = await self.log.newest()
            worded = self._audiences()
            batch = await self.log.after(self.newest.event, worded)
            # For somebody who came meanwhile it may not be worded.
            if self._audiences() <= worded:
                return batch

    def _audiences(self) -> set[Audience]:
        return {client.audience for client in self.clients}

    async def _give(self, batch: Batch) -> None:
        if not batch.events or self.newest is None:
            return
        public = max((told.id for told in batch.events if told.public), default=self.newest.public)
        self.newest = Newest(batch.events[-1].id, public)
        self.news({told.kind for told in batch.events})
        pieces = Pieces(batch)
        # Whoever joins from here on has heard all of this.
        for portion in _portions(self.clients):
            for client in portion:
                if piece := pieces.after(client.seen, client.audience):
                    client.put(piece)
                client.seen = max(client.seen, batch.events[-1].id)
            await asyncio.sleep(0)

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(TICK)
            for portion in _portions(self.clients):
                now = time.monotonic()
                for client in portion:
                    if now - client.said_at >= SILENCE:
                        client.put(HEARTBEAT)
                await asyncio.sleep(0)


class Pieces:
    """A batch as bytes, joined once for all clients that have heard equally far."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        self._made: dict[tuple[int, Audience], bytes] = {}

    def after(self, seen: int, audience: Audience) -> bytes:
        """Return what follows ``seen``, for these ears."""
        key = max(seen, self.batch.events[0].id - 1), audience
        if key not in self._made:
            told = (event.frames.get(audience, b"") for event in self.batch.events if event.id > seen)
            self._made[key] = b"".join(told)
        return self._made[key]


def _portions(clients: Iterable[Client]) -> Iterable[list[Client]]:
    all_of_them = list(clients)
    return (all_of_them[first : first + PORTION] for first in range(0, len(all_of_them), PORTION))
