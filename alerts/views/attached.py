"""What the page of an incident shows of its alerts and its pages (``settings.INCIDENT_PANELS`` and the like)."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string

from accounts.access import ConsoleRequest, may
from accounts.once import new_token
from accounts.roles import Role
from alerts.forms.finding import firing_first
from alerts.models import Alert
from alerts.paging.record import records, told_besides
from alerts.states import State
from alerts.views.escalating import asking, next_ones
from incidents.models import Incident
from oncall.models import Team

SHOWN = 10
# As many as a list to choose from can bear.
MERGEABLE = 50


def note(incident: Incident, request: ConsoleRequest) -> str:
    """Say at the top who is paged next, or loudly that nobody has answered."""
    if not incident.is_open or incident.acknowledged:
        return ""
    found = records(incident)
    by_state = {state: [one for one in found if one.page.state == state] for state in ("running", "unanswered")}
    context = {"records": found, **by_state}
    return render_to_string("alerts/incident/_note.html", context, request)


def escalate(incident: Incident, request: ConsoleRequest) -> str:
    """Offer the next step at once; whom it pages stands beside the button that does."""
    context = {"incident": incident, **asking(next_ones(incident)), "form_token": new_token()}
    return render_to_string("alerts/incident/_escalate.html", context, request)


def paging(incident: Incident, request: ConsoleRequest) -> str:
    """Show who was paged, when and with which end, and what comes next."""
    found, besides = records(incident), told_besides(incident)
    able = incident.is_open and may(request.user, Role.OPERATOR)
    if not found and not besides and not able:
        return ""
    said = incident.acknowledgement() if incident.acknowledged else None
    context: dict[str, Any] = {"incident": incident, "records": found, "besides": besides, "form_token": new_token()}
    context["answered_by"] = said.author if said else ""
    if able:
        context["teams"] = Team.objects.filter(policies__enabled=True).distinct()
        context["others"] = _mergeable(incident)
    return render_to_string("alerts/incident/paging.html", context, request)


def alerts(incident: Incident, request: ConsoleRequest) -> str:
    """Show the alerts that led to it; nothing where none did."""
    mine = Alert.objects.filter(incident=incident)
    count = mine.count()
    if not count:
        return ""
    rows = list(firing_first(mine).select_related("service", "integration", "silence")[:SHOWN])
    firing = mine.filter(status=State.FIRING).count()
    context = {"incident": incident, "alerts": rows, "count": count, "firing": firing}
    return render_to_string("alerts/incident/alerts.html", context, request)


def _mergeable(incident: Incident) -> list[Incident]:
    """Return the incidents that it can go on in: readers of a public one must not lose sight of it."""
    others = Incident.objects.open().exclude(pk=incident.pk)
    return list((others.filter(public=True) if incident.public else others).order_by("-created_at")[:MERGEABLE])
