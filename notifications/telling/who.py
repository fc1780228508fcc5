"""Whom a message names as the one who posted it."""

from __future__ import annotations

from typing import Final

from events.models import Event

_NAMED: Final = frozenset({"user", "key"})


def who(event: Event) -> str:
    """Return the name of a person or of a script; what the clock or a heartbeat did needs no name."""
    return event.actor_name if event.actor_kind in _NAMED else ""
