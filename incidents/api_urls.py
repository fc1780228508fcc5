"""The addresses of incidents in the API."""

from __future__ import annotations

from accounts.api.routers import UUID, ApiRouter
from incidents.api.analytics import Analytics, IncidentAnalytics, ServiceAnalytics
from incidents.api.views import IncidentViewSet


def register(router: ApiRouter) -> None:
    """Add them. What of a service speaks of incidents is here, because services know none."""
    router.register("incidents", IncidentViewSet, basename="incident")
    router.add("analytics", Analytics.as_view(), name="analytics")
    router.add("incidents/analytics", IncidentAnalytics.as_view(), name="incident-analytics")
    router.add(f"services/(?P<pk>{UUID})/analytics", ServiceAnalytics.as_view(), name="service-analytics")
