"""Planning a window and changing its plan. Who comes second sees both texts; nothing is planned unseen."""

from __future__ import annotations

from collections.abc import Mapping
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
from services import announcements
from services.announcements import NOBODY, Going
from services.forms import accepted
from services.forms.windows import WindowForm, first_of
from services.models import Maintenance
from services.views import expecting
from services.views.both import both, on_top
from services.views.window_preview import fragment, plan, preview_of


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
        return _page(request, form, preview=preview_of(request, form, lambda: plan(request, form)))
    made: list[Maintenance] = []
    if accepted(form, lambda: made.append(plan(request, form))):
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
        return _previewed(request, window, form)
    try:
        if accepted(form, lambda: _save(request, window, form)):
            messages.success(request, "The changes are saved.")
            return redirect("maintenance:detail", pk)
    except StaleEdit:
        window.refresh_from_db()
        again = WindowForm(on_top(request.POST, window.version), window=window)
        return _page(request, again, window=window, status=409, **_both(form, window))
    return _page(request, form, window=window, status=400)


def _previewed(request: ConsoleRequest, window: Maintenance, form: WindowForm) -> HttpResponse:
    typed = WindowForm(announcements.countable(request.POST, "title"), window=window)
    fresh = Maintenance.objects.select_related("series").get(pk=window.pk)
    preview = preview_of(request, typed, lambda: _save(request, fresh, typed), window)
    if "HX-Request" in request.headers:
        return fragment(request, preview)
    return _page(request, form, window=window, preview=preview)


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


def _both(typed: WindowForm, window: Maintenance) -> dict[str, Any]:
    fresh = WindowForm(window=window)
    labels = {name: str(typed[name].label) for name in typed.fields if name not in ("version", "later")}
    theirs = {label: _words(fresh, name, fresh.initial.get(name)) for name, label in labels.items()}
    mine = {label: _words(typed, name, typed[name].value()) for name, label in labels.items()}
    return both(theirs, mine)


def _words(form: WindowForm, name: str, value: object) -> str:
    choices = dict(getattr(form.fields[name], "choices", ()))
    if isinstance(value, list | tuple):
        return ", ".join(sorted(str(choices.get(one, one)) for one in value))
    shown = form.fields[name].widget.format_value(value) if hasattr(form.fields[name].widget, "format_value") else value
    return str(choices.get(value, "" if value is None else shown or "")).replace("\r\n", "\n")


def _page(request: ConsoleRequest, form: WindowForm, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "form_token": new_token(), "tells": _expected(form, more), **more}
    return render(request, "services/maintenance/form.html", context, status=status)


def _expected(form: WindowForm, shown: Mapping[str, Any]) -> Going | None:
    """Return to how many it goes: as the preview says, or with what is ticked; an edit may move nothing."""
    preview = shown.get("preview", {})
    if preview.get("known"):
        return preview["announcement"].recipients if preview["announcement"] else NOBODY
    known = {str(service.pk) for group in form.groups for service in group.services}
    return NOBODY if "window" in shown else expecting.of_planning(form.ticked & known)
