"""Checking now: the result is said on the page that the button was on."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.access import ConsoleRequest
from services import checks
from services.models import Component, Heartbeat
from services.probes import Outcome
from services.views.answers import back_to, tried


@require_POST
def check_now(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Check, and say what came of it."""
    heartbeat = get_object_or_404(Heartbeat.objects.select_related("component__service"), pk=pk)
    outcomes: dict[UUID, Outcome] = {}
    if tried(request, lambda: outcomes.update(checks.run_now([pk]))) and pk in outcomes:
        _say(request, heartbeat, outcomes[pk])
    return back_to("services:component-detail", pk)


def _say(request: ConsoleRequest, heartbeat: Heartbeat, outcome: Outcome) -> None:
    component = Component.objects.filter(pk=heartbeat.pk).first()
    if component is None:
        # Deleted while its check ran; the page that follows says so.
        return
    took = f" ({outcome.latency_ms:.0f} ms)" if outcome.latency_ms is not None else ""
    said = f"{component.name} {_word(outcome)}{took}. Status: {component.current.label.lower()}."
    (messages.success if outcome.ok and not outcome.warn else messages.warning)(request, said)


def _word(outcome: Outcome) -> str:
    verdict = "passed the check" if outcome.ok else "failed the check"
    return f"{verdict}: {outcome.detail.rstrip('.')}" if outcome.detail else verdict
