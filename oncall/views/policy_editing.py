"""Making escalation policies, changing them and deleting them. Who comes second sees both texts."""

from __future__ import annotations

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
from oncall import sentences
from oncall.forms import choices
from oncall.forms import policies as form_of
from oncall.forms.policies import PolicyForm
from oncall.models import EscalationPolicy
from oncall.severities import CHOICES
from oncall.written import Said
from services.forms import accepted
from services.views.answers import tried

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
        return _page(request, _on_top(request, error), policy=policy, status=409, **_both(form, error))
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


def _preview(form: PolicyForm) -> dict[str, str]:
    """Return the policy as a sentence; empty while something is missing."""
    form.is_valid()
    if any(step.errors for step in form.steps) or "repeat" in form.errors:
        return {"sentence": ""}
    steps = [step.said for step in form.steps]
    return {"sentence": sentences.policy(steps, form.cleaned_data["repeat"], choices.every_name())}


def _on_top(request: ConsoleRequest, error: StaleEdit) -> PolicyForm:
    """Return the form as it was typed, to be saved on top of what was saved meanwhile."""
    data = request.POST.copy()
    data["version"] = str(error.current["version"])
    return form_of.sent_form(data)


def _both(form: PolicyForm, error: StaleEdit) -> dict[str, Any]:
    """Return where what was typed differs from what was saved meanwhile: label, theirs, mine."""
    mine, theirs = _words(form.said), _words(dict(error.current))
    return {
        "stale": True,
        "differences": [(name, theirs[name], mine[name]) for name in mine if mine[name] != theirs[name]],
    }


def _words(said: Said) -> dict[str, str]:
    plain = {label: str(said[name]) for name, label in _LABELS.items()}
    return {
        "Name": said["name"],
        "Team": str(said["team"] or ""),
        "Steps": sentences.policy(said["steps"], 0, choices.every_name()),
        "Services": ", ".join(sorted(str(service) for service in said["services"])),
        "How bad": dict(CHOICES).get(said["severity"], ""),
        "Hours": sentences.hours(said["hours"]),
        "Time zone": said["timezone"],
        **plain,
        "In use": "Yes" if said["enabled"] else "No",
    }


def _page(request: ConsoleRequest, form: PolicyForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "form_token": new_token(), **more}
    return render(request, "oncall/policy_form.html", context, status=status)
