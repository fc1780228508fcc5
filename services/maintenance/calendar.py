"""Windows as an iCalendar file (RFC 5545). Pure: the same windows give the same bytes, whatever the clock says.

Times are UTC: every window is an event of its own, recurring ones too, so calendars need no time zone to place it and
show it on the clock of whoever reads. ``UID`` stays while ``SEQUENCE`` grows, so a window that moves moves.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from icalendar import Event

REFRESH = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a calendar shows of a window. ``services`` are names; ``url`` is its page. Times are aware."""

    id: UUID
    title: str
    description: str
    services: Sequence[str]
    url: str
    start: datetime
    end: datetime
    cancelled: bool
    sequence: int
    created_at: datetime
    updated_at: datetime


def build(name: str, entries: Iterable[Entry], *, host: str, url: str = "") -> bytes:
    """Return the calendar called ``name``; ``host`` makes the UIDs ours, ``url`` is where a subscriber fetches it."""
    # A quarter of a second of each start, and few processes ever write a calendar.
    from icalendar import Calendar, vDuration

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//OpStatus//{host}//EN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    if url:
        calendar.add("source", url, {"value": "URI"})
        calendar.add("refresh-interval", REFRESH, {"value": "DURATION"})
        calendar.add("x-published-ttl", vDuration(REFRESH))
    for entry in sorted(entries, key=lambda one: (one.start, one.id)):
        calendar.add_component(_event(entry, host))
    return bytes(calendar.to_ical())


def _event(entry: Entry, host: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{entry.id}@{host}")
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _second(entry.updated_at))
    event.add("created", _second(entry.created_at))
    event.add("last-modified", _second(entry.updated_at))
    event.add("dtstart", _second(entry.start))
    event.add("dtend", max(_second(entry.end), _second(entry.start) + timedelta(seconds=1)))
    event.add("summary", entry.title)
    event.add("description", _words(entry))
    event.add("url", entry.url)
    event.add("status", "CANCELLED" if entry.cancelled else "CONFIRMED")
    event.add("categories", ["Maintenance"])
    # A notice, not an appointment: nobody is busy because of it.
    event.add("transp", "TRANSPARENT")
    return event


def _words(entry: Entry) -> str:
    services = f"Services: {', '.join(entry.services)}" if entry.services else ""
    return "\n\n".join(part for part in (entry.description.strip(), services, entry.url) if part)


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
