"""The console's page of the settings, under ``/console/settings/``."""

from __future__ import annotations

from django.urls import path

from console.settings import views

app_name = "settings"
urlpatterns = [
    path("", views.edit, name="edit"),
    path("logo/", views.logo, name="logo"),
    path("logo/remove/", views.remove_logo, name="remove-logo"),
]
