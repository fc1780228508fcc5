"""Making schedules, changing and deleting them. Who comes second sees both texts; a preview says what it comes to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import ConsoleRequest, requires
from accounts.once import new_token, once
from accounts.roles import Role
from events.errors import StaleEdit
from events.kinds import Kind
from oncall.forms import choices, scheduling
from oncall.forms.scheduling import ScheduleForm
from oncall.models import Schedule
from oncall.sentences import layer as in_words
from oncall.views.previewing import preview_of
from services.forms import accepted
from services.views.answers import tried
from services.views.both import both, saved_last
from services.views.three_ways import BEGAN, put_together, read, written


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_create(request: ConsoleRequest) -> HttpResponse:
    """Ask for a name, a zone and layers; then make it."""
    if request.method != "POST":
        return _page(request, scheduling.first(request.user.timezone, timezone.now()))
    form = _sent(request, request.POST)
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
    form = _sent(request, request.POST)
    if not form.is_bound:
        return _page(request, form, schedule=schedule)
    if "preview" in request.POST:
        return _page(request, form, schedule=schedule, preview=preview_of(form, schedule, timezone.now()))
    try:
        if accepted(form, lambda: _save(request, schedule, form)):
            messages.success(request, f"{schedule} is changed, from now on. What was before stays as it was.")
            return redirect("oncall:schedule", pk)
    except StaleEdit as error:
        return _second(request, form, error, pk)
    return _page(request, form, schedule=schedule, status=400)


@requires(Role.OPERATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_delete(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Ask, then delete; where policies page it, name them instead."""
    schedule = get_object_or_404(Schedule, pk=pk)
    if request.method == "POST" and tried(request, lambda: schedule.remove(by=request.actor)):
        messages.success(request, f"The schedule {schedule} is deleted.")
        return redirect("oncall:overview")
    return render(request, "oncall/schedule_delete.html", {"schedule": schedule, "pagers": schedule.pagers()})


def _sent(request: ConsoleRequest, typed: QueryDict) -> ScheduleForm:
    return scheduling.sent_form(typed, request.user.timezone, timezone.now())


def _save(request: ConsoleRequest, schedule: Schedule, form: ScheduleForm) -> None:
    schedule.edit(by=request.actor, changes=form.said, version=form.cleaned_data["version"])


def _second(request: ConsoleRequest, form: ScheduleForm, error: StaleEdit, pk: UUID) -> HttpResponse:
    """Show what was saved meanwhile, with what this editor changed on top of it."""
    schedule = Schedule.objects.prefetch_related("editions").get(pk=pk)
    theirs = scheduling.plain(schedule.name, schedule.team_id, schedule.timezone, schedule.layers)
    team = form.said["team"]
    mine = scheduling.plain(**form.said | {"team": team and team.pk})
    merged = put_together(read(request.POST.get(BEGAN, "")), theirs, mine)
    seen = both(_words(theirs), _words(merged), whole=False)
    saved = saved_last(Kind.SCHEDULE_CHANGED, pk)
    again = scheduling.holding(merged, error.current["version"])
    return _page(request, again, schedule=schedule, status=409, began=written(theirs), saved=saved, **seen)


def _words(said: Mapping[str, Any]) -> dict[str, str]:
    names, team = choices.names(), choices.team_name(said["team"])
    layers = "\n".join(in_words(layer, names) for layer in said["layers"])
    return {"Name": said["name"], "Team": team, "Time zone": said["timezone"], "Layers": layers}


def _page(request: ConsoleRequest, form: ScheduleForm, *, status: int = 200, **more: Any) -> HttpResponse:
    schedule = more.get("schedule")
    context = {"form": form, "form_token": new_token(), "began": request.POST.get(BEGAN, ""), **more}
    if schedule and not context["began"]:
        context["began"] = written(
            scheduling.plain(schedule.name, schedule.team_id, schedule.timezone, schedule.layers)
        )
    return render(request, "oncall/schedule_form.html", context, status=status)
