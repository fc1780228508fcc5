"""Taking a shift, standing in, swapping, and ending that."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import ConsoleRequest, requires
from accounts.once import new_token, once
from accounts.roles import Role
from oncall import ahead, who
from oncall.forms import choices, covering
from oncall.forms.covering import CoverForm, Stretch, SwapForm
from oncall.models import Override, Schedule
from services.forms import accepted
from services.views.answers import back_to, tried


@require_POST
def schedule_take(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Put whoever presses the button on call over that shift."""
    schedule = _schedule(pk)
    if tried(request, lambda: _take(request, schedule)):
        messages.success(request, "It is your shift now. To give it back, end the override below.")
    return back_to("oncall:schedule", pk, anchor="overrides")


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_cover(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Ask who is on call instead, from when to when; then put them on call."""
    schedule = _schedule(pk)
    initial = covering.first(request.user, _asked(request), timezone.now())
    form = CoverForm(request.POST or None, initial=initial)
    if request.method == "POST" and accepted(form, lambda: _cover(request, schedule, form)):
        messages.success(request, f"{form.cleaned_data['user']} is on call then, whatever the layers say.")
        for warning in form.warnings:
            messages.warning(request, warning)
        return back_to("oncall:schedule", pk, anchor="overrides")
    return _page(request, "cover", form, schedule)


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def schedule_swap(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Ask for two shifts; then let their people swap, both or neither."""
    schedule = _schedule(pk)
    initial = {"first": request.GET.get("shift", "")}
    form = SwapForm(request.POST or None, shifts=_offered(schedule), initial=initial)
    if request.method == "POST" and accepted(form, lambda: schedule.swap(*form.said, by=request.actor)):
        messages.success(request, "The two shifts are swapped.")
        return back_to("oncall:schedule", pk, anchor="overrides")
    return _page(request, "swap", form, schedule)


@require_POST
def override_end(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """End an override now; one that has not begun is taken back."""
    override = get_object_or_404(Override.objects.select_related("schedule", "user"), pk=pk)
    had_begun: list[bool] = []
    if tried(request, lambda: had_begun.append(override.finish(by=request.actor))):
        done = "It is over" if had_begun[0] else f"{override.user} does not stand in then: that is taken back"
        messages.success(request, f"{done}. What stands without it holds again.")
    return back_to("oncall:schedule", override.schedule_id, anchor="overrides")


@require_POST
def schedule_rotate(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Give the calendar another address."""
    if tried(request, lambda: _schedule(pk).rotate_feed(by=request.actor)):
        messages.success(request, "The calendar has another address. The one before answers no more.")
    return back_to("oncall:schedule", pk, anchor="feed")


def _schedule(pk: UUID) -> Schedule:
    return get_object_or_404(Schedule.objects.prefetch_related("editions", "overrides"), pk=pk)


def _take(request: ConsoleRequest, schedule: Schedule) -> None:
    schedule.take(request.user, *covering.read(request.POST.get("shift", "")), by=request.actor)


def _cover(request: ConsoleRequest, schedule: Schedule, form: CoverForm) -> None:
    schedule.cover(form.cleaned_data["user"], *form.stretch, by=request.actor)


def _asked(request: ConsoleRequest) -> Stretch | None:
    try:
        return covering.read(request.GET.get("shift", ""))
    except ValidationError:
        return None


def _offered(schedule: Schedule) -> list[tuple[str, str]]:
    """Return the shifts of the next two weeks that somebody has, on the viewer's clock."""
    now, names = timezone.now(), choices.names()
    plan = who.whole_shifts(schedule, now, now + 2 * ahead.LOOKED_AHEAD)
    return [
        (covering.value(shift), f"{names.get(shift.user, '')}: {_clock(shift.start)} to {_clock(shift.end)}")
        for shift in plan
        if shift.user
    ]


def _clock(at: datetime) -> str:
    shown = timezone.localtime(at)
    return f"{shown:%a} {shown.day} {shown:%b, %H:%M}"


def _page(request: ConsoleRequest, name: str, form: Any, schedule: Schedule) -> HttpResponse:
    context = {
        "form": form,
        "schedule": schedule,
        "form_token": new_token(),
        "zone": timezone.get_current_timezone_name(),
    }
    return render(request, f"oncall/{name}.html", context, status=400 if form.errors else 200)
