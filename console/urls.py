"""The console's own pages."""

from __future__ import annotations

from django.urls import path

from console.views import dashboard, search
from events.views import activity
from incidents.views.analytics import analytics, service_analytics
from services.views.changes import changes
from services.views.sla import sla, sla_acknowledge

app_name = "console"
urlpatterns = [
    path("", dashboard, name="dashboard"),
    path("search", search, name="search"),
    path("activity/", activity, name="activity"),
    path("changes/", changes, name="changes"),
    path("analytics/", analytics, name="analytics"),
    path("analytics/services/<uuid:pk>/", service_analytics, name="service-analytics"),
    path("sla/", sla, name="sla"),
    path("sla/breaches/<uuid:pk>/acknowledge/", sla_acknowledge, name="sla-acknowledge"),
]
