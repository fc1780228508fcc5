"""Taking back the message that was just posted."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_http_methods

from accounts.access import ConsoleRequest
from incidents.models import Incident
from services.undoing import undo


@require_http_methods(["GET", "HEAD", "POST"])
def incident_undo(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Send nothing of what this person has just said; the page goes on showing it."""
    incident = get_object_or_404(Incident, pk=pk)
    # A GET is a reload, or the way back from signing in anew.
    if request.method == "POST":
        undo(request, ("incident", incident.pk))
    return redirect("incidents:detail", pk)
