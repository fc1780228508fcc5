"""All incidents, the open ones first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import ConsoleRequest
from incidents.forms.finding import IncidentFilterForm
from incidents.models import SavedFilter
from incidents.views.filters import asked_for

PER_PAGE = 25


@require_safe
def incident_list(request: ConsoleRequest) -> HttpResponse:
    """Show the incidents that the address asks for."""
    form = IncidentFilterForm(request.user, request.GET)
    found = form.found().select_related("assignee").prefetch_related("affected__service")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "active": form.active}
    context |= {"saved": SavedFilter.objects.of(request.user), "query": asked_for(request.GET)}
    return render(request, "incidents/list.html", context)
