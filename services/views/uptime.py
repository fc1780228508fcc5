"""How an uptime figure comes about: every stretch of time in it, how it counts and why, and the sum."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import ConsoleRequest
from events.sheets import sheet
from services.figure import Weight, rule
from services.models import Component, Service
from services.models.checked import checked, watched
from services.models.history import turns
from services.reckoning import DEFAULT, LONGEST_SPAN, SPANS, Reckoning, downtime, reckon
from services.turns import Stretch
from services.uptime import window
from services.views.record import address

PER_PAGE = 100
HEAD = ("start", "end", "seconds", "status", "rule", "downtime_seconds", "source", "message", "actor")


@require_safe
def service_uptime(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show a service's figure."""
    service = get_object_or_404(Service, pk=pk)
    return _page(request, service, service)


@require_safe
def component_uptime(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show a component's figure."""
    component = get_object_or_404(Component.objects.select_related("service"), pk=pk)
    return _page(request, component, component.service)


@require_safe
def service_sheet(request: ConsoleRequest, pk: UUID) -> StreamingHttpResponse:
    """Answer with a service's stretches as CSV."""
    service = get_object_or_404(Service, pk=pk)
    return _sheet(request, service, service.slug)


@require_safe
def component_sheet(request: ConsoleRequest, pk: UUID) -> StreamingHttpResponse:
    """Answer with a component's stretches as CSV."""
    component = get_object_or_404(Component.objects.select_related("service"), pk=pk)
    return _sheet(request, component, f"{component.service.slug}-component")


def _page(request: ConsoleRequest, thing: Service | Component, service: Service) -> HttpResponse:
    now = timezone.now()
    made = _reckoned(request, thing, now)
    context = {
        "thing": thing,
        "service": service,
        "is_component": isinstance(thing, Component),
        "made": made,
        "spans": [(span, address(thing, key)) for key, span in SPANS.items()],
        "checks": checked(watched(thing), {"": made.since}, made.until)[""],
        "rows": Paginator(made.rows[::-1], PER_PAGE).get_page(request.GET.get("page")),
        "weight": Weight.partial,
        "rule": rule(),
    }
    return render(request, "services/uptime.html", context)


def _sheet(request: HttpRequest, thing: Service | Component, name: str) -> StreamingHttpResponse:
    made = _reckoned(request, thing, timezone.now())
    return sheet(f"uptime-{name}-{made.span.key}.csv", HEAD, _lines(made))


def _lines(made: Reckoning) -> Iterator[tuple[object, ...]]:
    for row in made.rows:
        cause = (row.turn.source, row.turn.message, row.turn.actor) if row.turn else ("", "", "")
        yield (*_measures(row), *cause)


def _measures(row: Stretch) -> tuple[object, ...]:
    status = row.turn.status if row.turn else None
    return row.start, row.end, row.seconds, status, row.counts.rule, downtime(row).total_seconds()


def _reckoned(request: HttpRequest, thing: Service | Component, now: datetime) -> Reckoning:
    span = SPANS.get(request.GET.get("window", DEFAULT), SPANS[DEFAULT])
    return reckon(turns(thing, window(now, LONGEST_SPAN)), span, now)
