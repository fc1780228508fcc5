"""Making schedules, changing and deleting them. Who comes second sees both texts; a preview says what it comes to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import ConsoleRequest, requires
from accounts.once import new_token, once
from accounts.roles import Role
from events.errors import StaleEdit
from oncall.forms import choices, scheduling
from oncall.forms.scheduling import ScheduleForm
from oncall.models import Schedule
from oncall.sentences import layer as in_words
from oncall.views.previewing import preview_of
from oncall.written import Said
from services.forms import accepted
from services.views.answers import tried


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_create(request: ConsoleRequest) -> HttpResponse:
    """Ask for a name, a zone and layers; then make it."""
    if request.method != "POST":
        return _page(request, scheduling.first(request.user.timezone, timezone.now()))
    form = _sent(request)
    if not form.is_bound:
        return _page(request, form)
    if "preview" in request.POST:
        return _page(request, form, preview=preview_of(form, None, timezone.now()))
    made: list[Schedule] = []
    if accepted(form, lambda: made.append(Schedule.add(by=request.actor, **form.said))):
        messages.success(request, f"{made[0]} is made. Put it into an escalation policy, and it is paged.")
        return redirect("oncall:schedule", made[0].pk)
    return _page(request, form, status=400)


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_edit(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show the schedule, then change it from now on."""
    schedule = get_object_or_404(Schedule.objects.prefetch_related("editions"), pk=pk)
    if request.method != "POST":
        return _page(request, scheduling.shown(schedule), schedule=schedule)
    form = _sent(request)
    if not form.is_bound:
        return _page(request, form, schedule=schedule)
    if "preview" in request.POST:
        return _page(request, form, schedule=schedule, preview=preview_of(form, schedule, timezone.now()))
    try:
        if accepted(form, lambda: _save(request, schedule, form)):
            messages.success(request, f"{schedule} is changed, from now on. What was before stays as it was.")
            return redirect("oncall:schedule", pk)
    except StaleEdit as error:
        return _page(request, _on_top(request, error), schedule=schedule, status=409, **_both(form, error))
    return _page(request, form, schedule=schedule, status=400)


@requires(Role.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_delete(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Ask, then delete; a refusal says which policy pages it."""
    schedule = get_object_or_404(Schedule, pk=pk)
    if request.method == "POST" and tried(request, lambda: schedule.remove(by=request.actor)):
        messages.success(request, f"The schedule {schedule} is deleted.")
        return redirect("oncall:overview")
    return render(request, "oncall/schedule_delete.html", {"schedule": schedule})


def _sent(request: ConsoleRequest) -> ScheduleForm:
    return scheduling.sent_form(request.POST, request.user.timezone, timezone.now())


def _save(request: ConsoleRequest, schedule: Schedule, form: ScheduleForm) -> None:
    schedule.edit(by=request.actor, changes=form.said, version=form.cleaned_data["version"])


def _on_top(request: ConsoleRequest, error: StaleEdit) -> ScheduleForm:
    """Return the form as it was typed, to be saved on top of what was saved meanwhile."""
    data = request.POST.copy()
    data["version"] = str(error.current["version"])
    return scheduling.sent_form(data, request.user.timezone, timezone.now())


def _both(form: ScheduleForm, error: StaleEdit) -> dict[str, Any]:
    """Return where what was typed differs from what was saved meanwhile: label, theirs, mine."""
    mine, theirs = _words(form.said), _words(dict(error.current))
    return {
        "stale": True,
        "differences": [(name, theirs[name], mine[name]) for name in mine if mine[name] != theirs[name]],
    }


def _words(said: Said) -> dict[str, str]:
    names = choices.names()
    layers = "\n".join(in_words(layer, names) for layer in said["layers"])
    return {"Name": said["name"], "Team": str(said["team"] or ""), "Time zone": said["timezone"], "Layers": layers}


def _page(request: ConsoleRequest, form: ScheduleForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "form_token": new_token(), **more}
    return render(request, "oncall/schedule_form.html", context, status=status)
