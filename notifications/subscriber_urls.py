"""The console's pages of subscribers."""

from __future__ import annotations

from django.urls import path

from notifications.subscribers import bringing, views

app_name = "subscribers"
urlpatterns = [
    path("", views.subscriber_list, name="list"),
    path("new/", bringing.subscriber_add, name="add"),
    path("import/", bringing.subscriber_import, name="import"),
    path("export.csv", views.subscriber_sheet, name="csv"),
    path("<uuid:pk>/remove/", views.subscriber_remove, name="remove"),
    path("<uuid:pk>/resume/", views.subscriber_resume, name="resume"),
    path("<uuid:pk>/vouch/", views.subscriber_vouch, name="vouch"),
]
