"""The open incidents of a service, for its page in the console (``settings.SERVICE_OPENINGS``)."""

from __future__ import annotations

from uuid import UUID

from django.urls import reverse

from incidents.lifecycle import IncidentStatus
from incidents.models import Affected
from services.openings import Opening


def on_service(service_id: UUID) -> list[Opening]:
    """Return the open incidents, internal ones too, newest first."""
    rows = Affected.objects.filter(service=service_id).exclude(incident__status=IncidentStatus.RESOLVED)
    return [
        Opening(
            title=row.incident.title,
            url=reverse("incidents:detail", args=[row.incident_id]),
            public=row.incident.public,
            impact=row.suffers,
            since=row.incident.created_at,
        )
        for row in rows.select_related("incident").order_by("-incident__created_at")
    ]
