"""Reading the log for messages: what cannot be worded is passed over and told, and holds up nothing behind it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import structlog
from django.db import InterfaceError, OperationalError

from events.actors import SYSTEM
from events.command import command
from events.kinds import Kind
from events.models import Event
from notifications.kinds import Lane
from notifications.waking import ring_after_commit

log = structlog.get_logger(__name__)


def read_on(events: Sequence[Event], announce: Callable[[Event], int], *, lane: Lane, enough: int) -> int:
    """Have the events announced, which gives so many messages each, until it is ``enough``. Return how many were read.

    ``announce`` makes all messages of an event or none; whoever sends their ``lane`` is woken after the commit. Raises
    where the database is in trouble: then all come again.
    """
    made, read, broken = 0, 0, []
    while read < len(events) and made < enough:
        try:
            made += announce(events[read])
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:
            log.exception("event_not_announced", number=events[read].pk)
            broken.append((events[read], error))
        read += 1
    if made:
        ring_after_commit({lane})
    _tell_of(broken)
    return read


def _tell_of(broken: Sequence[tuple[Event, Exception]]) -> None:
    """Tell the log whose messages could not be made; of what it says about itself it says nothing more."""
    told = [(event, error) for event, error in broken if event.kind != Kind.MESSAGE_NOT_MADE]
    if not told:
        return
    with command(SYSTEM) as tell:
        for event, error in told:
            because = f"{type(error).__name__}: {error}"[:300]
            about = {"event": event.pk, "kind": event.kind, "because": because}
            name = f"{Kind(event.kind).label} {event.subject_name}".rstrip()
            tell(Kind.MESSAGE_NOT_MADE, subject=("event", event.pk, name), services=event.service_ids, data=about)
