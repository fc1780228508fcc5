"""What Atlassian Statuspage's API v2 calls our things: statuses, impacts, how all stands, ids, times. Pure.

The source is what its clients expect; what it sends to webhooks says the same.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Final, NamedTuple
from uuid import UUID

from services.status import Status


class Standing(NamedTuple):
    """``none``, ``minor``, ``major``, ``critical`` or ``maintenance``, and its description."""

    indicator: str
    description: str


_STATUS: Final = {Status.MAINTENANCE: "under_maintenance", Status.DEGRADED: "degraded_performance"}
_IMPACT: Final = {Status.DEGRADED: "minor", Status.PARTIAL_OUTAGE: "major", Status.MAJOR_OUTAGE: "critical"}
_DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
# Worst first: what it is called when all services are so, and when some are.
_ALL_AND_SOME: Final = (
    (
        Status.MAJOR_OUTAGE,
        Standing("critical", "Major System Outage"),
        Standing("major", "Partial System Outage"),
    ),
    (
        Status.PARTIAL_OUTAGE,
        Standing("major", "Partial System Outage"),
        Standing("minor", "Minor Service Outage"),
    ),
    (
        Status.DEGRADED,
        Standing("minor", "Degraded System Service"),
        Standing("minor", "Partially Degraded Service"),
    ),
    (
        Status.MAINTENANCE,
        Standing("maintenance", "Service Under Maintenance"),
        Standing("maintenance", "Service Under Maintenance"),
    ),
)
_WELL: Final = Standing("none", "All Systems Operational")


def component_status(status: Status) -> str:
    """Return the word for the status of a component."""
    return _STATUS.get(status, status.value)


def incident_impact(worst: Status) -> str:
    """Return the word for the worst that an incident does."""
    return _IMPACT.get(worst, "none")


def standing(services: Collection[Status]) -> Standing:
    """Return how all of these stand together; groups are not counted, for they only repeat it."""
    for status, everywhere, somewhere in _ALL_AND_SOME:
        if status in services:
            return everywhere if all(one is status for one in services) else somewhere
    return _WELL


@lru_cache(maxsize=30_000)
def short_id(text: str) -> str:
    """Return the 12 characters that stand for a row: the first 60 bits of its UUID, in base 36.

    A text that is no UUID has an id that is as stable.
    """
    number, found = int(_hex(text)[:15], 16), ""
    while number:
        number, digit = divmod(number, 36)
        found = _DIGITS[digit] + found
    return found.rjust(12, "0")


def moment(at: datetime) -> str:
    """Return ISO 8601, UTC, with exactly three decimals."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _hex(text: str) -> str:
    try:
        return UUID(text).hex
    except ValueError:
        return sha256(text.encode()).hexdigest()
