"""The address of the log in the API."""

from __future__ import annotations

from rest_framework.routers import BaseRouter

from events.api import AuditViewSet


def register(router: BaseRouter) -> None:
    """Add it."""
    router.register("audit", AuditViewSet, basename="audit")
