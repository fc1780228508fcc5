"""How an incident will look before it is declared. htmx puts it beside the form; without it the form's page does."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.access import ConsoleRequest
from incidents.forms.declaring import DeclareForm
from incidents.models import Incident
from services import announcements
from services.models import Service


@require_POST
def declare_preview(request: ConsoleRequest) -> HttpResponse:
    """Show what the public will see of a new incident, and what it will be sent."""
    form = DeclareForm(announcements.countable(request.POST, "title", "body"))
    context = {"form": form, "fragment": True, **declaration_of(request, form)}
    return render(request, "incidents/_declare_preview.html", context)


def declaration_of(request: ConsoleRequest, form: DeclareForm) -> dict[str, object]:
    """Return what the preview of a new incident shows, as far as it is filled in."""
    ticked: list[Service] = [
        service for group in form.groups for service in group.services if str(service.pk) in form.ticked
    ]
    return {
        "title": request.POST.get("title", ""),
        "body": request.POST.get("body", ""),
        "severity": request.POST.get("severity", ""),
        "public": request.POST.get("public") != "no",
        "shown": [service for service in ticked if service.public],
        "hidden": [service for service in ticked if not service.public],
        "known": form.is_valid(),
        "announcement": announcements.rehearsed(form, lambda: Incident.declare(by=request.actor, **form.cleaned_data)),
    }
