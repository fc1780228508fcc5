"""What browsers ask for and say so that they can be pushed to, under ``/status/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path

from branding.languages import IN_ADDRESS
from notifications.browser import views

app_name = "push"
urlpatterns: list[URLPattern | URLResolver] = [
    path("push/key", views.key, name="key"),
    path("push/moved", views.moved, name="moved"),
    re_path(rf"^{IN_ADDRESS}push/subscribe$", views.subscribe, name="subscribe"),
    path("push/worker.js", views.worker, name="worker"),
]
