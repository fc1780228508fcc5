"""Maintenance windows: all of them, and one with what can be done and what was said."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import ConsoleRequest, may
from accounts.once import new_token
from accounts.roles import Role
from services import announcements
from services.forms.window_finding import WindowFilterForm, in_order
from services.forms.window_verbs import FORMS, VerbForm
from services.maintenance.lifecycle import ALLOWED, TRANSITIONS
from services.maintenance.wall import wall, warnings
from services.models import Maintenance
from services.views import expecting

PER_PAGE = 25
# A window's page names so many others of its series.
SIBLINGS = 5


@require_safe
def window_list(request: ConsoleRequest) -> HttpResponse:
    """Show the windows that the address asks for."""
    form = WindowFilterForm(request.GET)
    page = Paginator(form.found().prefetch_related("services"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "services/maintenance/list.html", {"form": form, "page": page, "active": form.active})


@require_safe
def window_detail(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show a window."""
    return window_page(request, pk)


def window_page(
    request: ConsoleRequest, pk: UUID, sent: VerbForm | None = None, *, status: int = 200, **more: Any
) -> HttpResponse:
    """Render the page as the window is now, with ``sent``, a form that was not accepted, in its place."""
    window = get_object_or_404(Maintenance.objects.prefetch_related("services"), pk=pk)
    context = {
        "window": window,
        "now": timezone.now(),
        "shown": window.public and any(service.public for service in window.services.all()),
        "entries": window.updates.select_related("maintenance").order_by("-number"),
        "moves": legal(window),
        "others": _others(window),
        "warnings": _warnings(window),
        "form_token": new_token(),
        "sent": sent,
        **more,
    }
    if may(request.user, Role.OPERATOR):
        forms = {kind.verb: kind(window) for kind in FORMS}
        context["forms"] = forms | ({sent.verb: sent} if sent is not None else {})
        context["tells"] = expecting.of_verbs(window) | more.get("tells", {})
        context["held"] = announcements.held(("maintenance", pk), by=request.actor)
        context["fates"] = announcements.fates(("maintenance", pk))
    return render(request, "services/maintenance/detail.html", context, status=status)


def legal(window: Maintenance) -> set[str]:
    """Return the verbs that the table allows now."""
    return {*TRANSITIONS[window.stage], *(verb for verb, stages in ALLOWED.items() if window.stage in stages)}


def _others(window: Maintenance) -> list[Maintenance]:
    if window.series is None:
        return []
    return list(in_order(window.series.windows.exclude(pk=window.pk))[:SIBLINGS])


def _warnings(window: Maintenance) -> list[str]:
    if window.is_over:
        return []
    return warnings(wall(window.begins, window.zone), wall(window.ends, window.zone), window.zone)
