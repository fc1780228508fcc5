"""Making escalation policies, changing them and deleting them. Who comes second sees both texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import ConsoleRequest, requires
from accounts.once import new_token, once
from accounts.roles import Role
from events.errors import StaleEdit
from events.kinds import Kind
from oncall import sentences
from oncall.forms import choices
from oncall.forms import policies as form_of
from oncall.forms.policies import PolicyForm
from oncall.models import EscalationPolicy
from oncall.pagers import besides
from oncall.severities import CHOICES
from services.forms import accepted
from services.models import Service
from services.views.answers import tried
from services.views.both import both, saved_last
from services.views.three_ways import BEGAN, put_together, read, written

_LABELS: Final = {"repeat": "Then all of it again", "remind_after": "Remind after", "position": "Place"}


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def policy_create(request: ConsoleRequest) -> HttpResponse:
    """Ask whom to reach, in which order; then make it."""
    if request.method != "POST":
        return _page(request, form_of.first(request.user.timezone))
    form = form_of.sent_form(request.POST)
    if not form.is_bound:
        return _page(request, form)
    if "preview" in request.POST:
        return _page(request, form, preview=_preview(form))
    made: list[EscalationPolicy] = []
    if accepted(form, lambda: made.append(EscalationPolicy.add(by=request.actor, **form.said))):
        messages.success(request, f"{made[0]} is made, and counts for incidents from now on.")
        return redirect("oncall:policy", made[0].pk)
    return _page(request, form, status=400)


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def policy_edit(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show the policy, then change it; pages that run go on as they began."""
    policy = get_object_or_404(EscalationPolicy, pk=pk)
    if request.method != "POST":
        return _page(request, form_of.shown(policy), policy=policy)
    form = form_of.sent_form(request.POST)
    if not form.is_bound:
        return _page(request, form, policy=policy)
    if "preview" in request.POST:
        return _page(request, form, policy=policy, preview=_preview(form))
    try:
        if accepted(form, lambda: _save(request, policy, form)):
            messages.success(request, f"{policy} is saved. Pages that run go on as they began.")
            return redirect("oncall:policy", pk)
    except StaleEdit as error:
        return _second(request, form, error, pk)
    return _page(request, form, policy=policy, status=400)


@requires(Role.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def policy_delete(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Ask, then delete."""
    policy = get_object_or_404(EscalationPolicy, pk=pk)
    if request.method == "POST" and tried(request, lambda: policy.remove(by=request.actor)):
        messages.success(request, f"The policy {policy} is deleted.")
        return redirect("oncall:policies")
    return render(request, "oncall/policy_delete.html", {"policy": policy})


def _save(request: ConsoleRequest, policy: EscalationPolicy, form: PolicyForm) -> None:
    said = form.said
    if set(said["services"]) == set(policy.services.all()):
        # Of a policy whose services are gone nobody says by saving that it is for all of them.
        del said["services"]
    policy.edit(by=request.actor, changes=said, version=form.cleaned_data["version"])


def _second(request: ConsoleRequest, form: PolicyForm, error: StaleEdit, pk: UUID) -> HttpResponse:
    """Show what was saved meanwhile, with what this editor changed on top of it."""
    policy = EscalationPolicy.objects.get(pk=pk)
    theirs = form_of.stands(policy)
    merged = put_together(read(request.POST.get(BEGAN, "")), theirs, form.compared)
    seen = both(_words(theirs), _words(merged), whole=False)
    saved = saved_last(Kind.POLICY_CHANGED, pk)
    again = form_of.holding(merged, error.current["version"])
    return _page(request, again, policy=policy, status=409, began=written(theirs), saved=saved, **seen)


def _preview(form: PolicyForm) -> dict[str, str]:
    """Return the policy as a sentence; empty while something is missing."""
    form.is_valid()
    if any(step.errors for step in form.steps) or "repeat" in form.errors:
        return {"sentence": ""}
    steps = [step.said for step in form.steps]
    return {"sentence": sentences.policy(steps, form.cleaned_data["repeat"], choices.every_name())}


def _words(said: Mapping[str, Any]) -> dict[str, str]:
    plain = {label: str(said[name]) for name, label in _LABELS.items()}
    named = dict(Service.objects.filter(pk__in=said["services"]).values_list("pk", "name"))
    return {
        "Name": said["name"],
        "Team": choices.team_name(said["team"]),
        "Steps": sentences.policy(said["steps"], 0, choices.every_name()),
        "Services": ", ".join(sorted(named.values())) or "None ticked",
        "How bad": dict(CHOICES).get(said["severity"], ""),
        "Hours": sentences.hours(said["hours"]),
        "Time zone": said["timezone"],
        **plain,
        "In use": "Yes" if said["enabled"] else "No",
    }


def _page(request: ConsoleRequest, form: PolicyForm, *, status: int = 200, **more: Any) -> HttpResponse:
    policy = more.get("policy")
    context = {"form": form, "form_token": new_token(), "began": request.POST.get(BEGAN, ""), **more}
    context["pagers"] = besides(policy and policy.pk, form.ticked)
    if policy and not context["began"]:
        context["began"] = written(form_of.stands(policy))
    return render(request, "oncall/policy_form.html", context, status=status)
