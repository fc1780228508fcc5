"""What is promised of services, how it is kept, and where it was broken."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import ConsoleRequest
from services.forms.sla import AcknowledgeForm, SlaForm
from services.models import Service, SlaBreach
from services.models.promises import Promise, promises
from services.views.answers import back_to, tried

PER_PAGE = 100
BREACHES = 20


@require_safe
def sla(request: ConsoleRequest) -> HttpResponse:
    """Show the report that the address asks for, the worst first, and below it what was recorded."""
    now = timezone.now()
    form = SlaForm(request.GET)
    found = worst_first(promises(form.services(), now, form.span(now))) if form.is_valid() else []
    context = {
        "form": form,
        "active": form.active,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "query": form.query(now) if form.is_valid() else "",
        "now": now,
        "promised": Service.objects.exclude(sla_target=None).exists(),
        "silent": Service.objects.filter(sla_target=None).count(),
        **_recorded(request, form),
    }
    return render(request, "services/sla.html", context)


@require_POST
def sla_acknowledge(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Say that somebody has looked at a broken promise."""
    breach = get_object_or_404(SlaBreach.objects.select_related("service"), pk=pk)
    form = AcknowledgeForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["note"])))
    elif tried(request, lambda: breach.acknowledge(by=request.actor, note=form.cleaned_data["note"])):
        messages.success(request, f"{breach.service}: acknowledged.")
    return back_to("console:sla", anchor=f"breach-{pk}")


def worst_first(found: Sequence[Promise]) -> list[Promise]:
    """Order by how much of the allowance is used; what says nothing comes last."""
    return sorted(found, key=lambda row: (*_badness(row), row.service.name))


def _badness(row: Promise) -> tuple[bool, float]:
    budget = row.budget
    if budget.used is None:
        # Downtime where none is allowed is as bad as it gets.
        return (budget.allowance is None, float("-inf"))
    return (not budget.seen.observed, -budget.used)


def _recorded(request: ConsoleRequest, form: SlaForm) -> dict[str, object]:
    rows = SlaBreach.objects.select_related("service")
    if form.is_valid() and form.cleaned_data["service"]:
        rows = rows.filter(service=form.cleaned_data["service"])
    open_first = rows.order_by(F("acknowledged_at").desc(nulls_first=True), "-at", "id")
    page = Paginator(open_first, BREACHES).get_page(request.GET.get("breaches"))
    notes = [(breach, AcknowledgeForm(auto_id=f"id_{breach.pk}_%s")) for breach in page]
    return {"breaches": page, "notes": notes, "unacknowledged": rows.unacknowledged().count()}
