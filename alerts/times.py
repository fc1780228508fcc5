"""Times as machines write them. Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Final

from events.days import LATEST

_LAST: Final = datetime(LATEST.year, LATEST.month, LATEST.day, tzinfo=UTC)


def read(said: Any, what: str) -> datetime | None:
    """Return an ISO 8601 time in UTC; None where there is none: null, empty, or year 1, which Go writes for "never".

    What is further away than any zone can tell, which others write for "never", is the last day that all can. Fractions
    of any length, an offset without a colon, and no offset (UTC) are taken. Raises ``ValueError``.
    """
    if said is None or said == "":
        return None
    if not isinstance(said, str):
        raise ValueError(f"{what} is not a time: it must be a text such as 2026-03-02T14:00:00Z.")
    try:
        found = datetime.fromisoformat(said)
        # Year 1 cannot be turned to another zone.
        if found.year == 1:
            return None
        return min(found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC), _LAST)
    except (ValueError, OverflowError):
        raise ValueError(f"{what} is not a time: it must look like 2026-03-02T14:00:00Z, not {said[:40]!r}.") from None
