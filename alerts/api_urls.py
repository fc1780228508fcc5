"""The addresses of alerts in the API."""

from __future__ import annotations

from accounts.api.routers import UUID, ApiRouter
from alerts.api.keeping import IntegrationViewSet, SilenceViewSet
from alerts.api.views import AlertViewSet, Merge
from alerts.wire.webhook import webhook


def register(router: ApiRouter) -> None:
    """Add them. What of an incident speaks of alerts is here, because incidents know none."""
    router.register("alerts", AlertViewSet, basename="alert")
    router.register("silences", SilenceViewSet, basename="silence")
    router.register("integrations", IntegrationViewSet, basename="integration")
    router.add("alerts/alertmanager", webhook, name="alertmanager-webhook")
    router.add(f"incidents/(?P<pk>{UUID})/merge", Merge.as_view(), name="incident-merge")
