"""Where incidents push the status of services; inside their command."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import TypeAlias
from uuid import UUID

from events.command import Tell
from services.models import Service, Source
from services.status import Status

Worst: TypeAlias = Callable[[Collection[UUID]], Mapping[UUID, Status]]


def push(service_ids: Collection[UUID], worst: Worst, tell: Tell, message: str) -> None:
    """Ask ``worst`` for the worst open impact on each service and derive it anew.

    The rows are locked before ``worst`` reads: of two incidents that move one service at once, the second
    must see what the first has written.
    """
    rows = list(Service.objects.select_for_update(no_key=True).filter(id__in=service_ids).order_by("id"))
    impacts = worst([service.id for service in rows])
    for service in rows:
        impact = impacts.get(service.id)
        if service.impact_status != impact:
            service.impact_status = impact
            service.rederive(tell, source=Source.INCIDENT, message=message)
