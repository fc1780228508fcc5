"""The list of services by group, and their order in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import ConsoleRequest
from services.forms import ServiceFilterForm
from services.models import Group, Service
from services.models.order import moved
from services.search import find
from services.status import Status, worst
from services.views.answers import back_to, step, tried

PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class Heading:
    """A group with the services of it that are shown; ``group`` is None for those without one."""

    group: Group | None
    services: Sequence[Service]

    @property
    def status(self) -> Status:
        """Return the worst of the services shown."""
        return worst(service.current for service in self.services)


@require_safe
def service_list(request: ConsoleRequest) -> HttpResponse:
    """List what the filter lets through."""
    form = ServiceFilterForm(request.GET)
    found = find(form.cleaned_data) if form.is_valid() else Service.objects.none()
    active = any(request.GET.get(name) for name in form.fields)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "active": active, "headings": _headings(list(page))}
    return render(request, "services/list.html", context)


@require_POST
def service_reorder(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Move a service one place up or down in its group."""
    service = get_object_or_404(Service, pk=pk)
    order = list(Service.objects.filter(group=service.group_id).values_list("id", flat=True))
    tried(request, lambda: Service.reorder(moved(order, pk, step(request)), by=request.actor))
    return back_to("services:list", anchor=f"service-{pk}")


def _headings(services: Sequence[Service]) -> list[Heading]:
    return [Heading(group, list(rows)) for group, rows in groupby(services, key=lambda service: service.group)]
