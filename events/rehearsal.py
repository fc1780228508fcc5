"""What would happen: a verb is done for real, looked at, and undone, so that a preview cannot differ from the act."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Final, TypeVar

from django.db import OperationalError, connection

from events.command import heard, join
from events.models import Event

T = TypeVar("T")

# In milliseconds. Who only looks waits no longer for somebody who saves; a preview comes with the next change anyway.
PATIENCE: Final = 300
# PostgreSQL's lock_not_available.
_NOT_AVAILABLE: Final = "55P03"


class Busy(Exception):
    """Somebody else was saving all the time, so nothing was rehearsed."""


class _Over(Exception):
    """Ends a rehearsal: the transaction goes with it."""


def rehearse(act: Callable[[], object], look: Callable[[Sequence[Event]], T]) -> T:
    """Return what ``look`` makes of the events that ``act`` tells, while its rows stand; then undo all of it.

    What ``act`` raises comes out as it is. Locks are held as long as for the act itself, so ``look`` should leave to
    later what needs no rows of it; no wake-up is sent. Raises :class:`Busy` where somebody else holds what it needs.
    """
    events: list[Event] = []
    found: list[T] = []
    token = heard.set(events)
    try:
        with _impatience(), join():
            _be_impatient()
            act()
            found.append(look(events))
            raise _Over
    except _Over:
        return found[0]
    except OperationalError as error:
        if _is_held(error):
            raise Busy from error
        raise
    finally:
        heard.reset(token)


@contextmanager
def _impatience() -> Iterator[None]:
    """On SQLite it is the beginning of the transaction that waits, so the connection itself is told."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        [before] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {before}")


def _be_impatient() -> None:
    """On PostgreSQL each lock waits, and the transaction is told."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {PATIENCE}")


def _is_held(error: OperationalError) -> bool:
    return "is locked" in str(error) or getattr(error.__cause__, "sqlstate", "") == _NOT_AVAILABLE
