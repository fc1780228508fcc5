"""Shifts as an iCalendar file (RFC 5545). Pure: the same shifts give the same bytes, whatever the clock says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from oncall.final import OVERRIDE
from oncall.shown import NamedShift

if TYPE_CHECKING:
    from icalendar import Event

REFRESH = timedelta(minutes=15)


def build(name: str, shifts: Iterable[NamedShift], *, schedule: str, host: str, url: str, written: datetime) -> bytes:
    """Return the calendar of a schedule; ``host`` and ``schedule``, its id, make the UIDs ours, ``written`` stamps it.

    A shift has the same UID as long as its beginning stays.
    """
    # A quarter of a second of each start, and few processes ever write a calendar.
    from icalendar import Calendar, vDuration

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//OpStatus//{host}//EN")
    calendar.add("method", "PUBLISH")
    calendar.add("name", f"{name} on call")
    calendar.add("x-wr-calname", f"{name} on call")
    calendar.add("source", url, {"value": "URI"})
    calendar.add("refresh-interval", REFRESH, {"value": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for shift in shifts:
        calendar.add_component(_event(shift, name, schedule, host, written))
    return bytes(calendar.to_ical())


def _event(shift: NamedShift, name: str, schedule: str, host: str, written: datetime) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{uuid5(NAMESPACE_URL, f'{schedule} {shift.start.isoformat()} {shift.user}')}@{host}")
    event.add("dtstamp", written.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", shift.start.astimezone(UTC))
    event.add("dtend", shift.end.astimezone(UTC))
    event.add("summary", f"{shift.user_name} on call ({name})")
    event.add("description", "By an override." if shift.layer == OVERRIDE else f"By the layer “{shift.layer}”.")
    event.add("categories", ["On call"])
    # To be on call is not to be busy.
    event.add("transp", "TRANSPARENT")
    return event
