"""Publishing what was internal: who does it reads first what appears, and to how many it goes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import ConsoleRequest, requires
from accounts.once import new_token, once
from accounts.roles import Role
from events.errors import StaleEdit
from incidents import expecting
from incidents.forms.publishing import PublishForm, initial_of
from incidents.models import Incident
from services import announcements
from services.forms import accepted

STALE = (
    "Somebody else has edited this incident meanwhile. What you typed stands below; look at the preview, then publish."
)


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def incident_publish(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show what will appear, then publish it."""
    incident = get_object_or_404(Incident.objects.prefetch_related("affected__service"), pk=pk)
    if incident.public:
        messages.info(request, "The public page shows it already.")
        return redirect("incidents:detail", pk)
    if request.method != "POST":
        return _page(request, incident, PublishForm(incident), PublishForm(incident, initial_of(incident)))
    form = PublishForm(incident, announcements.countable(request.POST, "title"))
    if "preview" in request.POST:
        return _page(request, incident, form, form)
    try:
        if accepted(form, lambda: _publish(request, incident, form)):
            messages.success(request, "Published. The public page shows it, and it waits for you to resolve it.")
            return redirect("incidents:detail", pk)
    except StaleEdit:
        return _anew(request, incident)
    return _page(request, incident, form, form, status=400)


def _publish(request: ConsoleRequest, incident: Incident, form: PublishForm) -> None:
    version, quiet = form.cleaned_data["version"], "quiet" in request.POST
    incident.edit(by=request.actor, changes=form.changes, version=version, quiet=quiet)


def _anew(request: ConsoleRequest, incident: Incident) -> HttpResponse:
    """Show once more what was typed, upon what was saved meanwhile."""
    incident.refresh_from_db()
    typed = request.POST.copy()
    typed["version"] = str(incident.version)
    form = PublishForm(incident, typed)
    form.add_error(None, STALE)
    return _page(request, incident, form, PublishForm(incident, typed), status=409)


def _page(
    request: ConsoleRequest, incident: Incident, form: PublishForm, seen: PublishForm, *, status: int = 200
) -> HttpResponse:
    """Render the form beside what the public will see of ``seen``; to htmx the latter alone."""
    context = _preview(request, incident, seen) | {"form": form, "form_token": new_token()}
    if "HX-Request" in request.headers and "preview" in request.POST:
        return render(request, "incidents/_publish_preview.html", context | {"fragment": True})
    return render(request, "incidents/publish.html", context, status=status)


def _preview(request: ConsoleRequest, incident: Incident, seen: PublishForm) -> dict[str, Any]:
    affected = list(incident.affected.all())
    trial = Incident.objects.get(pk=incident.pk)
    message = announcements.rehearsed(seen, lambda: _publish(request, trial, seen))
    known = seen.is_valid()
    nobody = announcements.NOBODY if known else expecting.of_publishing(incident)
    return {
        "incident": incident,
        "title": seen["title"].value(),
        "body": seen["body"].value(),
        "shown": [row for row in affected if row.service.public],
        "hidden": [row.service for row in affected if not row.service.public],
        "entries": incident.updates.filter(public=True).exclude(message="").order_by("-number"),
        "announcement": message,
        "known": known,
        "tells": message.recipients if message else nobody,
    }
