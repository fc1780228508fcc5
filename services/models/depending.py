"""What a component depends on: never, however far round, on itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import connection

from events.locking import lock

if TYPE_CHECKING:
    from services.models.component import Component
    from services.models.service import Service

# Any constant will do; it names new dependencies among this database's advisory locks.
_TURN = 189311750


def hold(service: Service, parent: Component | None) -> None:
    """Hold what a new dependency rests on, before any other row of the command. Raises ``Gone``.

    One at a time: of two that would make a circle together, the second must see the first. SQLite has one writer
    anyway. The parent is held so that it cannot go before the commit.
    """
    if parent is None:
        return
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
    for held in sorted({service, parent.service}, key=lambda row: row.pk):
        lock(held)
    lock(parent)


def refuse_circle(component: Component) -> None:
    """Raise ``ValidationError`` where the component would depend on itself."""
    chain = [component.name]
    for parent in parents(component):
        if parent.pk == component.pk:
            circle = " depends on ".join([*chain, component.name])
            raise ValidationError({"depends_on": f"That would be a circle: {circle}."}, "circle")
        chain.append(parent.name)


def parents(component: Component) -> Iterator[Component]:
    """Yield what the component depends on, the nearest first; it stops where it has been."""
    seen, parent = set(), component.depends_on
    while parent is not None and parent.pk not in seen:
        yield parent
        seen.add(parent.pk)
        parent = parent.depends_on


def excused(component: Component) -> Component | None:
    """Return the nearest thing that it depends on and that is down: what fails then is not its own fault."""
    return next((parent for parent in parents(component) if parent.current.is_down), None)
