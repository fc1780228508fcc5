"""Escalation policies: all of them, and one with whom it would reach now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import ConsoleRequest
from oncall import sentences, who
from oncall.forms import choices
from oncall.models import EscalationPolicy
from oncall.pagers import besides
from oncall.written import Said


@require_safe
def policies(request: ConsoleRequest) -> HttpResponse:
    """List the policies, in the order in which they are asked."""
    rows, names = EscalationPolicy.objects.select_related("team").prefetch_related("services"), choices.every_name()
    told = [(policy, told_of(policy, names)) for policy in rows]
    return render(request, "oncall/policies.html", {"rows": told})


@require_safe
def policy_detail(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show what it does, and whom each step would reach at this moment."""
    policy = get_object_or_404(EscalationPolicy.objects.select_related("team").prefetch_related("services"), pk=pk)
    names, now = choices.every_name(), timezone.now()
    steps = [_step(number, step, names) for number, step in enumerate(policy.steps, 1)]
    context = {"policy": policy, "told": told_of(policy, names), "steps": steps, "works": policy.works_at(now)}
    named = {str(service.pk) for service in policy.services.all()}
    context["pagers"] = besides(policy.pk, named) if named or policy.every_service else []
    return render(request, "oncall/policy.html", context)


def told_of(policy: EscalationPolicy, names: dict[str, str]) -> dict[str, Any]:
    """Return a policy in words."""
    return {
        "sentence": sentences.policy(policy.steps, policy.repeat, names),
        "services": _services(policy),
        "severity": sentences.worse_than(policy.severity),
        "hours": f"{sentences.hours(policy.hours)} ({policy.timezone})" if policy.hours else "Always",
        "remind": f"After {sentences.minutes(policy.remind_after)} of silence" if policy.remind_after else "Never",
    }


def _services(policy: EscalationPolicy) -> str:
    if policy.every_service:
        return "Every service"
    return ", ".join(service.name for service in policy.services.all()) or "None: those it named are gone"


def _step(number: int, step: Said, names: dict[str, str]) -> Said:
    found = [(sentences.target(target, names), who.resolve(target, timezone.now())) for target in step["targets"]]
    return {"number": number, "wait": sentences.minutes(step["delay"]), "targets": found}
