"""One alert: what its sender says, where it belongs, and every signal that came of it."""

from __future__ import annotations

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.access import ConsoleRequest
from accounts.once import new_token
from alerts import linking
from alerts.models import Alert

PER_PAGE = 20


@require_safe
def alert_detail(request: ConsoleRequest, pk: UUID) -> HttpResponse:
    """Show an alert with its signals, the latest first."""
    rows = Alert.objects.select_related("service", "integration", "incident", "silence")
    alert = get_object_or_404(rows, pk=pk)
    others = Alert.objects.filter(incident=alert.incident).exclude(pk=pk).exists() if alert.incident else False
    context = {
        "alert": alert,
        "links": linking.links(alert.links),
        "may_split": others and alert.incident is not None and alert.incident.is_open,
        "episodes": _episodes(alert),
        "page": Paginator(alert.signals.all(), PER_PAGE).get_page(request.GET.get("page")),
        "form_token": new_token(),
    }
    return render(request, "alerts/detail.html", context)


def _episodes(alert: Alert) -> list[Alert]:
    """Return the other times that the same thing was wrong, the latest first."""
    same = Alert.objects.filter(integration=alert.integration_id, fingerprint=alert.fingerprint).exclude(pk=alert.pk)
    return list(same.order_by("-received_at")[:5])
