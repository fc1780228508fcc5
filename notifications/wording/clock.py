"""Times as messages say them. Pure: who reads a mail has no script that knows their clock, so the zone is named."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def moment(at: datetime, zone: str = "UTC") -> str:
    """Return ``24 November 2026, 02:00 UTC``."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{day(there)}, {there:%H:%M} {zone}"


def stretch(start: datetime, end: datetime, zone: str = "UTC") -> str:
    """Return ``24 November 2026, 02:00 to 04:00 Europe/Berlin (01:00 to 03:00 UTC)``."""
    here = _stretch(start, end, zone)
    return here if zone == "UTC" else f"{here} ({_in_utc(start, end, zone)})"


def day(at: datetime) -> str:
    """Return the day that ``at`` shows: ``24 November 2026``."""
    return f"{at.day} {at:%B %Y}"


def _stretch(start: datetime, end: datetime, zone: str) -> str:
    begins, ends = start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))
    until = f"{ends:%H:%M}" if begins.date() == ends.date() else f"{day(ends)}, {ends:%H:%M}"
    return f"{day(begins)}, {begins:%H:%M} to {until} {zone}"


def _in_utc(start: datetime, end: datetime, zone: str) -> str:
    """Return the hours alone where both clocks show the same days."""
    days = [(at.astimezone(ZoneInfo(zone)).date(), at.astimezone(UTC).date()) for at in (start, end)]
    if all(there == utc for there, utc in days) and days[0] == days[1]:
        return f"{start.astimezone(UTC):%H:%M} to {end.astimezone(UTC):%H:%M} UTC"
    return _stretch(start, end, "UTC")
