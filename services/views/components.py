"""Making, editing, moving and deleting components."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import ConsoleRequest
from services.forms import ComponentForm, accepted
from services.models import Component, Service
from services.models.order import moved
from services.views.answers import back_to, step, tried


@require_http_methods(["GET", "HEAD", "POST"])
def component_create(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Make a component of a service."""
    service = get_object_or_404(Service, pk=pk)
    form = ComponentForm(request.POST or None)
    if request.method == "POST" and accepted(
        form, lambda: Component.add(service, by=request.actor, **form.cleaned_data)
    ):
        messages.success(request, f"{form.cleaned_data['name']} is a component of {service.name}.")
        return back_to("services:detail", pk)
    return render(
        request,
        "services/component_form.html",
        {"form": form, "service": service, "heading": f"New component of {service.name}"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def component_edit(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Rename or describe a component, or say what it depends on."""
    component = component_or_404(pk)
    initial = {name: getattr(component, name) for name in ("name", "description", "depends_on")}
    form, heading = ComponentForm(request.POST or None, initial=initial, component=component), f"Edit {component.name}"
    if request.method == "POST" and accepted(form, lambda: component.edit(by=request.actor, changes=form.cleaned_data)):
        messages.success(request, f"{component.name} is saved.")
        return back_to("services:component-detail", pk)
    context = {"form": form, "service": component.service, "component": component, "heading": heading}
    return render(request, "services/component_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def component_delete(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Ask, then delete; a refusal says why."""
    component = component_or_404(pk)
    service = component.service
    if request.method == "POST" and tried(request, lambda: component.remove(by=request.actor)):
        messages.success(request, f"{component.name} is deleted. {service.name}: {service.current.label.lower()}.")
        return back_to("services:detail", service.pk)
    return render(request, "services/component_delete.html", {"component": component, "service": service})


@require_POST
def component_reorder(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Move a component one place up or down."""
    service = component_or_404(pk).service
    order = list(service.components.values_list("id", flat=True))
    tried(request, lambda: Component.reorder(service, moved(order, pk, step(request)), by=request.actor))
    return back_to("services:detail", service.pk, anchor=f"component-{pk}")


def component_or_404(pk: UUID) -> Component:
    """Return the component with its service."""
    return get_object_or_404(Component.objects.select_related("service", "heartbeat", "depends_on__service"), pk=pk)
