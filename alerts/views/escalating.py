"""What the page of an incident does with pages and alerts: escalate, merge."""

from __future__ import annotations

from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from accounts.access import ConsoleRequest
from accounts.once import once
from alerts import merging
from alerts.models.page import Page
from alerts.paging.escalating import escalate
from incidents.models import Incident
from oncall.models import Team
from services.views.answers import tried

M = TypeVar("M", bound=Model)


@once
@require_POST
def incident_escalate(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Page the next ones now, of one team where the form names it."""
    incident = get_object_or_404(Incident, pk=pk)
    team = _chosen(Team, request.POST.get("team"))
    pages: list[Page] = []
    if tried(request, lambda: pages.extend(escalate(incident, by=request.actor, team=team))):
        names = ", ".join(dict.fromkeys(name for page in pages for name in _latest(page)))
        messages.success(request, f"Escalated: paged {names}." if names else "Escalated, but nobody could be paged.")
    return redirect("incidents:detail", pk)


@once
@require_POST
def incident_merge(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """End it in favour of another one, which has its alerts from then on."""
    incident = get_object_or_404(Incident, pk=pk)
    into = _chosen(Incident, request.POST.get("into"))
    if into is None:
        messages.error(request, "Choose the incident that goes on.")
        return redirect("incidents:detail", pk)
    if tried(request, lambda: merging.merge(incident, into, by=request.actor)):
        messages.success(request, f"“{incident.title}” goes on here, and its alerts with it.")
        return redirect("incidents:detail", into.pk)
    return redirect("incidents:detail", pk)


def _latest(page: Page) -> list[str]:
    """Return whom the last firing told."""
    if page.fired_at is None:
        return []
    lines = page.paged.filter(at=page.fired_at).exclude(name="")
    return list(lines.values_list("name", flat=True))


def _chosen(model: type[M], pk: str | None) -> M | None:
    """Return the row that was chosen, None where nothing was or it is gone."""
    try:
        return model._default_manager.filter(pk=pk).first() if pk else None
    except ValidationError:
        return None
