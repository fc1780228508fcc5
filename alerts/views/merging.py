"""Merging from the page of an incident."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.access import ConsoleRequest
from accounts.once import once
from alerts import merging
from alerts.views.chosen import chosen
from incidents.models import Incident
from services.views.answers import tried


@once
@require_POST
def incident_merge(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """End it in favour of another one, which has its alerts from then on."""
    incident = get_object_or_404(Incident, pk=pk)
    into = chosen(Incident, request.POST.get("into"))
    if into is None:
        messages.error(request, "Choose the incident that goes on.")
        return redirect("incidents:detail", pk)
    if tried(request, lambda: merging.merge(incident, into, by=request.actor)):
        messages.success(request, f"“{incident.title}” goes on here, and its alerts with it.")
        return redirect("incidents:detail", into.pk)
    return redirect("incidents:detail", pk)
