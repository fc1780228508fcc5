"""The console's account pages, under ``/console/accounts/``."""

from __future__ import annotations

from django.urls import path

from accounts.views import keys, profile

app_name = "accounts"
urlpatterns = [
    path("profile/", profile.profile, name="profile"),
    path("keys/", keys.key_list, name="keys"),
    path("keys/new/", keys.key_create, name="key-create"),
    path("keys/<uuid:pk>/revoke/", keys.key_revoke, name="key-revoke"),
]
