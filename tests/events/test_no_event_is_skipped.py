"""The ordering trap of a log in PostgreSQL: ids are given at insert and seen at commit.

A reader that has moved past id 8 never sees the 7 that is committed after it. First the trap is shown with the trigger
that keeps writers in line switched off, then that nobody falls into it: no command, and no plain insert either.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from threading import Barrier
from threading import Event as Signal

import pytest
from django.db import connection, connections, transaction

from events.actors import SYSTEM
from events.command import command, join
from events.kinds import Kind
from events.models import Event
from events.relay import drain, relay

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.postgres,
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="the trap is PostgreSQL's: SQLite has one writer at a time. Set DATABASE_URL to one.",
    ),
]
READER = "tests.events.test_no_event_is_skipped.collect"
PATIENCE = 30
# Here; on the same server other runs wait for locks of their own.
WAITING = """
SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = database
WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()
"""
Starter = Callable[[Callable[[], None]], "Future[None]"]
Append = Callable[[str], AbstractContextManager[None]]
read: list[str] = []


def collect(events: Sequence[Event]) -> None:
    """Consume: remember the names in the order of arrival."""
    read.extend(event.subject_name for event in events)


@pytest.fixture(autouse=True)
def nothing_read() -> None:
    read.clear()


@pytest.fixture
def out_of_line() -> Iterator[None]:
    """Switch off the trigger that keeps writers in line."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE events_event DISABLE TRIGGER events_event_in_line")
        yield
        cursor.execute("ALTER TABLE events_event ENABLE TRIGGER events_event_in_line")


@pytest.fixture
def threads() -> Iterator[Starter]:
    """Return a starter of threads; each closes its connection."""

    def closing(work: Callable[[], None]) -> None:
        try:
            work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        yield lambda work: pool.submit(closing, work)


@contextmanager
def plainly(name: str) -> Iterator[None]:
    """Append as a plain program would: insert, and commit when the block ends."""
    with transaction.atomic(durable=True):
        Event.objects.create(kind=Kind.DEMO_SEEDED, subject_type="demo", subject_name=name)
        yield


@contextmanager
def by_command(name: str) -> Iterator[None]:
    """Append by the door; commit when the block ends."""
    with join():
        with command(SYSTEM) as tell:
            tell(Kind.DEMO_SEEDED, subject=("demo", "", name))
        yield


def held_open(append: Append, inserted: Signal, go: Signal) -> Callable[[], None]:
    """Return work that inserts "slow", says so, and commits only when told."""

    def work() -> None:
        with append("slow"):
            inserted.set()
            assert go.wait(PATIENCE)

    return work


def test_out_of_line_an_event_that_is_committed_late_is_skipped_for_ever(out_of_line: None, threads: Starter) -> None:
    inserted, go = Signal(), Signal()
    slow = threads(held_open(plainly, inserted, go))
    assert inserted.wait(PATIENCE)
    with plainly("quick"):
        pass
    relay(READER)
    go.set()
    slow.result(PATIENCE)
    drain(READER)
    assert Event.objects.count() == 2
    assert read == ["quick"]


@pytest.mark.parametrize("append", [by_command, plainly])
def test_in_line_the_second_waits_for_the_first_and_none_is_skipped(append: Append, threads: Starter) -> None:
    inserted, go = Signal(), Signal()
    slow = threads(held_open(append, inserted, go))
    assert inserted.wait(PATIENCE)

    def quick() -> None:
        with append("quick"):
            pass

    second = threads(quick)
    wait_until_somebody_waits()
    relay(READER)
    assert read == []
    go.set()
    slow.result(PATIENCE)
    second.result(PATIENCE)
    drain(READER)
    assert read == ["slow", "quick"]


def test_a_reader_beside_eight_writers_misses_nothing_and_keeps_the_order(threads: Starter) -> None:
    writers, each = 8, 40
    start, done = Barrier(writers), Signal()

    def write(writer: int) -> None:
        start.wait(PATIENCE)
        for number in range(each):
            with command(SYSTEM) as tell:
                tell(Kind.DEMO_SEEDED, subject=("demo", "", f"{writer}-{number}"))

    def follow() -> None:
        while not done.is_set():
            relay(READER)

    reader = threads(follow)
    try:
        for future in [threads(lambda writer=writer: write(writer)) for writer in range(writers)]:  # type: ignore[misc]
            future.result(PATIENCE)
    finally:
        # Else the reader, and with it the whole run, goes on for ever.
        done.set()
    reader.result(PATIENCE)
    drain(READER)
    assert read == list(Event.objects.order_by("id").values_list("subject_name", flat=True))
    assert len(read) == writers * each


def wait_until_somebody_waits() -> None:
    """Return once a connection is held up by the log's lock; raises where none ever is."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
    raise AssertionError("Nobody waits for the log.")
