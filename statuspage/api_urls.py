"""The public addresses of the API."""

from __future__ import annotations

from accounts.api.routers import UUID, ApiRouter
from statuspage import api


def register(router: ApiRouter) -> None:
    """Add them."""
    router.add("status", api.Status.as_view(), name="status")
    router.add(rf"status/services/(?P<pk>{UUID})", api.StatusService.as_view(), name="status-service")
    router.add("status/incidents", api.StatusIncidents.as_view(), name="status-incidents")
    router.add(rf"status/incidents/(?P<pk>{UUID})", api.StatusIncident.as_view(), name="status-incident")
    of_incident = rf"status/incidents/(?P<pk>{UUID})/postmortem"
    router.add(of_incident, api.StatusPostmortem.as_view(), name="status-postmortem")
    router.add("status/maintenance", api.StatusMaintenance.as_view(), name="status-maintenance")
    router.add("status/rss", api.StatusRss.as_view(), name="status-rss")
