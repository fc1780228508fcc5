"""What a plan comes to, and what is sent about it, before anybody else sees it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import ConsoleRequest, requires
from accounts.roles import Role
from services import announcements
from services.forms.repeats import ONE
from services.forms.windows import WindowForm
from services.maintenance.ahead import look_ahead
from services.maintenance.repeat import How
from services.models import Maintenance

# What a preview needs; the rest may still be empty.
WHEN = ("timezone", "scheduled_start", "scheduled_end", "how", "every", "days", "until", "count", "recurrence")


@requires(Role.OPERATOR)
@require_POST
def window_preview(request: ConsoleRequest) -> HttpResponse:
    """Show the next windows of what is typed, and what is sent about them; htmx puts it beside the form."""
    form = WindowForm(announcements.countable(request.POST, "title"))
    return fragment(request, preview_of(request, form, lambda: plan(request, form)))


def plan(request: ConsoleRequest, form: WindowForm) -> Maintenance:
    """Plan what the form says."""
    return Maintenance.schedule(by=request.actor, quiet="quiet" in request.POST, **form.arguments)


def preview_of(
    request: ConsoleRequest, form: WindowForm, act: Callable[[], object], window: Maintenance | None = None
) -> dict[str, Any]:
    """Return what the plan comes to, and the message that ``act`` would send. ``window`` is the one that is edited."""
    message = announcements.rehearsed(form, act)
    return _ahead(_alone(request, window)) | {"announcement": message, "known": form.is_valid()}


def fragment(request: ConsoleRequest, preview: dict[str, Any]) -> HttpResponse:
    """Return the preview alone."""
    return render(request, "services/maintenance/_preview.html", {"preview": preview, "fragment": True})


def _alone(request: ConsoleRequest, window: Maintenance | None) -> WindowForm:
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
