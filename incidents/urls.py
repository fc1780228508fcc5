"""The addresses of incidents in the console."""

from django.urls import path

from incidents.views import (
    action_items,
    declaring,
    editing,
    filters,
    finding,
    postmortem,
    preview,
    publishing,
    reading,
    templates,
    undoing,
    verbs,
)

app_name = "incidents"
urlpatterns = [
    path("", finding.incident_list, name="list"),
    path("declare/", declaring.incident_declare, name="declare"),
    path("declare/preview/", preview.declare_preview, name="declare-preview"),
    path("filters/", filters.filter_save, name="filter-save"),
    path("filters/<uuid:pk>/", filters.filter_change, name="filter-change"),
    path("filters/<uuid:pk>/delete/", filters.filter_delete, name="filter-delete"),
    path("templates/", templates.template_list, name="templates"),
    path("templates/new/", templates.template_create, name="template-create"),
    path("templates/<uuid:pk>/", templates.template_edit, name="template-edit"),
    path("templates/<uuid:pk>/delete/", templates.template_delete, name="template-delete"),
    path("action-items/", action_items.action_item_list, name="action-items"),
    path("action-items/<uuid:pk>/", action_items.action_item_edit, name="action-item"),
    path("action-items/<uuid:pk>/done/", action_items.action_item_done, name="action-item-done"),
    path("action-items/<uuid:pk>/reopen/", action_items.action_item_reopen, name="action-item-reopen"),
    path("action-items/<uuid:pk>/remove/", action_items.action_item_remove, name="action-item-remove"),
    path("<uuid:pk>/postmortem/", postmortem.postmortem, name="postmortem"),
    path("<uuid:pk>/postmortem/publish/", postmortem.postmortem_publish, name="postmortem-publish"),
    path("<uuid:pk>/postmortem/export/", postmortem.postmortem_export, name="postmortem-export"),
    path("<uuid:pk>/postmortem/action-items/", action_items.action_item_add, name="action-item-add"),
    path("<uuid:pk>/", reading.incident_detail, name="detail"),
    path("<uuid:pk>/edit/", editing.incident_edit, name="edit"),
    path("<uuid:pk>/acknowledge/", verbs.incident_acknowledge, name="acknowledge"),
    path("<uuid:pk>/publish/", publishing.incident_publish, name="publish"),
    path("<uuid:pk>/update/", verbs.incident_update, name="update"),
    path("<uuid:pk>/next-update/", verbs.incident_promise, name="promise"),
    path("<uuid:pk>/assign/", verbs.incident_assign, name="assign"),
    path("<uuid:pk>/resolve/", verbs.incident_resolve, name="resolve"),
    path("<uuid:pk>/reopen/", verbs.incident_reopen, name="reopen"),
    path("<uuid:pk>/undo/", undoing.incident_undo, name="undo"),
]
