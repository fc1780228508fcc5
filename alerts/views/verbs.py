"""What people do with alerts and their incidents: each its own address and a line of its own."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import ConsoleRequest
from accounts.coming_back import came_from
from accounts.once import once
from alerts import merging
from alerts.models import Alert
from incidents.models import Incident
from services.views.answers import tried


@once
@require_POST
def alert_acknowledge(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Acknowledge the incident of an alert."""
    alert = get_object_or_404(Alert.objects.select_related("incident"), pk=pk)
    incident = alert.incident
    if incident is None:
        messages.error(request, "This alert is in no incident, so nobody is paged for it.")
    elif tried(request, lambda: incident.acknowledge(by=request.actor)):
        messages.success(request, f"You have acknowledged “{incident.title}”. Nobody else is paged for it.")
    return redirect(came_from(request) or reverse("alerts:detail", args=[pk]))


@once
@require_POST
def alert_split(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Make an incident of this alert alone."""
    alert = get_object_or_404(Alert, pk=pk)
    made: list[Incident] = []
    if tried(request, lambda: made.append(merging.split(alert, by=request.actor))):
        messages.success(request, "The alert has an incident of its own now. Who is on call hears of it.")
        return redirect("incidents:detail", made[0].pk)
    return redirect("alerts:detail", pk)
