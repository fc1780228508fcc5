"""The addresses of subscribing, under ``/status/``; pages of another language than the main one below its code."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, re_path

from accounts.api.routers import UUID
from branding.languages import IN_ADDRESS
from notifications.public import managing, subscribing

app_name = "subscriptions"
# As ``notifications.links`` and ``notifications.tokens`` make them.
SEALED = "(?P<token>[A-Za-z0-9_-]{1,1500})"
urlpatterns: list[URLPattern | URLResolver] = [
    re_path(rf"^{IN_ADDRESS}subscribe/?$", subscribing.subscribe, name="subscribe"),
    re_path(rf"^{IN_ADDRESS}subscribe/asked/?$", subscribing.asked, name="asked"),
    re_path(rf"^{IN_ADDRESS}subscribe/confirm/{SEALED}/?$", subscribing.confirm, name="confirm"),
    re_path(rf"^{IN_ADDRESS}subscriptions/{SEALED}/?$", managing.manage, name="manage"),
    re_path(rf"^{IN_ADDRESS}subscriptions/{SEALED}/leave/?$", managing.leave, name="leave"),
    re_path(rf"^{IN_ADDRESS}subscriptions/{SEALED}/rotate/?$", managing.rotate, name="rotate"),
    re_path(rf"^{IN_ADDRESS}subscriptions/{SEALED}/end/(?P<pk>{UUID})/?$", managing.end, name="end"),
]
