"""What the log says may have changed for the public since a given event."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from events.kinds import Kind
from events.models import Event

_EVERYTHING = {Kind.GROUP_CHANGED, Kind.GROUP_DELETED, Kind.BRAND_CHANGED, Kind.DEMO_SEEDED, Kind.BACKUP_IMPORTED}
_HEARTBEATS = {kind for kind in Kind if kind.startswith("HEARTBEAT")} | {Kind.COMPONENT_DELETED}
_ORDER = {Kind.GROUP_CREATED, Kind.SERVICES_REORDERED}


@dataclass(slots=True)
class Touched:
    """Ids of services, incidents and maintenance windows.

    ``order`` when groups moved, ``heartbeats`` when some were set up or removed, ``checks`` when the clock asks how
    they stand, ``everything`` when it cannot be said.
    """

    services: set[UUID] = field(default_factory=set)
    incidents: set[UUID] = field(default_factory=set)
    windows: set[UUID] = field(default_factory=set)
    order: bool = False
    heartbeats: bool = False
    checks: bool = False
    everything: bool = False


def touched(after: int, until: int) -> Touched:
    """Read the events after one id and until another, both private and public: a thing may just have been hidden."""
    found = Touched()
    rows = Event.objects.filter(id__gt=after, id__lte=until)
    for kind, service_ids, subject_type, subject_id in rows.values_list(
        "kind", "service_ids", "subject_type", "subject_id"
    ).iterator():
        found.services.update(map(UUID, service_ids))
        if subject_type == "incident":
            found.incidents.add(UUID(subject_id))
        if subject_type == "maintenance":
            found.windows.add(UUID(subject_id))
        found.order = found.order or kind in _ORDER
        found.heartbeats = found.heartbeats or kind in _HEARTBEATS
        found.everything = found.everything or kind in _EVERYTHING
    return found
