"""Pausing, resuming, switching off, another address: one verb each."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import ConsoleRequest
from services.forms.pausing import PauseForm
from services.models import Heartbeat
from services.views.answers import back_to, tried


@require_POST
def heartbeat_pause(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Let the checks rest, for a while or until they are resumed."""
    heartbeat, form = _heartbeat(pk), PauseForm(request.POST)
    if form.is_valid():
        until = form.until(timezone.now())
        _do(request, lambda: heartbeat.pause(by=request.actor, until=until), "The checks rest.")
    else:
        messages.error(request, "Choose how long it rests.")
    return _back(pk)


@require_POST
def heartbeat_resume(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Let the checks go on."""
    heartbeat = _heartbeat(pk)
    _do(request, lambda: heartbeat.resume(by=request.actor), "The checks go on.")
    return _back(pk)


@require_POST
def heartbeat_rotate(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Give the job another address."""
    heartbeat = _heartbeat(pk)
    said = "The address is another one now. The job has to call it from here on."
    _do(request, lambda: heartbeat.rotate_token(by=request.actor), said)
    return _back(pk)


@require_http_methods(["GET", "HEAD", "POST"])
def heartbeat_off(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Ask, then switch off."""
    heartbeat = _heartbeat(pk)
    component = heartbeat.component
    if request.method == "POST":
        _do(request, lambda: heartbeat.switch_off(by=request.actor), f"{component.name} is not checked any more.")
        return _back(pk)
    return render(request, "services/heartbeat_off.html", {"component": component, "service": component.service})


def _do(request: ConsoleRequest, verb: Callable[[], object], said: str) -> None:
    if tried(request, verb):
        messages.success(request, said)


def _heartbeat(pk: UUID) -> Heartbeat:
    return get_object_or_404(Heartbeat.objects.select_related("component__service"), pk=pk)


def _back(pk: UUID) -> HttpResponse:
    return back_to("services:component-detail", pk, anchor="heartbeat")
