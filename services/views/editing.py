"""Making, editing and deleting services."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from accounts.access import ConsoleRequest
from events.errors import StaleEdit
from services import openings
from services.forms import ServiceForm, accepted, initial_of
from services.models import Service
from services.views.answers import back_to, tried
from services.views.publishing import asks_first, warning


@require_http_methods(["GET", "HEAD", "POST"])
def service_create(request: ConsoleRequest) -> HttpResponse:
    """Make a service."""
    form = ServiceForm(request.POST or None, initial={"group": request.GET.get("group")})
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        if asks_first(request, form, None):
            return warning(request, form, None)
        made: list[Service] = []
        if accepted(form, lambda: made.append(Service.add(by=request.actor, **form.fields_of_model))):
            messages.success(request, f"{made[0].name} is in the catalogue. Add the components that it is made of.")
            return back_to("services:detail", made[0].pk)
    return render(request, "services/form.html", {"form": form, "heading": "New service"})


@require_http_methods(["GET", "HEAD", "POST"])
def service_edit(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Edit a service. Who comes second sees both texts."""
    service = get_object_or_404(Service.objects.select_related("group"), pk=pk)
    form = ServiceForm(request.POST or None, initial=initial_of(service))
    context: dict[str, Any] = {"form": form, "service": service, "heading": f"Edit {service.name}"}
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        if asks_first(request, form, service):
            return warning(request, form, service)
        try:
            if accepted(form, lambda: _edit(request, service, form)):
                messages.success(request, f"{service.name} is saved.")
                return back_to("services:detail", pk)
        except StaleEdit as error:
            context |= both(request, form, error)
    return render(request, "services/form.html", context, status=409 if "differences" in context else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def service_delete(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Ask, then delete; a refusal says why."""
    service = get_object_or_404(Service, pk=pk)
    if request.method == "POST" and tried(request, lambda: service.remove(by=request.actor)):
        messages.success(request, f"{service.name} is deleted.")
        return back_to("services:list")
    context = {"service": service, "components": service.components.count(), "openings": openings.on_service(pk)}
    return render(request, "services/delete.html", context)


def both(request: ConsoleRequest, form: ServiceForm, error: StaleEdit) -> dict[str, Any]:
    """Return what was saved meanwhile beside what was typed, field by field, and the form to save on top of it."""
    typed = {name: words(value) for name, value in form.cleaned_data.items()}
    stands = {name: words(error.current.get(name)) for name in typed}
    differences = [
        (form[name].label, stands[name], typed[name])
        for name in typed
        if name != "version" and typed[name] != stands[name] and (name != "slug" or typed[name])
    ]
    again = ServiceForm({**request.POST.dict(), "version": error.current["version"]})
    return {"form": again, "differences": differences}


def _edit(request: ConsoleRequest, service: Service, form: ServiceForm) -> None:
    service.edit(by=request.actor, changes=form.fields_of_model, version=form.cleaned_data["version"])


def words(value: object) -> str:
    """Return a value as the two columns show it."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return "" if value is None else str(value).replace("\r\n", "\n")
