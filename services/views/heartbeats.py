"""Saying how a component is checked: the kind first, then what that kind can be told."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.access import ConsoleRequest
from events.errors import StaleEdit
from services.forms import accepted
from services.forms.heartbeats import HeartbeatForm
from services.models import Component, Heartbeat
from services.probes import KINDS, Outcome, Probe
from services.probes.trial import trial
from services.views.answers import back_to
from services.views.components import component_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def heartbeat_edit(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Choose a kind, try it out, save it."""
    component = component_or_404(pk)
    heartbeat: Heartbeat | None = getattr(component, "heartbeat", None)
    context: dict[str, Any] = {"component": component, "service": component.service, "heartbeat": heartbeat}
    probe = _probe(request, heartbeat)
    if probe is None:
        return render(request, "services/heartbeat_kinds.html", {**context, "kinds": KINDS.values()})
    form = HeartbeatForm(request.POST or None, probe=probe, heartbeat=heartbeat)
    context |= {"form": form, "probe": probe}
    if request.method == "POST":
        if "try" in request.POST and not probe.waits:
            return _tried(request, form, heartbeat, context)
        try:
            if accepted(form, lambda: _configure(request, component, form)):
                messages.success(request, _said(component, probe))
                return back_to("services:component-detail", pk)
        except StaleEdit as error:
            return _both(request, form, error, context)
    return render(request, "services/heartbeat_form.html", context)


def _probe(request: ConsoleRequest, heartbeat: Heartbeat | None) -> Probe | None:
    """Return the kind that was chosen; without a choice the one that stands. ``None`` asks for one."""
    kind = request.GET.get("kind", heartbeat.kind if heartbeat else "")
    if kind and kind not in KINDS:
        raise Http404
    return KINDS.get(kind) if "choose" not in request.GET else None


def _configure(request: ConsoleRequest, component: Component, form: HeartbeatForm) -> None:
    Heartbeat.configure(component, by=request.actor, **form.said)


def _tried(
    request: ConsoleRequest, form: HeartbeatForm, heartbeat: Heartbeat | None, context: dict[str, Any]
) -> HttpResponse:
    """Run what was typed, saved or not, and show what comes of it beside what was typed."""
    outcomes: list[Outcome] = []
    if accepted(form, lambda: outcomes.append(trial(heartbeat, **form.asks, **form.patience))):
        context |= {"outcome": outcomes[0]}
    return render(request, "services/heartbeat_form.html", context)


def _both(request: ConsoleRequest, form: HeartbeatForm, error: StaleEdit, context: dict[str, Any]) -> HttpResponse:
    """Say that somebody was faster; what was typed stays, and saving again goes over it."""
    again = {**request.POST.dict(), "version": error.current["version"]}
    fresh = HeartbeatForm(again, probe=form.probe, heartbeat=context["heartbeat"])
    return render(request, "services/heartbeat_form.html", {**context, "form": fresh, "stale": str(error)}, status=409)


def _said(component: Component, probe: Probe) -> str:
    if probe.waits:
        return f"The heartbeat of {component.name} is saved. Have the job call its address: it stands below."
    return f"The heartbeat of {component.name} is saved. Its next check comes within seconds."
