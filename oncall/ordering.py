"""The order in which somebody's ways are tried."""

from __future__ import annotations

from events.actors import Actor
from oncall.models import ContactWay


def move(way: ContactWay, step: int, *, by: Actor) -> None:
    """Move a way one place up (-1) or down (1) among those of its person; at an end it stays."""
    rows = list(way.user.contact_ways.all())
    place = [row.pk for row in rows].index(way.pk)
    other = place + step
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows):
        row.edit(by=by, changes={"position": position})
