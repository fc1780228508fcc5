"""What insiders are told of every event that has no words of its own."""

from __future__ import annotations

from events.kinds import Kind
from events.models import Event
from notifications.kinds import Audience
from notifications.telling.place import place_for
from notifications.telling.who import who
from notifications.transports.outcome import Words
from notifications.wording.operations import operational


def words_of(event: Event) -> Words:
    """Return the words; they are for insiders alone."""
    return operational(
        Kind(event.kind),
        (event.subject_type, event.subject_id, event.subject_name),
        event.data,
        who(event),
        event.at,
        place_for(Audience.INTERNAL),
        event.brief,
    )
