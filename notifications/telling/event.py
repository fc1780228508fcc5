"""Which words an event has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from events.models import Event
from notifications.kinds import Audience
from notifications.telling import incidents, operations, statuses, windows
from notifications.telling.place import place_for
from notifications.transports.outcome import Words
from notifications.wording.facts import Place

Teller: TypeAlias = Callable[[Event, Place], Words | None]

_TELLERS: dict[str, Teller] = {
    "incident": incidents.words_of,
    "maintenance": windows.words_of,
    "service": statuses.of_service,
    "component": statuses.of_component,
}


def words_of(event: Event, audience: Audience | str) -> Words | None:
    """Return what the audience is told of the event, as things stood when it happened; ``None`` if nothing.

    For outsiders only what the public page shows goes in: no private service, no note, nothing of internal incidents.
    Reads up to five times.
    """
    place = place_for(audience)
    teller = _TELLERS.get(event.subject_type)
    words = teller(event, place) if teller else None
    return words or (operations.words_of(event) if place.internal else None)
