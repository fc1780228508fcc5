"""One service: how it is and why, its parts, its uptime, its history."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import ConsoleRequest
from services import openings, pagers
from services.latency import latencies
from services.models import Service
from services.readings import reading
from services.status import from_components
from services.views.record import record
from services.views.status import component_form, service_form

PER_PAGE = 20


@require_safe
def service_detail(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show a service."""
    service = get_object_or_404(Service.objects.select_related("group"), pk=pk)
    components = list(service.components.select_related("heartbeat"))
    now = timezone.now()
    changes = service.status_changes.select_related("component").order_by("-at", "-id")
    context = {
        "service": service,
        "components": [(component, component_form(component), reading(component, now)) for component in components],
        "from_components": from_components([component.current for component in components]),
        "openings": openings.on_service(service.pk),
        "pagers": pagers.on_service(service.pk),
        "record": record(service, now),
        "latency": latencies(components, request.GET.get("latency"), now),
        "changes": Paginator(changes, PER_PAGE).get_page(request.GET.get("page")),
        "status_form": service_form(service),
    }
    return render(request, "services/detail.html", context)
