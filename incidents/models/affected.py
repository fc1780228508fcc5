"""Which services an incident affects, and how badly."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import CASCADE, ProtectedError, Q

from events.errors import Gone
from incidents.lifecycle import IncidentStatus, Severity
from services.models import Service
from services.status import CHOICES, Status


def cascade_unless_open(collector: Any, field: Any, rows: Any, using: str) -> None:
    """Go with the service, unless an incident is open on it: then refuse (``ProtectedError``) to delete the service.

    An ``on_delete`` rule of this model, so that ``services`` need not know what an incident is.
    """
    is_open = [row.incident for row in rows.exclude(incident__status=IncidentStatus.RESOLVED)]
    if is_open:
        raise ProtectedError("Incidents are open on it.", set(is_open))
    CASCADE(collector, field, rows, using)


class Affected(models.Model):
    """One service of one incident. Without an ``impact`` of its own it follows the severity."""

    incident = models.ForeignKey("incidents.Incident", models.CASCADE, related_name="affected")
    service = models.ForeignKey(Service, cascade_unless_open, related_name="+")
    # Null is "as the severity says", which no status can say.
    impact = models.CharField(max_length=20, choices=CHOICES, null=True, blank=True)

    class Meta:
        ordering = ["service__name"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "service"], name="service_affected_once"),
            models.CheckConstraint(
                condition=Q(impact__isnull=True) | Q(impact__in=[*Status]), name="affected_impact_is_a_status"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.suffers}"

    @property
    def suffers(self) -> Status:
        """Return what the service suffers."""
        return suffers(self.impact, self.incident.severity)


def affect(incident_id: UUID, services: Mapping[Service, Status | None]) -> None:
    """Make these the services of the incident. The caller is inside a command.

    The services are locked first, so that none is deleted meanwhile; raises ``Gone`` when one has been.
    """
    wanted = {service.id: impact for service, impact in services.items()}
    standing = hold(wanted)
    if missing := [service.name for service in services if service.id not in standing]:
        raise Gone(f"Deleted meanwhile: {', '.join(missing)}. Choose the services anew.")
    Affected.objects.filter(incident=incident_id).delete()
    Affected.objects.bulk_create(
        Affected(incident_id=incident_id, service_id=key, impact=impact) for key, impact in wanted.items()
    )


def hold(service_ids: Collection[UUID]) -> set[UUID]:
    """Lock the services, in the order in which everybody locks them. Return those that there still are."""
    held = Service.objects.select_for_update(no_key=True).filter(id__in=service_ids).order_by("id")
    return set(held.values_list("id", flat=True))


def suffers(impact: str | None, severity: str) -> Status:
    """Return the impact of its own, or else the severity's."""
    return Status(impact) if impact else Severity(severity).impact
