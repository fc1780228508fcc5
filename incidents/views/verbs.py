"""The verbs of an incident: each its own address and a line of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import ConsoleRequest
from accounts.once import View, once
from events.actors import Actor
from incidents.forms import verbs as forms
from incidents.models import Incident
from incidents.views.reading import incident_page
from services import announcements
from services.forms import accepted

Act: TypeAlias = Callable[[Incident, Actor, Mapping[str, Any]], str]


def verb(kind: type[forms.VerbForm]) -> Callable[[Act], View]:
    """Make a view of ``act``, which does the verb with what the form holds and returns the sentence that says so.

    A form that is not accepted comes back on the page with its reason and what was typed.
    """

    def make(act: Act) -> View:
        def view(request: ConsoleRequest, pk: UUID) -> HttpResponse:
            if request.method != "POST":
                # A reload of a refusal, or the way back from signing in anew.
                return redirect("incidents:detail", pk)
            incident = get_object_or_404(Incident, pk=pk)
            form = kind(incident, request.user, announcements.countable(request.POST, "message"))
            said: list[str] = []

            def do() -> None:
                quietly = {"quiet": "quiet" in request.POST}
                said.append(act(incident, request.actor, form.cleaned_data | quietly))

            if "preview" in request.POST:
                return _previewed(request, pk, form, announcements.rehearsed(form, do))
            if accepted(form, do):
                messages.success(request, said[0])
                return redirect("incidents:detail", pk)
            return incident_page(request, pk, form, status=409 if form.non_field_errors() else 400)

        view.__name__, view.__doc__ = act.__name__, act.__doc__
        return once(require_http_methods(["GET", "HEAD", "POST"])(view))

    return make


def _previewed(
    request: ConsoleRequest, pk: UUID, form: forms.VerbForm, message: announcements.Message | None
) -> HttpResponse:
    """Show what the verb would say: htmx puts it beside the form, without it the form's page shows it."""
    preview = {
        "verb": form.verb,
        "message": request.POST.get("message", ""),
        "public": request.POST.get("public") != "no",
        "note": request.POST.get("public") == "no",
        "announcement": message,
        "known": form.is_valid(),
    }
    if "HX-Request" in request.headers:
        return render(request, "incidents/_verb_preview.html", {"preview": preview, "fragment": True})
    tells = {form.verb: message.recipients if message else announcements.NOBODY} if preview["known"] else {}
    return incident_page(request, pk, form, preview=preview, tells=tells)


@verb(forms.AcknowledgeForm)
def incident_acknowledge(incident: Incident, actor: Actor, _said: Mapping[str, Any]) -> str:
    """Say "I have it"."""
    incident.acknowledge(by=actor)
    return "Acknowledged. Everybody here sees that somebody is on it."


@verb(forms.UpdateForm)
def incident_update(incident: Incident, actor: Actor, said: Mapping[str, Any]) -> str:
    """Say something."""
    incident.post_update(by=actor, **said)
    if not said["public"]:
        return "The note is saved; only people here see it."
    shown = "the public page shows it" if incident.public else "the incident is internal, so only people here see it"
    return f"The update is posted; {shown}."


@verb(forms.PromiseForm)
def incident_promise(incident: Incident, actor: Actor, said: Mapping[str, Any]) -> str:
    """Promise readers the next update, or take the promise back."""
    incident.promise_update(said["next_update_by"], by=actor)
    if said["next_update_by"] is None:
        return "No update is promised."
    return "The next update is promised. You are reminded before it is due."


@verb(forms.AssignForm)
def incident_assign(incident: Incident, actor: Actor, said: Mapping[str, Any]) -> str:
    """Hand it over."""
    incident.assign(said["user"], by=actor)
    return f"{said['user']} has it now." if said["user"] else "Nobody has it now."


@verb(forms.ResolveForm)
def incident_resolve(incident: Incident, actor: Actor, said: Mapping[str, Any]) -> str:
    """End it."""
    incident.resolve(by=actor, **said)
    return "The incident is resolved."


@verb(forms.ReopenForm)
def incident_reopen(incident: Incident, actor: Actor, said: Mapping[str, Any]) -> str:
    """Open it again."""
    incident.reopen(by=actor, **said)
    return "The incident is open again and waits to be acknowledged."
