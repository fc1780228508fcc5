"""Running checks side by side, on an event loop in a thread of its own: no query ever holds it up."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import NamedTuple, Self, TypeAlias

import structlog
from django.utils import timezone

from services.checks.claiming import Claim
from services.probes import KINDS, Outcome, Tools, equipped
from services.probes.outcome import failed
from services.probes.reach import guard

log = structlog.get_logger(__name__)

Clock: TypeAlias = Callable[[], datetime]

# Results come in swarms; so many seconds after the first of one the swarm is taken.
SWARM = 0.03
# In seconds beyond its timeout; a check that takes longer does not mind it.
GUARD = 5.0
# So many seconds may a check wait for a slot.
STALE = 20.0


class Finished(NamedTuple):
    """A check that has been run, and when it began."""

    claim: Claim
    at: datetime
    outcome: Outcome


class Crew:
    """Checks that run at once, at most ``limit``. Three times as many may be in hand: slots never wait for a query.

    A target that hangs holds its own slot until its timeout, and nothing else.
    """

    def __init__(self, limit: int, now: Clock = timezone.now) -> None:
        self.limit = limit
        self.now = now
        self.in_hand = 0
        self._done: SimpleQueue[Finished | None] = SimpleQueue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def free(self) -> int:
        """Return how many more it can take."""
        return 3 * self.limit - self.in_hand

    def send(self, claims: Sequence[Claim]) -> None:
        """Have these run. Raises ``RuntimeError`` where the loop cannot."""
        if claims:
            if not self._is_alive():
                self._begin()
            self.in_hand += len(claims)
            self._loop.call_soon_threadsafe(self._start, claims)

    def stop(self) -> None:
        """End, and drop what still runs: it is run again when its lease is over."""
        if self._thread is not None and self._is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()

    def _is_alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _begin(self) -> None:
        """Start the thread, which loads the client: a process that checks nothing never does."""
        self.in_hand, self._ready = 0, threading.Event()
        self._thread = threading.Thread(target=self._run, name="checks", daemon=True)
        self._thread.start()
        self._ready.wait()
        if not self._is_alive():
            raise RuntimeError("The checks cannot run; the log says why.")

    def gather(self, patience: float) -> list[Finished]:
        """Return what has been run since; wait for the first so many seconds, unless nothing is in hand."""
        found: list[Finished | None] = []
        try:
            if self.in_hand:
                found.append(self._done.get(timeout=patience))
                self._pause()
            while True:
                found.append(self._done.get_nowait())
        except Empty:
            self.in_hand = self.in_hand - len(found) if self._is_alive() else 0
            return [each for each in found if each is not None]

    def _pause(self) -> None:
        """Wait for the swarm, unless all of it is here."""
        if self._done.qsize() + 1 < self.in_hand:
            time.sleep(SWARM)

    def _run(self) -> None:
        try:
            asyncio.run(self._work())
        except Exception:
            log.exception("checks_broke")
        finally:
            self._ready.set()

    async def _work(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        self._slots = asyncio.Semaphore(self.limit)
        async with equipped(guard()) as self._tools:
            self._ready.set()
            await self._stopping.wait()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, claims: Sequence[Claim]) -> None:
        for claim in claims:
            task = self._loop.create_task(self._check(claim))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _check(self, claim: Claim) -> None:
        """Run one check in a slot of its own. One that does not mind its timeout gives the slot back all the same."""
        came = time.monotonic()
        await self._slots.acquire()
        if time.monotonic() - came > STALE:
            # Its lease will be over before it is done: whoever has it then runs it.
            self._slots.release()
            self._done.put(None)
            return
        at, told = self.now(), False

        def tell(outcome: Outcome) -> None:
            nonlocal told
            if not told:
                told = True
                self._slots.release()
                self._done.put(Finished(claim, at, outcome))

        late = failed("timeout", f"No answer within {claim.timeout:g} s.")
        watch = self._loop.call_later(claim.timeout + GUARD, tell, late)
        try:
            tell(await ask(claim, self._tools))
        finally:
            watch.cancel()


async def ask(claim: Claim, tools: Tools) -> Outcome:
    """Run one check. Never raises: one that did would be missed for ever."""
    try:
        return await KINDS[claim.kind].run(claim.url, claim.options, timeout=claim.timeout, tools=tools)
    except Exception:
        log.exception("check_broke", kind=claim.kind, component=str(claim.component_id))
        return failed("internal_error", "The check itself broke; the log of the worker says how.")
