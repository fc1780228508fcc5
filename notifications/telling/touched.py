"""The services that a message names: for outsiders the public ones alone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from notifications.wording.facts import Place, Touched
from services.models import Service
from services.status import Status


def touched(
    service_ids: Collection[str | UUID], place: Place, suffering: Mapping[str, Status] | None = None
) -> list[Touched]:
    """Return the services by name; ``suffering`` holds what each suffers, by id."""
    rows = Service.objects.filter(pk__in=service_ids)
    shown = rows if place.internal else rows.filter(public=True)
    found = suffering or {}
    return [Touched(str(row.pk), row.name, found.get(str(row.pk))) for row in shown.order_by("name").only("name")]
