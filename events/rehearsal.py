"""What would happen: a verb is done for real, looked at, and undone, so that a preview cannot differ from the act."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from events.command import heard, join
from events.models import Event

T = TypeVar("T")


class _Over(Exception):
    """Ends a rehearsal: the transaction goes with it."""


def rehearse(act: Callable[[], object], look: Callable[[Sequence[Event]], T]) -> T:
    """Return what ``look`` makes of the events that ``act`` tells, while its rows stand; then undo all of it.

    What ``act`` raises comes out as it is. Locks are held as long as for the act itself, and no wake-up is sent.
    """
    events: list[Event] = []
    found: list[T] = []
    token = heard.set(events)
    try:
        with join():
            act()
            found.append(look(events))
            raise _Over
    except _Over:
        return found[0]
    finally:
        heard.reset(token)
