"""Whom a message names as the one who posted it."""

from __future__ import annotations

from typing import Final

from events.models import Event

_NAMED: Final = frozenset({"user", "key"})


def who(event: Event) -> str:
    """Return the name of a person or of a script; what the clock or a heartbeat did needs no name."""
    return named(event.actor_kind, event.actor_name)


def named(kind: str, name: str) -> str:
    """Return the name that messages give to such an author: what a team calls its monitoring is its own affair."""
    return name if kind in _NAMED else ""
