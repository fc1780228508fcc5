"""Who is told of an event. Pure: a table, and what an event's own data says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from events.kinds import TOLD_WITH, Kind
from incidents.lifecycle import IncidentStatus, Severity
from notifications.kinds import Mode, Scope

# Those who want everything, and those who want the beginning and the end alone. A digest is made of its own.
EVERYTHING: Final = frozenset({Mode.ALL})
ENDS: Final = frozenset({Mode.ALL, Mode.NEW_AND_RESOLVED})
NOBODY: Final[frozenset[Mode]] = frozenset()

# What is told outside, and in which modes; one kind may be told in more of them by what it holds.
OUTSIDE: Final[Mapping[str, frozenset[Mode]]] = {
    Kind.INCIDENT_CREATED: ENDS,
    Kind.INCIDENT_STATUS_CHANGED: EVERYTHING,
    Kind.INCIDENT_UPDATE_POSTED: EVERYTHING,
    Kind.INCIDENT_REOPENED: ENDS,
    Kind.INCIDENT_UPDATED: NOBODY,
    Kind.POSTMORTEM_PUBLISHED: EVERYTHING,
    Kind.MAINTENANCE_SCHEDULED: ENDS,
    Kind.MAINTENANCE_CHANGED: NOBODY,
    Kind.MAINTENANCE_REMINDER: EVERYTHING,
    Kind.MAINTENANCE_STARTED: EVERYTHING,
    Kind.MAINTENANCE_UPDATE_POSTED: EVERYTHING,
    Kind.MAINTENANCE_COMPLETED: ENDS,
    Kind.MAINTENANCE_CANCELLED: ENDS,
}
# What channels are told besides, where they are for insiders.
INSIDE: Final = frozenset(
    {
        *OUTSIDE,
        Kind.INCIDENT_ACKNOWLEDGED,
        Kind.INCIDENT_ASSIGNED,
        Kind.MESSAGE_NOT_MADE,
        Kind.SLA_WARNING,
        Kind.SLA_BREACHED,
        Kind.SLA_RECOVERED,
        Kind.ONCALL_UNANSWERED,
    }
)
# Only channels that name it are told: an incident says the same of its services, and says it better.
CHOSEN: Final = frozenset({Kind.SERVICE_STATUS_CHANGED})
# Fields of a window that readers plan by.
TIMES: Final = frozenset({"scheduled_start", "scheduled_end"})


class Told(Protocol):
    """What is read of an event."""

    kind: str
    public: bool
    subject_type: str
    subject_id: str
    service_ids: list[str]
    data: dict[str, Any]
    before: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom one event is told.

    ``modes`` of subscribers, empty for none; ``incident`` is the id of the one it is about; ``followers_only`` says
    that nobody else is told. ``severity`` is empty where there is none. ``outside``: public channels may know it.
    ``told_with`` is the kind that the same act is told by: only who wants this one and not that one is told it.
    """

    kind: str
    modes: frozenset[Mode]
    services: Sequence[str]
    incident: str = ""
    followers_only: bool = False
    severity: str = ""
    outside: bool = False
    told_with: str = ""


def reach_of(event: Told) -> Reach | None:
    """Return whom the event is told; ``None`` if nobody ever."""
    if event.kind not in INSIDE | CHOSEN or event.data.get("planned_ahead"):
        return None
    outside = event.public and not event.data.get("quiet") and is_news(event)
    incident = event.subject_id if event.subject_type == "incident" else ""
    return Reach(
        kind=event.kind,
        modes=modes_of(event) if outside else NOBODY,
        services=event.service_ids,
        incident=incident,
        followers_only=event.kind == Kind.POSTMORTEM_PUBLISHED,
        severity=str(event.data.get("severity", "")),
        outside=outside,
        told_with=str(event.data.get(TOLD_WITH, "")),
    )


def modes_of(event: Told) -> frozenset[Mode]:
    """Return which modes of subscribers hear of an event that is public."""
    if appeared(event):
        return ENDS
    if event.kind == Kind.INCIDENT_STATUS_CHANGED and event.data.get("new") == IncidentStatus.RESOLVED:
        return ENDS
    if event.kind == Kind.MAINTENANCE_CHANGED and TIMES & event.before.keys():
        return ENDS
    return OUTSIDE.get(event.kind, NOBODY)


def is_news(event: Told) -> bool:
    """Say whether outsiders are told at all: of an edit only what moves their plans, or is their first word."""
    if event.kind in {Kind.INCIDENT_UPDATED, Kind.MAINTENANCE_CHANGED}:
        return modes_of(event) != NOBODY
    return event.kind in OUTSIDE or event.kind in CHOSEN


def appeared(event: Told) -> bool:
    """Say whether an edit has just made public what was internal: for outsiders it begins now."""
    edited = event.kind in {Kind.INCIDENT_UPDATED, Kind.MAINTENANCE_CHANGED}
    return edited and event.public and event.before.get("public") is False


def concerns(reach: Reach, scope: str, services: Collection[str], incident: str) -> bool:
    """Say whether it is of what a subscriber asked for: ``services`` are the public ones that the choice names."""
    if scope == Scope.INCIDENT:
        return bool(reach.incident) and incident == reach.incident
    return not reach.followers_only and (scope == Scope.ALL or not set(services).isdisjoint(reach.services))


def lets_through(reach: Reach, kinds: Sequence[str], services: frozenset[str], severity: str) -> bool:
    """Say whether a channel's filters let it through: kinds and services that are wanted, the least severity.

    Empty filters want everything, but what must be chosen. What has no severity passes every one.
    """
    if reach.kind not in (kinds or INSIDE) or reach.told_with in (kinds or INSIDE):
        return False
    if services and not services.intersection(reach.services):
        return False
    if not severity or not reach.severity:
        return True
    return Severity(reach.severity).number <= Severity(severity).number
