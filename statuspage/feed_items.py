"""What a feed holds: everything said in public of incidents and of maintenance. Pure.

Readers know an item by its id and look at it once: what is said later must be an item of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext

from services.maintenance.lifecycle import Stage
from statuspage import addresses, states
from statuspage.incident_view import IncidentView, UpdateView
from statuspage.window_view import WindowUpdateView, WindowView


@dataclass(frozen=True, slots=True)
class Item:
    """Something said of an incident or window at an instant; ``update`` is ``None`` where it moved without a word.

    ``said`` is the stage in a word, ``template`` writes the text.
    """

    id: UUID
    at: datetime
    said: str
    of: IncidentView | WindowView
    update: UpdateView | WindowUpdateView | None
    template: str
    address: str
    services: tuple[str, ...]


def of_incidents(incidents: Iterable[IncidentView]) -> Iterator[Item]:
    """Yield an item for each update, and for an incident that was declared without a word."""
    for incident in incidents:
        rest = incident, "_feed_incident", addresses.incident_page(incident.id)
        names = tuple(row.name for row in incident.affected)
        for update in incident.updates:
            yield Item(update.id, update.at, states.stage(update.stage), rest[0], update, *rest[1:], names)
        # The opening text is the first update; without one nothing has been said yet.
        if not incident.updates or incident.updates[-1].at > incident.declared_at:
            yield Item(incident.id, incident.declared_at, gettext("Declared"), rest[0], None, *rest[1:], names)


def of_windows(windows: Iterable[WindowView]) -> Iterator[Item]:
    """Yield an item for each update, which every move of a window leaves, and one for the plan."""
    for window in windows:
        rest = window, "_feed_window", addresses.window_page(window.id)
        names = tuple(service.name for service in window.services)
        for update in window.updates:
            yield Item(update.id, update.at, update.word, rest[0], update, *rest[1:], names)
        yield Item(window.id, window.created_at, states.window(Stage.SCHEDULED), rest[0], None, *rest[1:], names)
