"""The addresses of incidents in the console."""

from django.urls import path

from incidents.views import declaring, editing, finding, preview, reading, undoing, verbs

app_name = "incidents"
urlpatterns = [
    path("", finding.incident_list, name="list"),
    path("declare/", declaring.incident_declare, name="declare"),
    path("declare/preview/", preview.declare_preview, name="declare-preview"),
    path("<uuid:pk>/", reading.incident_detail, name="detail"),
    path("<uuid:pk>/edit/", editing.incident_edit, name="edit"),
    path("<uuid:pk>/acknowledge/", verbs.incident_acknowledge, name="acknowledge"),
    path("<uuid:pk>/publish/", verbs.incident_publish, name="publish"),
    path("<uuid:pk>/update/", verbs.incident_update, name="update"),
    path("<uuid:pk>/assign/", verbs.incident_assign, name="assign"),
    path("<uuid:pk>/resolve/", verbs.incident_resolve, name="resolve"),
    path("<uuid:pk>/reopen/", verbs.incident_reopen, name="reopen"),
    path("<uuid:pk>/undo/", undoing.incident_undo, name="undo"),
]
