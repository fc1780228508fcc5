"""The addresses of the catalogue in the API."""

from __future__ import annotations

from accounts.api.routers import ApiRouter
from services.api.catalogue import ServiceViewSet
from services.api.changes import StatusChangeViewSet
from services.api.components import ComponentViewSet
from services.api.groups import GroupViewSet
from services.api.heartbeats import HealthCheck
from services.api.maintenance import MaintenanceViewSet
from services.api.sla import SlaBreachViewSet, SlaReportViewSet


def register(router: ApiRouter) -> None:
    """Add them."""
    router.register("services", ServiceViewSet, basename="service")
    router.register("components", ComponentViewSet, basename="component")
    router.register("groups", GroupViewSet, basename="group")
    router.add("health-check", HealthCheck.as_view(), name="health-check")
    router.register("status-changes", StatusChangeViewSet, basename="status-change")
    router.register("maintenance", MaintenanceViewSet, basename="maintenance")
    router.register("sla/reports", SlaReportViewSet, basename="sla-report")
    router.register("sla/breaches", SlaBreachViewSet, basename="sla-breach")
