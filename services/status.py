"""The five statuses and how one follows from others. Pure: no database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum


class Status(StrEnum):
    """Status of a service or component, worst last."""

    OPERATIONAL = "operational"
    MAINTENANCE = "maintenance"
    DEGRADED = "degraded"
    PARTIAL_OUTAGE = "partial_outage"
    MAJOR_OUTAGE = "major_outage"

    @property
    def rank(self) -> int:
        """Return how bad it is, 0 to 4."""
        return _RANK[self]

    @property
    def label(self) -> str:
        """Return the words that people read."""
        return _LABEL[self]

    @property
    def light(self) -> Light:
        """Return the status as a traffic light."""
        return _LIGHT[self]

    @property
    def is_down(self) -> bool:
        """Say whether time in this status counts as downtime."""
        return self in (Status.PARTIAL_OUTAGE, Status.MAJOR_OUTAGE)


class Light(StrEnum):
    """A status as a traffic light; accepted as input wherever a status is."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"

    @property
    def number(self) -> int:
        """Return 0, 1 or 2, as the metrics show it."""
        return list(Light).index(self)

    @property
    def statuses(self) -> list[Status]:
        """Return the statuses that show this light."""
        return [status for status in Status if status.light is self]


LIGHTS = [(light.value, light.value.capitalize()) for light in Light]
_RANK = {status: rank for rank, status in enumerate(Status)}
_LABEL = {
    Status.OPERATIONAL: "Operational",
    Status.MAINTENANCE: "Maintenance",
    Status.DEGRADED: "Degraded",
    Status.PARTIAL_OUTAGE: "Partial outage",
    Status.MAJOR_OUTAGE: "Major outage",
}
_LIGHT = {
    Status.OPERATIONAL: Light.GREEN,
    Status.MAINTENANCE: Light.GREEN,
    Status.DEGRADED: Light.YELLOW,
    Status.PARTIAL_OUTAGE: Light.RED,
    Status.MAJOR_OUTAGE: Light.RED,
}
_FROM_LIGHT = {
    Light.GREEN: Status.OPERATIONAL,
    Light.YELLOW: Status.DEGRADED,
    Light.RED: Status.MAJOR_OUTAGE,
}

CHOICES = [(status.value, status.label) for status in Status]


def parse(text: str) -> Status:
    """Read a status or a light. Raises ``ValueError`` with a sentence that names what is allowed."""
    try:
        return Status(text)
    except ValueError:
        pass
    try:
        return _FROM_LIGHT[Light(text)]
    except ValueError:
        allowed = ", ".join([*Status, *Light])
        raise ValueError(f"“{text}” is not a status. Use one of: {allowed}.") from None


def worst(statuses: Iterable[Status]) -> Status:
    """Return the worst; operational when there is none."""
    return max(statuses, key=lambda status: status.rank, default=Status.OPERATIONAL)


def from_components(statuses: Sequence[Status]) -> Status:
    """Return what the components make of their service.

    All of them in a major outage is a major outage; one that is down among others is a partial one;
    otherwise the worst of them.
    """
    if statuses and all(status is Status.MAJOR_OUTAGE for status in statuses):
        return Status.MAJOR_OUTAGE
    return min(worst(statuses), Status.PARTIAL_OUTAGE, key=lambda status: status.rank)


def derive(components: Sequence[Status], *others: Status | None) -> Status:
    """Return the status of a service: the worst of all that speaks for it.

    ``others`` are the status set by hand, the worst impact of the open public incidents, a maintenance under way;
    ``None`` has nothing to say.
    """
    return worst([from_components(components), *(other for other in others if other is not None)])
