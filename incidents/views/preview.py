"""How an incident will look before it is declared. htmx puts it beside the form; without it the form's page does."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import ConsoleRequest
from incidents import placeholders
from incidents.forms.declaring import DeclareForm
from incidents.models import Incident
from services import announcements
from services.models import Service


@require_POST
def declare_preview(request: ConsoleRequest) -> HttpResponse:
    """Show what the public will see of a new incident, and what it will be sent."""
    form = DeclareForm(announcements.countable(request.POST, "title", "body"))
    form.tell_zone(request.user.timezone)
    context = {"form": form, "fragment": True, **declaration_of(request, form)}
    return render(request, "incidents/_declare_preview.html", context)


def declaration_of(request: ConsoleRequest, form: DeclareForm) -> dict[str, object]:
    """Return what the preview of a new incident shows, as far as it is filled in."""
    ticked: list[Service] = [
        service for group in form.groups for service in group.services if str(service.pk) in form.ticked
    ]
    shown, now = [service for service in ticked if service.public], timezone.now()
    known: dict[str, Any] = {
        "severity": request.POST.get("severity", ""),
        "services": sorted(one.name for one in shown),
    }
    said = (request.POST.get("title", ""), request.POST.get("body", ""))
    title, body = placeholders.fill_both(*said, **known, started_at=now, now=now)
    return {
        "title": title,
        "body": body,
        "severity": request.POST.get("severity", ""),
        "public": request.POST.get("public") != "no",
        "shown": shown,
        "hidden": [service for service in ticked if not service.public],
        "known": form.is_valid(),
        "announcement": announcements.rehearsed(form, lambda: Incident.declare(by=request.actor, **form.cleaned_data)),
    }
