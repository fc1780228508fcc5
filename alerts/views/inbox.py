"""All alerts, those that fire first."""

from __future__ import annotations

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import ConsoleRequest
from accounts.once import new_token
from alerts.forms.finding import AlertFilterForm
from alerts.models import Alert, Integration
from alerts.recipes import curl
from alerts.states import State
from incidents.models import Incident

PER_PAGE = 50


@require_safe
def alert_list(request: ConsoleRequest) -> HttpResponse:
    """Show the alerts that the address asks for."""
    form = AlertFilterForm(request.GET)
    found = form.found().select_related("service", "integration", "incident", "silence")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "active": form.active,
        "of_incident": Incident.objects.filter(pk=form.of_incident).first() if form.of_incident else None,
        "firing": Alert.objects.filter(status=State.FIRING).count(),
        "connected": Integration.objects.standing().exists(),
        "first": curl(settings.SITE_URL),
        "form_token": new_token(),
    }
    return render(request, "alerts/list.html", context)
