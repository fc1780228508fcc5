"""How a text will look before it is sent. htmx puts these beside the form; without it the form's page shows them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.access import ConsoleRequest
from incidents.forms.declaring import DeclareForm
from services.models import Service


@require_POST
def update_preview(request: ConsoleRequest) -> HttpResponse:
    """Show an update as its readers will see it."""
    return render(request, "incidents/_update_preview.html", update_of(request))


@require_POST
def declare_preview(request: ConsoleRequest) -> HttpResponse:
    """Show what the public will see of a new incident."""
    return render(request, "incidents/_declare_preview.html", declaration_of(request, DeclareForm(request.POST)))


def update_of(request: ConsoleRequest) -> dict[str, object]:
    """Return what the preview of an update shows."""
    return {"message": request.POST.get("message", ""), "public": request.POST.get("public") != "no"}


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
    }
