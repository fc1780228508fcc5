"""The lifecycle of an incident as a table. Pure. ``docs/states.md`` is printed from here."""

from __future__ import annotations

from enum import StrEnum

from events.errors import Refused
from services.status import Status


class IncidentStatus(StrEnum):
    """What the public is told about an incident, in order."""

    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MONITORING = "monitoring"
    RESOLVED = "resolved"


class Response(StrEnum):
    """How far the responders are; derived, never stored."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    RESOLVED = "resolved"


class Severity(StrEnum):
    """How bad it is, worst first; shown as SEV1 to SEV4."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def number(self) -> int:
        """Return 1 (worst) to 4."""
        return list(Severity).index(self) + 1

    @property
    def short(self) -> str:
        """Return ``SEV1`` to ``SEV4``."""
        return f"SEV{self.number}"

    @property
    def impact(self) -> Status:
        """Return what an affected service suffers unless the incident says otherwise."""
        return IMPACT[self]


IMPACT = {
    Severity.CRITICAL: Status.MAJOR_OUTAGE,
    Severity.HIGH: Status.PARTIAL_OUTAGE,
    Severity.MEDIUM: Status.DEGRADED,
    Severity.LOW: Status.DEGRADED,
}

# Forward only; steps may be skipped. The one way back is the verb "reopen", which a setting can forbid.
TRANSITIONS: dict[IncidentStatus, frozenset[IncidentStatus]] = {
    IncidentStatus.INVESTIGATING: frozenset(
        {IncidentStatus.IDENTIFIED, IncidentStatus.MONITORING, IncidentStatus.RESOLVED}
    ),
    IncidentStatus.IDENTIFIED: frozenset({IncidentStatus.MONITORING, IncidentStatus.RESOLVED}),
    IncidentStatus.MONITORING: frozenset({IncidentStatus.RESOLVED}),
    IncidentStatus.RESOLVED: frozenset(),
}
REOPENED = IncidentStatus.INVESTIGATING

# What readers are told of a move when nobody has written anything. Only reopening leads to "investigating".
SENTENCES = {
    IncidentStatus.INVESTIGATING: "This incident has been reopened: we are investigating again.",
    IncidentStatus.IDENTIFIED: "The cause has been identified and a fix is being prepared.",
    IncidentStatus.MONITORING: "A fix is in place and we are watching the results.",
    IncidentStatus.RESOLVED: "This incident is resolved.",
}


class TransitionDenied(Refused):
    """The table does not allow the move; nothing changed."""

    code = "transition_denied"

    def __init__(self, message: str, current: IncidentStatus) -> None:
        super().__init__(message)
        self.current = current


def check(current: IncidentStatus, wanted: IncidentStatus) -> None:
    """Raise :class:`TransitionDenied` unless ``current`` may turn to ``wanted``."""
    if wanted in TRANSITIONS[current]:
        return
    if current is IncidentStatus.RESOLVED:
        raise TransitionDenied("This incident is resolved. Reopen it to go on.", current)
    if wanted is current:
        raise TransitionDenied(f"This incident is {current} already.", current)
    raise TransitionDenied(f"An incident that is {current} cannot go back to {wanted}.", current)


def response(status: IncidentStatus, *, acknowledged: bool) -> Response:
    """Return how far the responders are."""
    if status is IncidentStatus.RESOLVED:
        return Response.RESOLVED
    if status is not IncidentStatus.INVESTIGATING:
        return Response.IN_PROGRESS
    return Response.ACKNOWLEDGED if acknowledged else Response.OPEN
