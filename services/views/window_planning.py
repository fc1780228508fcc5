"""Planning a window and changing its plan. Who comes second sees both texts; nothing is planned unseen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import ConsoleRequest, requires
from accounts.once import new_token, once
from accounts.roles import Role
from events.errors import StaleEdit
from services import announcements
from services.forms import accepted
from services.forms.repeats import ONE
from services.forms.windows import WindowForm, first_of
from services.maintenance.ahead import look_ahead
from services.maintenance.repeat import How
from services.models import Maintenance
from services.views import expecting

# What a preview needs; the rest may still be empty.
WHEN = ("timezone", "scheduled_start", "scheduled_end", "how", "every", "days", "until", "count", "recurrence")


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def window_plan(request: ConsoleRequest) -> HttpResponse:
    """Ask what, where and when; then plan it."""
    first = first_of(request.user.timezone, timezone.now(), request.GET.getlist("service"))
    form = WindowForm(request.POST or None, initial=first)
    if request.method != "POST":
        return _page(request, form)
    if "preview" in request.POST:
        return _page(request, form, preview=_ahead(form) | _told(request, form))
    made: list[Maintenance] = []

    def plan() -> None:
        made.append(Maintenance.schedule(by=request.actor, quiet="quiet" in request.POST, **form.arguments))

    if accepted(form, plan):
        messages.success(request, f"“{made[0]}” is planned. It starts and ends by the clock.")
        return redirect("maintenance:detail", made[0].pk)
    return _page(request, form, status=400)


@requires(Role.OPERATOR)
@once
@require_http_methods(["GET", "HEAD", "POST"])
def window_edit(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show the plan, then save what was changed."""
    window = get_object_or_404(Maintenance.objects.select_related("series"), pk=pk)
    form = WindowForm(request.POST or None, window=window)
    if request.method != "POST":
        return _page(request, form, window=window)
    if "preview" in request.POST:
        typed = WindowForm(announcements.countable(request.POST, "title"), window=window)
        preview = _ahead(_previewed(request, window)) | _told(request, typed, window)
        htmx = "HX-Request" in request.headers
        return _fragment(request, preview) if htmx else _page(request, form, window=window, preview=preview)
    try:
        if accepted(form, lambda: _save(request, window, form)):
            messages.success(request, "The changes are saved.")
            return redirect("maintenance:detail", pk)
    except StaleEdit:
        window.refresh_from_db()
        return _page(request, _on_top(request, window), window=window, status=409, **_both(form, window))
    return _page(request, form, window=window, status=400)


@requires(Role.OPERATOR)
@require_POST
def window_preview(request: ConsoleRequest) -> HttpResponse:
    """Show the next windows of what is typed, and what is sent about them; htmx puts it beside the form."""
    form = WindowForm(announcements.countable(request.POST, "title"))
    return _fragment(request, _ahead(_previewed(request, None)) | _told(request, form))


def _fragment(request: ConsoleRequest, preview: dict[str, Any]) -> HttpResponse:
    return render(request, "services/maintenance/_preview.html", {"preview": preview, "fragment": True})


def _told(request: ConsoleRequest, form: WindowForm, window: Maintenance | None = None) -> dict[str, Any]:
    """Return the message that planning, or saving, would send."""

    def act() -> None:
        if window is None:
            Maintenance.schedule(by=request.actor, **form.arguments)
        else:
            _save(request, Maintenance.objects.select_related("series").get(pk=window.pk), form)

    return {"announcement": announcements.rehearsed(form, act), "known": form.is_valid()}


def _save(request: ConsoleRequest, window: Maintenance, form: WindowForm) -> None:
    said = form.cleaned_data
    window.edit(
        by=request.actor,
        changes=form.changes,
        services=said["services"],
        version=said["version"],
        later=form.for_later,
        quiet="quiet" in request.POST,
    )


def _previewed(request: ConsoleRequest, window: Maintenance | None) -> WindowForm:
    """Return what is typed, to look ahead from: a window of a series that is changed alone does not repeat."""
    data = request.POST.copy()
    if data.get("later") == ONE:
        data["how"] = How.NEVER.value
    return WindowForm(data, window=window)


def _ahead(form: WindowForm) -> dict[str, Any]:
    """Return what the plan comes to, or the sentences that say why it comes to nothing."""
    if wrong := [name for name in WHEN if name in form.errors]:
        return {"errors": [f"{form[name].label}: {' '.join(map(str, form.errors[name]))}" for name in wrong]}
    said = form.cleaned_data
    try:
        planned = form.window is None or form.moves("scheduled_start")
        plan = look_ahead(form.start, form.end, said["timezone"], form.rule, timezone.now(), planned=planned)
    except ValidationError as error:
        return {"errors": error.messages}
    return {"plan": plan, "warnings": form.warnings, "zone": said["timezone"]}


def _on_top(request: ConsoleRequest, window: Maintenance) -> WindowForm:
    """Return the form as it was typed, to be saved on top of what was saved meanwhile."""
    data = request.POST.copy()
    data["version"] = str(window.version)
    return WindowForm(data, window=window)


def _both(typed: WindowForm, window: Maintenance) -> dict[str, Any]:
    """Return where what was typed differs from what was saved meanwhile: label, theirs, mine."""
    fresh = WindowForm(window=window)
    differences = [
        (str(typed[name].label), _words(fresh, name, fresh.initial.get(name)), _words(typed, name, typed[name].value()))
        for name in typed.fields
        if name not in ("version", "later")
    ]
    return {"stale": True, "differences": [row for row in differences if row[1] != row[2]]}


def _words(form: WindowForm, name: str, value: object) -> str:
    choices = dict(getattr(form.fields[name], "choices", ()))
    if isinstance(value, list | tuple):
        return ", ".join(sorted(str(choices.get(one, one)) for one in value))
    shown = form.fields[name].widget.format_value(value) if hasattr(form.fields[name].widget, "format_value") else value
    return str(choices.get(value, "" if value is None else shown or "")).replace("\r\n", "\n")


def _page(request: ConsoleRequest, form: WindowForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "form_token": new_token(), "tells": _expected(form, more), **more}
    return render(request, "services/maintenance/form.html", context, status=status)


def _expected(form: WindowForm, shown: Mapping[str, Any]) -> int:
    """Return to how many it goes: as the preview says, or with what is ticked; an edit may move nothing."""
    preview = shown.get("preview", {})
    if preview.get("known"):
        return preview["announcement"].recipients if preview["announcement"] else 0
    known = {str(service.pk) for group in form.groups for service in group.services}
    return 0 if "window" in shown else expecting.of_planning(form.ticked & known)
