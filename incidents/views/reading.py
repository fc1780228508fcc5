"""One incident, the responder first: how it stands, who has it, what can be done, what was said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import ConsoleRequest, may
from accounts.once import new_token
from accounts.roles import Role
from events.actors import HEARTBEAT
from incidents import attached, expecting
from incidents.automatic import is_untouched
from incidents.forms.templates import chosen
from incidents.forms.verbs import FORMS, UpdateForm, VerbForm
from incidents.lifecycle import SENTENCES, TRANSITIONS, IncidentStatus
from incidents.models import Incident, IncidentTemplate, Outage, Update
from services import announcements

# What is said by the way, where an act says something else.
_RANK: Final[dict[str, int]] = {Update.Kind.ACKNOWLEDGED: 0, Update.Kind.ASSIGNED: 1, Update.Kind.NOTE: 2}
# So many entries stand open at least, and what was last said of how it stands, however often somebody was paged since.
_OPEN = 3
_WORDS = (Update.Kind.OPENED, Update.Kind.UPDATE, Update.Kind.TRANSITION, Update.Kind.REOPENED)


@require_safe
def incident_detail(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show an incident; ``say``, a status, fills in the update that moves it there."""
    return incident_page(request, pk)


def incident_page(
    request: ConsoleRequest, pk: UUID, sent: VerbForm | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Render the page as the incident is now, with ``sent``, a form that was not accepted, in its place."""
    incidents = Incident.objects.select_related("assignee", "merged_into").prefetch_related("affected__service")
    incident = get_object_or_404(incidents, pk=pk)
    entries = list(incident.updates.order_by("-number"))
    recent = _recent(entries)
    context = {
        "incident": incident,
        "recent": entries[:recent],
        "earlier": entries[recent:],
        "moves": [(one, SENTENCES[one]) for one in IncidentStatus if one in TRANSITIONS[incident.stage]],
        "may_reopen": settings.INCIDENT_REOPEN,
        "news": attached.news(incident, request),
        "panels": attached.panels(incident, request),
        "notes": attached.notes(incident, request),
        "verbs": attached.verbs(incident, request),
        "outages": _outages(incident) if incident.automatic else [],
        "by_heartbeats": incident.updates.filter(kind=Update.Kind.OPENED, author_id=HEARTBEAT.id).exists(),
        "ends_by_itself": incident.automatic and is_untouched(incident),
        "form_token": new_token(),
        "sent": sent,
        **more,
    }
    if may(request.user, Role.OPERATOR):
        context["tells"] = expecting.of_verbs(incident) | more.get("tells", {})
        context["held"] = announcements.held(("incident", pk), by=request.actor)
        context["fates"] = announcements.fates(("incident", pk))
        context["bearers"] = _bearers(entries)
        context["templates"] = IncidentTemplate.objects.exclude(body="").only("name")
        context["template"] = chosen(request.GET.get("template"))
        context["forms"] = _forms(request, incident) | ({sent.verb: sent} if sent is not None else {})
    return render(request, "incidents/detail.html", context, status=status)


def _recent(entries: Sequence[Update]) -> int:
    """Return how many of the entries, newest first, stand open."""
    said = (place for place, entry in enumerate(entries, 1) if entry.kind in _WORDS and entry.message)
    return max(_OPEN, next(said, 0))


def _bearers(entries: Iterable[Update]) -> set[UUID]:
    """Return the entry of each instant that says what became of its messages: one act may leave several."""
    ranked = sorted(entries, key=lambda entry: _RANK.get(entry.kind, len(_RANK)))
    return set({entry.created_at: entry.pk for entry in ranked}.values())


def _outages(incident: Incident) -> QuerySet[Outage]:
    return incident.outages.select_related("component").filter(over_at__isnull=True)


def _forms(request: ConsoleRequest, incident: Incident) -> dict[str, VerbForm]:
    forms = {kind.verb: kind(incident, request.user) for kind in FORMS}
    update, move = forms[UpdateForm.verb], request.GET.get("say")
    if isinstance(update, UpdateForm) and move in TRANSITIONS[incident.stage]:
        update.suggest(IncidentStatus(move))
    template = chosen(request.GET.get("template"))
    if isinstance(update, UpdateForm) and template:
        update.begin(template, incident.filled(template.body, timezone.now()))
    return forms
