"""The pages of maintenance, under ``/console/maintenance/``."""

from __future__ import annotations

from django.urls import path

from services.views import window_calendar, window_planning, window_preview, window_undo, window_verbs, windows

app_name = "maintenance"
urlpatterns = [
    path("", windows.window_list, name="list"),
    path("plan/", window_planning.window_plan, name="plan"),
    path("preview/", window_preview.window_preview, name="preview"),
    path("<uuid:pk>/", windows.window_detail, name="detail"),
    path("<uuid:pk>/edit/", window_planning.window_edit, name="edit"),
    path("<uuid:pk>/calendar.ics", window_calendar.window_file, name="calendar"),
    path("<uuid:pk>/start/", window_verbs.window_start, name="start"),
    path("<uuid:pk>/complete/", window_verbs.window_complete, name="complete"),
    path("<uuid:pk>/extend/", window_verbs.window_extend, name="extend"),
    path("<uuid:pk>/cancel/", window_verbs.window_cancel, name="cancel"),
    path("<uuid:pk>/update/", window_verbs.window_update, name="update"),
    path("<uuid:pk>/undo/", window_undo.window_undo, name="undo"),
]
