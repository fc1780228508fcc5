"""What browsers ask for and say so that they can be pushed to, under ``/status/push/``."""

from __future__ import annotations

from django.urls import path

from notifications.browser import views

app_name = "push"
urlpatterns = [
    path("key", views.key, name="key"),
    path("moved", views.moved, name="moved"),
    path("subscribe", views.subscribe, name="subscribe"),
    path("worker.js", views.worker, name="worker"),
]
