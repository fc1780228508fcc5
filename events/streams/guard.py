"""The guard: who listens to the admin stream must still be allowed to."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import Executor
from contextlib import suppress

import structlog
from django.db import DatabaseError

from events.streams.client import Client
from events.streams.outside import Door, Scope
from events.streams.reading import in_thread

log = structlog.get_logger(__name__)

# What ends by the clock, or by a hand in the raw rows, is noticed within this.
PERIOD = 10.0
# What the log tells of people and keys is followed at once.
UNSETTLING = ("USER_", "API_KEY_")


class Guard:
    """Asks the door again for each client, after a while and whenever people or keys have changed."""

    def __init__(self, enter: Door, threads: Executor) -> None:
        self.enter = enter
        self.threads = threads
        self.watched: dict[Client, Scope] = {}
        self._soon = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def watch(self, client: Client, scope: Scope) -> None:
        """Begin with a client."""
        self.watched[client] = scope
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())

    def forget(self, client: Client) -> None:
        """Be done with a client."""
        self.watched.pop(client, None)
        if not self.watched and self._task is not None:
            self._task.cancel()
            self._task = None

    def hear(self, kinds: set[str]) -> None:
        """Look soon, if something of these kinds may have ended somebody's right."""
        if any(kind.startswith(UNSETTLING) for kind in kinds):
            self._soon.set()

    async def _run(self) -> None:
        while True:
            # Not ``wait_for``: it loses an end that comes just after the news (cpython#86296, mended in 3.12).
            with suppress(TimeoutError):
                async with asyncio.timeout(PERIOD):
                    await self._soon.wait()
            self._soon.clear()
            await self._look()

    async def _look(self) -> None:
        asked = list(self.watched.items())
        for client in await in_thread(self.threads, lambda: gone(asked, self.enter)):
            client.end()


def gone(asked: Sequence[tuple[Client, Scope]], enter: Door) -> list[Client]:
    """Return those who may listen no more. While the database cannot tell, nobody is sent away: nothing new is said."""
    found = []
    for client, scope in asked:
        try:
            enter(scope)
        except DatabaseError as error:
            log.warning("streams_guard_without_database", error=str(error))
            break
        except Exception:  # noqa: BLE001 - any other refusal is one
            found.append(client)
    return found
