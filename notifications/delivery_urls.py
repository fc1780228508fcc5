"""The console's pages of deliveries."""

from __future__ import annotations

from django.urls import path

from notifications.desk import views

app_name = "deliveries"
urlpatterns = [
    path("", views.deliveries, name="list"),
    path("retry/", views.retry_all, name="retry-all"),
    path("now/", views.hurry_all, name="hurry-all"),
    path("seen/", views.seen_all, name="see-all"),
    path("<uuid:pk>/", views.delivery, name="detail"),
    path("<uuid:pk>/retry/", views.retry, name="retry"),
    path("<uuid:pk>/seen/", views.seen, name="see"),
]
