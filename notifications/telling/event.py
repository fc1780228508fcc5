"""Which words an event has."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from events.models import Event
from notifications.kinds import Audience
from notifications.telling import incidents
from notifications.telling.place import place_for
from notifications.transports.outcome import Words
from notifications.wording.facts import Place

Teller: TypeAlias = Callable[[Event, Place], Words | None]

_BY_SUBJECT: dict[str, Teller] = {"incident": incidents.words_of}


def words_of(event: Event, audience: Audience | str) -> Words | None:
    """Return what the audience is told of the event, as things stood when it happened; ``None`` if nothing.

    For outsiders only what the public page shows goes in: no private service, no note, nothing of internal incidents.
    Reads three to five rows a call.
    """
    teller = _BY_SUBJECT.get(event.subject_type)
    return teller(event, place_for(audience)) if teller else None
