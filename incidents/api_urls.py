"""The addresses of incidents in the API."""

from __future__ import annotations

from accounts.api.routers import UUID, ApiRouter
from incidents.api import postmortems
from incidents.api.action_items import ActionItemViewSet, PostmortemActionItems
from incidents.api.analytics import Analytics, IncidentAnalytics, ServiceAnalytics
from incidents.api.templates import TemplateViewSet
from incidents.api.views import IncidentViewSet

POSTMORTEM = f"incidents/(?P<pk>{UUID})/postmortem"


def register(router: ApiRouter) -> None:
    """Add them. What of a service speaks of incidents is here, because services know none."""
    router.register("incidents", IncidentViewSet, basename="incident")
    router.register("incident-templates", TemplateViewSet, basename="incident-template")
    router.register("action-items", ActionItemViewSet, basename="action-item")
    router.add(POSTMORTEM, postmortems.IncidentPostmortem.as_view(), name="postmortem")
    router.add(f"{POSTMORTEM}/publish", postmortems.PostmortemPublish.as_view(), name="postmortem-publish")
    router.add(f"{POSTMORTEM}/export", postmortems.PostmortemExport.as_view(), name="postmortem-export")
    items = PostmortemActionItems.as_view({"get": "list", "post": "create"})
    router.add(f"{POSTMORTEM}/action-items", items, name="postmortem-action-items")
    router.add("analytics", Analytics.as_view(), name="analytics")
    router.add("incidents/analytics", IncidentAnalytics.as_view(), name="incident-analytics")
    router.add(f"services/(?P<pk>{UUID})/analytics", ServiceAnalytics.as_view(), name="service-analytics")
