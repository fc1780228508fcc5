"""The log as streams read it: in threads, each time on a connection that is given back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TypeVar

from django.db import connections
from django.db.models import QuerySet

from events.models import Event
from events.streams.client import Audience
from events.streams.frames import frame
from events.streams.public import project
from events.streams.sight import Look

BATCH = 500
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Newest:
    """The number of the newest event, and of the newest that was public. Visitors hear of the latter alone."""

    event: int = 0
    public: int = 0

    def of(self, audience: Audience) -> int:
        """Return the number to come back with."""
        return self.event if audience is Audience.ADMIN else self.public


@dataclass(frozen=True, slots=True)
class Told:
    """One event, ready to send: to whom it goes, and as what."""

    id: int
    kind: str
    public: bool
    frames: dict[Audience, bytes]


@dataclass(frozen=True, slots=True)
class Batch:
    """Events in order; ``more`` says that others follow."""

    events: Sequence[Told]
    more: bool


class Log:
    """Reads. ``look`` says what the public page shows; ``threads`` are where it waits for the database."""

    def __init__(self, look: Look, threads: Executor) -> None:
        self.look = look
        self.threads = threads

    async def newest(self) -> Newest:
        """Return where the log ends. Raises ``DatabaseError``."""
        return await in_thread(self.threads, newest)

    async def after(self, number: int, audiences: Iterable[Audience]) -> Batch:
        """Return the events after ``number``, worded for ``audiences``. Raises ``DatabaseError``."""
        return await in_thread(self.threads, lambda: after(number, frozenset(audiences), self.look))

    async def missed(self, number: int, audience: Audience) -> tuple[Batch, Newest]:
        """Return the same for one listener, and how far that listener has come with it. Raises ``DatabaseError``."""
        return await in_thread(self.threads, lambda: missed(number, audience, self.look))


async def in_thread(threads: Executor, work: Callable[[], T]) -> T:
    """Do what asks the database, and give the thread's connection back."""

    def whole() -> T:
        try:
            return work()
        finally:
            connections.close_all()

    return await asyncio.get_running_loop().run_in_executor(threads, whole)


def newest() -> Newest:
    """Return where the log ends."""
    return Newest(_last(Event.objects.all()), _last(Event.objects.filter(public=True)))


def _last(events: QuerySet[Event]) -> int:
    return events.order_by("-id").values_list("id", flat=True).first() or 0


def after(number: int, audiences: frozenset[Audience], look: Look) -> Batch:
    """Return the next events, worded."""
    rows = Event.objects.filter(id__gt=number).order_by("id")
    if Audience.ADMIN not in audiences:
        rows = rows.filter(public=True)
    found = list(rows[:BATCH])
    return Batch(told(found, audiences, look), len(found) == BATCH)


def missed(number: int, audience: Audience, look: Look) -> tuple[Batch, Newest]:
    """Return the next events, and up to where nothing is missing with them."""
    # Before the rows: ids become visible in order, so up to these the rows hold all there is.
    known = newest()
    batch = after(number, frozenset({audience}), look)
    last = batch.events[-1].id if batch.events else number
    public = max((told.id for told in batch.events if told.public), default=0)
    if batch.more:
        return batch, Newest(last, public)
    return batch, Newest(max(known.event, last), max(known.public, public))


def told(events: Sequence[Event], audiences: frozenset[Audience], look: Look) -> list[Told]:
    """Word events. What the page shows is asked after they have been read, and so never older than they are."""
    public = [event for event in events if event.public] if Audience.PUBLIC in audiences else []
    sight = look(public) if public else None
    found = []
    for event in events:
        frames = {}
        if Audience.ADMIN in audiences:
            frames[Audience.ADMIN] = frame(event.id, event.kind, event.as_stream())
        if sight is not None and (data := project(event, sight)) is not None:
            frames[Audience.PUBLIC] = frame(event.id, event.kind, data)
        found.append(Told(event.id, event.kind, event.public, frames))
    return found
