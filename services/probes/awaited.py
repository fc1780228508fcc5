"""Checks that somebody waits for. Each holds a thread of the web process for as long as its target takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from events.errors import Refused

# Far fewer than ``config.front.THREADS``: whoever asks for checks of dead targets must not hold up everybody else.
MOST = 6
_room = BoundedSemaphore(MOST)


class TooManyChecks(Refused):
    """So many are under way in this process that no further one is begun."""

    code = "too_many_checks"


@contextmanager
def awaited() -> Iterator[None]:
    """Hold a place among them. Raises :class:`TooManyChecks`."""
    if not _room.acquire(blocking=False):
        raise TooManyChecks(f"{MOST} checks that were asked for are under way. Wait for one to end, and ask again.")
    try:
        yield
    finally:
        _room.release()
