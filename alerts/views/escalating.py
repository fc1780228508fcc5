"""Escalating from the page of an incident: whoever presses the button has read whom it pages, and by which ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import ConsoleRequest, requires
from accounts.once import new_token, once
from accounts.roles import Role
from alerts.models.page import Page
from alerts.paging.ahead import Ahead, by_hand
from alerts.paging.escalating import escalate, meant
from alerts.views.chosen import chosen
from incidents.models import Incident
from oncall.models import Team
from services.views.answers import tried


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def incident_escalate(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Say who is next, of one team where the form names it; page them once that has been read.

    Where somebody else comes next by now, nobody is paged, and it is asked again.
    """
    incident = get_object_or_404(Incident, pk=pk)
    sent = request.POST if request.method == "POST" else request.GET
    team = chosen(Team, sent.get("team"))
    question = asking(next_ones(incident, team))
    if incident.is_open and question["ahead"] and sent.get("read") != question["read"]:
        return _asked(request, incident, team, question)
    if request.method == "POST":
        _escalated(request, incident, team)
    elif incident.is_open:
        messages.error(request, "There is nobody to page: no escalation policy covers this incident, or that team.")
    return redirect("incidents:detail", pk)


def next_ones(incident: Incident, team: Team | None = None) -> list[Ahead]:
    """Return whom escalating would page now, a page each."""
    now = timezone.now()
    return [ahead for page in meant(incident, team, now) if (ahead := by_hand(page, now))]


def asking(ahead: Sequence[Ahead]) -> dict[str, Any]:
    """Return what the form needs that asks; ``read`` says what its reader has read."""
    names = list(dict.fromkeys(name for one in ahead for name in one.names))
    return {"ahead": ahead, "names": names, "read": "; ".join(one.whom for one in ahead)}


def _asked(request: ConsoleRequest, incident: Incident, team: Team | None, question: Mapping[str, Any]) -> HttpResponse:
    changed = request.method == "POST"
    context = {**question, "incident": incident, "team": team, "changed": changed, "form_token": new_token()}
    return render(request, "alerts/escalate.html", context, status=409 if changed else 200)


def _escalated(request: ConsoleRequest, incident: Incident, team: Team | None) -> None:
    pages: list[Page] = []
    if tried(request, lambda: pages.extend(escalate(incident, by=request.actor, team=team))):
        names = ", ".join(dict.fromkeys(name for page in pages for name in page.told_last()))
        messages.success(request, f"Escalated: paged {names}." if names else "Escalated, but nobody could be paged.")
