"""What the log says of people and only admins read: their mail addresses, and where they signed in from."""

from __future__ import annotations

from collections.abc import Iterable

from events.models import Event

PERSONAL = frozenset({"email", "address"})
# The log knows neither people nor keys; both carry their role as this word.
READS_IT = "admin"


def hide_people(events: Iterable[Event], caller: object) -> None:
    """Leave that out of ``events``, as they are in memory, unless ``caller`` (a person or a key) is an admin."""
    if getattr(caller, "role", None) == READS_IT:
        return
    for event in events:
        if event.subject_type == "user":
            event.data, event.before, event.after = (
                {name: value for name, value in fields.items() if name not in PERSONAL}
                for fields in (event.data, event.before, event.after)
            )
