"""Sending side by side, on an event loop in a thread of its own: no query ever holds it up.

Whoever has sent a message waits with the next until the database knows of the first. So a worker that is killed sends
again at most what it had in flight: a message for each sender.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from enum import Enum, auto
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Final, NamedTuple, Self

import structlog
from django.conf import settings

import outbound
from notifications.kinds import Lane
from notifications.models.addressing import MAIL
from notifications.reach import operators_guard, outsiders_guard
from notifications.sending.claiming import Claim
from notifications.sending.holding import Holds
from notifications.sending.mailer import mailer
from notifications.transports.kinds import KINDS
from notifications.transports.outcome import Nature, Outcome, Parcel
from notifications.transports.outside import Outside
from notifications.transports.transport import failed

log = structlog.get_logger(__name__)

# In seconds. A message that waited longer for a sender is given back: the state was looked at too long ago.
STALE: Final = 3.0
# As long after its claim nobody begins with a message: the try would outlive the lease. A process that was frozen in
# between finds that out by this.
CLAIMED: Final = 15.0
# No try takes longer, and so none outlives its lease; that of a page is shorter, and renewed (``holding.py``).
LONGEST: Final = 40.0
# As many mails are in hand for each sender: it never waits for a query. More are taken once half of them are gone,
# because a claim costs the same for one as for many.
DEPTH: Final = 32
# Senders that take nothing but pages: ten thousand mails, and a mail server that hangs, leave them free.
PAGES: Final = 16


class Slot(Enum):
    """Senders that do not wait for each other."""

    PAGES = auto()
    MAILS = auto()
    OTHERS = auto()


class Job(NamedTuple):
    """A message with what is to be sent, and when it was claimed, on the clock of ``time.monotonic``.

    ``others`` are those that go in it.
    """

    claim: Claim
    parcel: Parcel
    claimed: float
    others: Sequence[Claim] = ()


class Sent(NamedTuple):
    """How a try ended. ``outcome`` is ``None`` where there was none: nobody had the time."""

    claim: Claim
    outcome: Outcome | None
    settled: asyncio.Event
    others: Sequence[Claim] = ()


class Crew:
    """Senders: so many for mails, each with a connection to the mail server, so many for pages, and for all else."""

    def __init__(self, mails: int, others: int, pages: int = PAGES) -> None:
        self.mails, self.others, self.pages = mails, others, pages
        self.holds = Holds()
        self._in_hand: Counter[Slot] = Counter()
        self._counting = threading.Lock()
        self._done: SimpleQueue[Sent] = SimpleQueue()
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    @property
    def in_hand(self) -> int:
        """Return how many messages are being sent, wait for it, or wait for being settled."""
        return self._in_hand.total()

    @property
    def has_mails(self) -> bool:
        """Say whether mails are in hand."""
        return self._in_hand[Slot.MAILS] > 0

    @property
    def room_for_pages(self) -> int:
        """Return how many more can be taken; each has a sender at once."""
        return self.pages - self._in_hand[Slot.PAGES]

    @property
    def room_for_mails(self) -> int:
        """Return how many more can be taken."""
        mails, most = self._in_hand[Slot.MAILS], DEPTH * self.mails
        return most - mails if mails <= most // 2 else 0

    @property
    def room_for_others(self) -> int:
        """Return how many more can be taken."""
        return 2 * self.others - self._in_hand[Slot.OTHERS]

    def send(self, jobs: Sequence[Job]) -> None:
        """Have these sent. Raises ``RuntimeError`` where the loop cannot."""
        if not jobs:
            return
        if not self._is_alive():
            self._begin()
        with self._counting:
            self._in_hand.update(slot_of(job.claim) for job in jobs)
        self._loop.call_soon_threadsafe(self._start, jobs)

    def gather(self, patience: float) -> list[Sent]:
        """Return the tries that have ended since; wait for the first so many seconds, unless nothing is in hand."""
        found: list[Sent] = []
        try:
            if self.in_hand:
                found.append(self._done.get(timeout=patience))
            while True:
                found.append(self._done.get_nowait())
        except Empty:
            if not self._is_alive():
                self._in_hand.clear()
            return found

    def settled(self, sent: Sequence[Sent]) -> None:
        """Let the senders of these go on: the database knows."""
        with self._counting:
            self._in_hand -= Counter(slot_of(each.claim) for each in sent)
        if sent and self._is_alive():
            self._loop.call_soon_threadsafe(_let_go, sent)

    def recall(self) -> None:
        """Let nobody begin with what still waits for a sender; it is given back."""
        if self._is_alive():
            self._loop.call_soon_threadsafe(self._recalled.set)

    def stop(self) -> None:
        """End, and drop what still runs: it is sent again when its lease is over."""
        if self._thread is not None and self._is_alive():
            self._loop.call_soon_threadsafe(self._stopping.set)
            self._thread.join()

    def _is_alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def _begin(self) -> None:
        self._in_hand, self._ready = Counter(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="deliveries", daemon=True)
        self._thread.start()
        self._ready.wait()
        if not self._is_alive():
            raise RuntimeError("Nothing can be sent; the log says why.")

    def _run(self) -> None:
        try:
            asyncio.run(self._work())
        except Exception:
            log.exception("deliveries_broke")
        finally:
            self._ready.set()

    async def _work(self) -> None:
        self._loop, self._stopping = asyncio.get_running_loop(), asyncio.Event()
        self._recalled = asyncio.Event()
        sizes = {Slot.PAGES: self.pages, Slot.MAILS: self.mails, Slot.OTHERS: self.others}
        self._slots = {slot: asyncio.Semaphore(size) for slot, size in sizes.items()}
        async with equipped() as (self._operators, self._outsiders):
            self._ready.set()
            await self._stopping.wait()
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    def _start(self, jobs: Sequence[Job]) -> None:
        self._recalled.clear()
        for job in jobs:
            task = self._loop.create_task(self._deliver(job))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _deliver(self, job: Job) -> None:
        """Send one message in a slot of its own, and keep the slot until the end of it is written down."""
        came = time.monotonic()
        async with self._slots[slot_of(job.claim)]:
            now = time.monotonic()
            late = self._recalled.is_set() or now - came > STALE or now - job.claimed > CLAIMED
            sent = Sent(job.claim, None if late else await self._try(job), asyncio.Event(), job.others)
            self._done.put(sent)
            await sent.settled.wait()

    async def _try(self, job: Job) -> Outcome:
        """Try once. Never raises: a message whose try did would be held until its lease is over."""
        outside = self._operators if job.parcel.inside else self._outsiders
        try:
            async with asyncio.timeout(LONGEST), self.holds.during((job.claim, *job.others), job.claimed):
                return await KINDS[job.claim.transport].send(job.parcel, outside)
        except TimeoutError:
            return failed("timeout")
        except Exception:
            log.exception("delivery_broke", kind=job.claim.transport, delivery=str(job.claim.id))
            return failed("internal_error", nature=Nature.LATER)


def _let_go(sent: Sequence[Sent]) -> None:
    for each in sent:
        each.settled.set()


def slot_of(claim: Claim) -> Slot:
    """Return whose senders a message takes: what goes through the mail server has its own, and so has every page."""
    if claim.lane == Lane.PAGE:
        return Slot.PAGES
    return Slot.MAILS if claim.target == MAIL else Slot.OTHERS


@asynccontextmanager
async def equipped() -> AsyncIterator[tuple[Outside, Outside]]:
    """Open the ways out, for what insiders have set up and for outsiders' addresses; close them at the end."""
    agent, mails = f"OpStatus/{settings.VERSION}", mailer()
    operators = outbound.client(operators_guard(), user_agent=agent)
    outsiders = outbound.client(outsiders_guard(), user_agent=agent)
    try:
        async with operators, outsiders:
            yield Outside(operators, mails), Outside(outsiders, mails)
    finally:
        await mails.close()
