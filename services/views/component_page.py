"""One component: how it is and why, what its heartbeat says, its last checks, its uptime, its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import ConsoleRequest, may
from accounts.roles import Role
from services.forms.pausing import PauseForm
from services.latency import latencies
from services.models import Heartbeat
from services.ping import address
from services.readings import Reading
from services.views.components import component_or_404
from services.views.record import record
from services.views.status import component_form

CHECKS = 20
CHANGES = 20


@require_safe
def component_detail(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show a component."""
    component, now = component_or_404(pk), timezone.now()
    changes = component.status_changes.order_by("-at", "-id")
    context = {
        "component": component,
        "service": component.service,
        "dependents": component.dependents.select_related("service").order_by("service__name", "name"),
        "changes": Paginator(changes, CHANGES).get_page(request.GET.get("page")),
        "status_form": component_form(component),
        "record": record(component, now),
        "latency": latencies([component], request.GET.get("latency"), now),
    }
    if heartbeat := getattr(component, "heartbeat", None):
        context |= _watched(request, heartbeat, now)
    return render(request, "services/component.html", context)


def _watched(request: ConsoleRequest, heartbeat: Heartbeat, now: datetime) -> dict[str, Any]:
    """Who only reads is not shown the address of a job: whoever knows it can speak for the job."""
    shows_address = heartbeat.waits and may(request.user, Role.OPERATOR)
    return {
        "heartbeat": heartbeat,
        "reading": Reading(heartbeat, now),
        "results": heartbeat.component.results.order_by("-at", "-id")[:CHECKS],
        "pause_form": PauseForm(),
        "ping": address(heartbeat) if shows_address else "",
    }
