"""Setting a status by hand."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from accounts.access import ConsoleRequest
from services.forms import StatusForm, accepted
from services.models import Component, Service
from services.models.health import Health
from services.views.answers import back_to

DERIVED = "Derived: follows its components and incidents"
FINE = "Operational: nothing set by hand"


@require_http_methods(["GET", "HEAD", "POST"])
def service_status(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Set the status of a service, or take it back."""
    service = get_object_or_404(Service, pk=pk)
    form = service_form(service, request.POST or None)
    if request.method == "POST" and accepted(form, lambda: service.set_status(by=request.actor, **form.chosen)):
        messages.success(request, _said(service))
        return back_to("services:detail", pk)
    return render(request, "services/status.html", {"form": form, "service": service, "thing": service})


@require_http_methods(["GET", "HEAD", "POST"])
def component_status(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Set the status of a component, or take it back. Its service follows."""
    component = get_object_or_404(Component.objects.select_related("service"), pk=pk)
    form = component_form(component, request.POST or None)
    if request.method == "POST" and accepted(form, lambda: component.set_status(by=request.actor, **form.chosen)):
        service = component.service
        messages.success(request, f"{_said(component)} {_said(service)}")
        return back_to("services:detail", service.pk, anchor=f"component-{pk}")
    return render(request, "services/status.html", {"form": form, "service": component.service, "thing": component})


def service_form(service: Service, data: Any = None) -> StatusForm:
    """Return the form of a service, showing what is set by hand."""
    return StatusForm(data, back=DERIVED, public=service.public, initial=_set(service))


def component_form(component: Component, data: Any = None) -> StatusForm:
    """Return the form of a component; several stand on one page."""
    return StatusForm(
        data,
        back=FINE,
        public=component.service.public,
        initial=_set(component),
        auto_id=f"id_{component.pk}_%s",
    )


def _said(thing: Service | Component) -> str:
    return f"{thing.name}: {thing.current.label.lower()}."


def _set(thing: Health) -> dict[str, str]:
    return {"status": thing.manual_status or "", "message": thing.manual_message}
