"""From heartbeats to what the public may know of them: when they ran and when they are due, in one query."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Max, Min, Q

from services.models import Heartbeat
from services.probes import KINDS
from statuspage.checks import Check

# Jobs that call us are never due to be asked.
_WAITING = [kind for kind, probe in KINDS.items() if probe.waits]


def checks(only: Collection[UUID] | None = None) -> dict[UUID, Check]:
    """Return the checks of the public services (of ``only``, if given) that have heartbeats."""
    mine = Q() if only is None else Q(component__service__in=only)
    rows = Heartbeat.objects.filter(mine, component__service__public=True).values("component__service").order_by()
    found = rows.annotate(last=Max("last_checked_at"), due=Min("next_check_at", filter=~Q(kind__in=_WAITING)))
    return {key: Check(last, due) for key, last, due in found.values_list("component__service", "last", "due")}
