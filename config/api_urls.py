"""The addresses of the API: one router that each app fills."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

import accounts.api_urls
import alerts.api_urls
import alerts.paging.api_urls
import console.api_urls
import events.api_urls
import incidents.api_urls
import notifications.api_urls
import oncall.api_urls
import services.api_urls
import statuspage.api_urls
from accounts.api.docs import Docs, Schema
from accounts.api.routers import ApiRouter
from config import stream_api

router = ApiRouter()
for register in (
    accounts.api_urls.register,
    alerts.api_urls.register,
    alerts.paging.api_urls.register,
    console.api_urls.register,
    events.api_urls.register,
    incidents.api_urls.register,
    notifications.api_urls.register,
    oncall.api_urls.register,
    services.api_urls.register,
    statuspage.api_urls.register,
    stream_api.register,
):
    register(router)

urlpatterns: list[URLPattern | URLResolver] = [path("api/v1/", include((router.urls, "api")))]
if settings.API_DOCS:
    urlpatterns += [
        re_path(r"^api/schema/?$", Schema.as_view(), name="schema"),
        re_path(r"^api/docs/?$", Docs.as_view(), name="docs"),
    ]
