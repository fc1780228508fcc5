"""Editing an incident. Who comes second sees both texts, and loses nothing."""

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
from incidents.forms.editing import EditForm
from incidents.models import Incident
from services import announcements
from services.forms import accepted


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def incident_edit(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show the form, then save it."""
    incident = get_object_or_404(Incident, pk=pk)
    form = EditForm(incident, request.POST or None)
    if request.method != "POST":
        return _page(request, incident, form)
    if "preview" in request.POST:
        return _previewed(request, incident, form)
    try:
        if accepted(form, lambda: _save(request, incident, form)):
            messages.success(request, "The changes are saved.")
            return redirect("incidents:detail", pk)
    except StaleEdit:
        incident.refresh_from_db()
        form, differences = form.merged(incident)
        return _page(request, incident, form, status=409, stale=True, differences=differences)
    return _page(request, incident, form, status=400)


def _save(request: ConsoleRequest, incident: Incident, form: EditForm) -> None:
    version = form.cleaned_data["version"]
    quiet = "quiet" in request.POST
    incident.edit(by=request.actor, changes=form.changes, services=form.services, version=version, quiet=quiet)


def _previewed(request: ConsoleRequest, incident: Incident, form: EditForm) -> HttpResponse:
    """Show what saving would send: only what becomes public is news to the public."""
    message = announcements.rehearsed(form, lambda: _save(request, Incident.objects.get(pk=incident.pk), form))
    preview = {"verb": "edit", "announcement": message, "known": form.is_valid()}
    if "HX-Request" in request.headers:
        return render(request, "components/announcement.html", {**preview, "fragment": True})
    return _page(
        request, incident, form, preview=preview, tells=message.recipients if message else announcements.NOBODY
    )


def _page(
    request: ConsoleRequest, incident: Incident, form: EditForm, *, status: int = 200, **more: Any
) -> HttpResponse:
    tells = expecting.of_editing(incident)
    context = {"form": form, "incident": incident, "form_token": new_token(), "tells": tells, **more}
    return render(request, "incidents/edit.html", context, status=status)
