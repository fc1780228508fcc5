"""The addresses of pages in the API."""

from __future__ import annotations

from accounts.api.routers import UUID, ApiRouter
from alerts.paging.api import Escalate, IncidentPagesViewSet


def register(router: ApiRouter) -> None:
    """Add them. What of an incident speaks of pages is here, because incidents know none."""
    router.add("escalate", Escalate.as_view(), name="escalate")
    pages = IncidentPagesViewSet.as_view({"get": "list"})
    router.add(f"incidents/(?P<pk>{UUID})/pages", pages, name="incident-pages")
