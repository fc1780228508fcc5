"""Short ways to say a rotation, a layer and an instant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from oncall.final import Layer
from oncall.restrictions import windows
from oncall.rotation import Rotation

DAY = timedelta(days=1)
OFFICE: dict[str, object] = {"days": [0, 1, 2, 3, 4], "from": "09:00", "to": "17:00"}


def utc(text: str) -> datetime:
    """Return ``2026-03-02T14:00`` as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def rotation(start: str, zone: str, unit: str, length: int = 1, people: str = "ab") -> Rotation:
    """Return a rotation of people with names of one letter."""
    return Rotation(datetime.fromisoformat(start), ZoneInfo(zone), unit, length, tuple(people))


def handoffs(of: Rotation, *numbers: int) -> list[datetime]:
    """Return some of its hand-offs."""
    return [of.handoff(number) for number in numbers]


def layer(turning: Rotation, *restrictions: Mapping[str, object], name: str = "First") -> Layer:
    """Return a layer."""
    return Layer(name, turning, windows(restrictions))
