"""The catalogue's pages, under ``/console/services/``."""

from __future__ import annotations

from django.urls import path

from services.views import (
    catalogue,
    checking,
    component_page,
    components,
    detail,
    editing,
    groups,
    heartbeats,
    pausing,
    status,
    uptime,
)

app_name = "services"
urlpatterns = [
    path("", catalogue.service_list, name="list"),
    path("new/", editing.service_create, name="create"),
    path("groups/", groups.groups, name="groups"),
    path("groups/<uuid:pk>/edit/", groups.group_edit, name="group-edit"),
    path("groups/<uuid:pk>/delete/", groups.group_delete, name="group-delete"),
    path("groups/<uuid:pk>/order/", groups.group_reorder, name="group-reorder"),
    path("components/<uuid:pk>/", component_page.component_detail, name="component-detail"),
    path("components/<uuid:pk>/heartbeat/", heartbeats.heartbeat_edit, name="component-heartbeat"),
    path("components/<uuid:pk>/check/", checking.check_now, name="component-check"),
    path("components/<uuid:pk>/heartbeat/pause/", pausing.heartbeat_pause, name="component-pause"),
    path("components/<uuid:pk>/heartbeat/resume/", pausing.heartbeat_resume, name="component-resume"),
    path("components/<uuid:pk>/heartbeat/rotate/", pausing.heartbeat_rotate, name="component-rotate"),
    path("components/<uuid:pk>/heartbeat/off/", pausing.heartbeat_off, name="component-heartbeat-off"),
    path("components/<uuid:pk>/uptime/", uptime.component_uptime, name="component-uptime"),
    path("components/<uuid:pk>/uptime.csv", uptime.component_sheet, name="component-uptime-csv"),
    path("components/<uuid:pk>/edit/", components.component_edit, name="component-edit"),
    path("components/<uuid:pk>/status/", status.component_status, name="component-status"),
    path("components/<uuid:pk>/delete/", components.component_delete, name="component-delete"),
    path("components/<uuid:pk>/order/", components.component_reorder, name="component-reorder"),
    path("<uuid:pk>/", detail.service_detail, name="detail"),
    path("<uuid:pk>/uptime/", uptime.service_uptime, name="uptime"),
    path("<uuid:pk>/uptime.csv", uptime.service_sheet, name="uptime-csv"),
    path("<uuid:pk>/edit/", editing.service_edit, name="edit"),
    path("<uuid:pk>/status/", status.service_status, name="status"),
    path("<uuid:pk>/delete/", editing.service_delete, name="delete"),
    path("<uuid:pk>/order/", catalogue.service_reorder, name="reorder"),
    path("<uuid:pk>/components/new/", components.component_create, name="component-create"),
]
