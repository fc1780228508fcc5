"""The verbs of a window: each its own address and a line of its own."""

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
from services import announcements
from services.forms import accepted
from services.forms import window_verbs as forms
from services.models import Maintenance
from services.views.windows import window_page

Act: TypeAlias = Callable[[Maintenance, Actor, Mapping[str, Any]], str]


def verb(kind: type[forms.VerbForm]) -> Callable[[Act], View]:
    """Make a view of ``act``, which does the verb with what the form holds and returns the sentence that says so.

    A form that is not accepted comes back on the page with its reason and what was typed.
    """

    def make(act: Act) -> View:
        def view(request: ConsoleRequest, pk: UUID) -> HttpResponse:
            if request.method != "POST":
                # A reload of a refusal, or the way back from signing in anew.
                return redirect("maintenance:detail", pk)
            window = get_object_or_404(Maintenance.objects.select_related("series"), pk=pk)
            form = kind(window, announcements.countable(request.POST, "message"))
            said: list[str] = []

            def do() -> None:
                said.append(act(window, request.actor, form.cleaned_data | {"quiet": "quiet" in request.POST}))

            if "preview" in request.POST:
                return _previewed(request, pk, form, announcements.rehearsed(form, do))
            if accepted(form, do):
                messages.success(request, said[0])
                return redirect("maintenance:detail", pk)
            return window_page(request, pk, form, status=409 if form.non_field_errors() else 400)

        view.__name__, view.__doc__ = act.__name__, act.__doc__
        return once(require_http_methods(["GET", "HEAD", "POST"])(view))

    return make


def _previewed(
    request: ConsoleRequest, pk: UUID, form: forms.VerbForm, message: announcements.Message | None
) -> HttpResponse:
    """Show what the verb would say: htmx puts it beside the form, without it the form's page shows it."""
    preview = {"verb": form.verb, "announcement": message, "known": form.is_valid()}
    if "HX-Request" in request.headers:
        return render(request, "components/announcement.html", {**preview, "fragment": True})
    tells = {form.verb: message.recipients if message else announcements.NOBODY} if preview["known"] else {}
    return window_page(request, pk, form, preview=preview, tells=tells)


@verb(forms.StartForm)
def window_start(window: Maintenance, actor: Actor, said: Mapping[str, Any]) -> str:
    """Begin the work."""
    window.start(by=actor, **said)
    return "The maintenance has started. Its services show it, or what is worse; nothing of it counts as downtime."


@verb(forms.CompleteForm)
def window_complete(window: Maintenance, actor: Actor, said: Mapping[str, Any]) -> str:
    """End the work."""
    window.complete(by=actor, **said)
    return "The maintenance is completed: its services are what they are again."


@verb(forms.ExtendForm)
def window_extend(window: Maintenance, actor: Actor, said: Mapping[str, Any]) -> str:
    """Let it end later."""
    window.extend(by=actor, **said)
    return "The maintenance ends later."


@verb(forms.CancelForm)
def window_cancel(window: Maintenance, actor: Actor, said: Mapping[str, Any]) -> str:
    """Call it off."""
    window.cancel(by=actor, **said)
    return "This and all later ones are cancelled." if said.get("later") else "The maintenance is cancelled."


@verb(forms.UpdateForm)
def window_update(window: Maintenance, actor: Actor, said: Mapping[str, Any]) -> str:
    """Say something."""
    window.post_update(by=actor, **said)
    if not said["public"]:
        return "The note is saved; only people here see it."
    shown = "the public page shows it" if window.public else "the window is internal, so only people here see it"
    return f"The update is posted; {shown}."
