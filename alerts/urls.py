"""The pages of alerts, under ``/console/alerts/``."""

from __future__ import annotations

from django.urls import path

from alerts.views import escalating, inbox, integrations, merging, reading, silences, verbs

app_name = "alerts"
urlpatterns = [
    path("", inbox.alert_list, name="list"),
    path("<uuid:pk>/", reading.alert_detail, name="detail"),
    path("<uuid:pk>/acknowledge/", verbs.alert_acknowledge, name="acknowledge"),
    path("<uuid:pk>/split/", verbs.alert_split, name="split"),
    path("incidents/<uuid:pk>/escalate/", escalating.incident_escalate, name="incident-escalate"),
    path("incidents/<uuid:pk>/merge/", merging.incident_merge, name="incident-merge"),
    path("silences/", silences.silence_list, name="silences"),
    path("silences/new/", silences.silence_create, name="silence-create"),
    path("silences/<uuid:pk>/end/", silences.silence_end, name="silence-end"),
    path("integrations/", integrations.integration_list, name="integrations"),
    path("integrations/new/", integrations.integration_create, name="integration-create"),
    path("integrations/<uuid:pk>/", integrations.integration_detail, name="integration"),
    path("integrations/<uuid:pk>/edit/", integrations.integration_edit, name="integration-edit"),
    path("integrations/<uuid:pk>/remove/", integrations.integration_remove, name="integration-remove"),
]
