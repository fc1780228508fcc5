"""The pages of channels, under ``/console/channels/``."""

from __future__ import annotations

from django.urls import path

from notifications.channels import verbs, views

app_name = "channels"
urlpatterns = [
    path("", views.channel_list, name="list"),
    path("new/", views.channel_create, name="create"),
    path("<uuid:pk>/", views.channel_detail, name="detail"),
    path("<uuid:pk>/edit/", views.channel_edit, name="edit"),
    path("<uuid:pk>/test/", verbs.channel_test, name="test"),
    path("<uuid:pk>/switch/", verbs.channel_switch, name="switch"),
    path("<uuid:pk>/seen/", verbs.channel_seen, name="see"),
    path("<uuid:pk>/rotate/", verbs.channel_rotate, name="rotate"),
    path("<uuid:pk>/delete/", verbs.channel_delete, name="delete"),
]
