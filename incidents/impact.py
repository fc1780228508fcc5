"""The one place where incidents push status down into services."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from events.command import Tell
from incidents.lifecycle import IncidentStatus
from incidents.models.affected import Affected, suffers
from services import impact
from services.status import Status, worst


def settle(service_ids: Collection[UUID], tell: Tell, message: str) -> None:
    """Move the services to what their open public incidents make of them, inside a command."""
    impact.push(service_ids, worst_open, tell, message)


def worst_open(service_ids: Collection[UUID]) -> dict[UUID, Status]:
    """Return the worst impact of the open incidents on each service that has any.

    Internal incidents have none: what the public sees must not move when something private does.
    """
    rows = (
        Affected.objects.filter(service__in=service_ids, incident__public=True)
        .exclude(incident__status=IncidentStatus.RESOLVED)
        .values_list("service_id", "impact", "incident__severity")
    )
    found: dict[UUID, Status] = {}
    for service_id, own, severity in rows:
        found[service_id] = worst([found.get(service_id, Status.OPERATIONAL), suffers(own, severity)])
    return found
