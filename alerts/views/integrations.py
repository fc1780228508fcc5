"""Integrations: the sources of alerts, each with its key, and how to connect them."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import ConsoleRequest, requires
from accounts.once import ShownOnce, new_token, once
from accounts.roles import Role
from alerts.forms.integrating import IntegrationForm
from alerts.models import Integration, RawSignal
from alerts.models.integration import IntegrationQuerySet
from alerts.recipes import recipes
from alerts.states import OPEN, Result
from services.forms import accepted
from services.lengths import duration
from services.views.answers import tried

PER_PAGE = 25
LATELY = timedelta(days=1)


@requires(Role.ADMIN)
@require_safe
def integration_list(request: ConsoleRequest) -> HttpResponse:
    """List them, with what they hold open and when they were heard of last."""
    now = timezone.now()
    rejected = RawSignal.objects.filter(result=Result.REJECTED, received_at__gte=now - LATELY)
    counts = dict(rejected.order_by().values_list("integration").annotate(Count("pk")))
    rows = [(one, one.key_state(now), counts.get(one.pk, 0)) for one in _rows()]
    return render(request, "alerts/integrations.html", {"rows": rows})


@requires(Role.ADMIN)
@require_safe
def integration_detail(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show how it is read, how to connect it, and what it sent."""
    integration = get_object_or_404(_rows(), pk=pk)
    result = request.GET.get("result", "")
    signals = integration.signals.select_related("alert")
    shown = signals.filter(result=result) if result in set(Result) else signals
    context = {
        "integration": integration,
        "state": integration.key_state(timezone.now()),
        "stale": duration(timedelta(seconds=integration.stale_after)) if integration.stale_after else "",
        "recipes": recipes(settings.SITE_URL),
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "result": result,
        "results": [one.value for one in Result],
    }
    return render(request, "alerts/integration.html", context)


@requires(Role.ADMIN)
@never_cache
@once
@require_http_methods(["GET", "HEAD", "POST"])
def integration_create(request: ConsoleRequest) -> HttpResponse:
    """Ask its name, make it, and show its key this once, with what to paste where."""
    form = IntegrationForm(request.POST or None)
    made: list[tuple[Integration, str]] = []
    if request.method == "POST" and accepted(form, lambda: made.append(Integration.add(by=request.actor, **form.said))):
        return _shown(request, *made[0])
    context = {"form": form, "form_token": new_token()}
    return render(request, "alerts/integration_form.html", context, status=400 if form.errors else 200)


@requires(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def integration_edit(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Change how it is read; what came before stays as it is."""
    integration = get_object_or_404(Integration.objects.standing(), pk=pk)
    form = IntegrationForm(request.POST or None, integration=integration)
    if request.method == "POST" and accepted(form, lambda: integration.edit(by=request.actor, changes=form.changes)):
        messages.success(request, f"{integration} is saved. What came before stays as it was read.")
        return redirect("alerts:integration", pk)
    context = {"form": form, "integration": integration}
    return render(request, "alerts/integration_form.html", context, status=400 if form.errors else 200)


@requires(Role.ADMIN)
@require_http_methods(["GET", "HEAD", "POST"])
def integration_remove(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Ask, then revoke its key and close what it holds open."""
    integration = get_object_or_404(_rows(), pk=pk)
    if request.method == "POST" and tried(request, lambda: integration.remove(by=request.actor)):
        messages.success(request, f"{integration} is removed. Its key no longer works; its alerts stay listed.")
        return redirect("alerts:integrations")
    return render(request, "alerts/integration_remove.html", {"integration": integration})


def _rows() -> IntegrationQuerySet:
    rows = Integration.objects.standing().select_related("key")
    holds = Count("alerts", filter=Q(alerts__status__in=OPEN))
    return rows.annotate(last_received_at=Max("alerts__last_received_at"), holds=holds)


def _shown(request: ConsoleRequest, integration: Integration, key: str) -> HttpResponse:
    context = {"integration": integration, "key": key, "recipes": recipes(settings.SITE_URL, key)}
    page = render_to_string("alerts/integration_made.html", context, request)
    again = f"{integration} was made already, and its key shown that once. Not copied? Remove it and make another."
    return ShownOnce(page, leads_to=reverse("alerts:integrations"), again=again)
