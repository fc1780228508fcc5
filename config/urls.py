"""The URL map."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from config import health, metrics
from console.views import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("health/live", health.live, name="health-live"),
    path("health/ready", health.ready, name="health-ready"),
    path("healthz", health.healthz, name="healthz"),
    path("metrics", metrics.metrics, name="metrics"),
    path("", include("statuspage.urls")),
    path("status/", include("notifications.browser_urls")),
    path("status/", include("notifications.public.urls")),
    path("", include("config.api_urls")),
    path("", include("alerts.wire.urls")),
    path("ping/", include("services.ping_urls")),
    path("oncall/", include("oncall.link_urls")),
    path("oncall/", include("alerts.paging.urls")),
    path("console/", include("accounts.sign_in_urls")),
    path("console/", include("console.urls")),
    path("console/settings/", include("console.settings.urls")),
    path("console/accounts/people/", include("console.people.urls")),
    path("console/accounts/", include("accounts.urls")),
    path("console/services/", include("services.urls")),
    path("console/maintenance/", include("services.maintenance_urls")),
    path("console/incidents/", include("incidents.urls")),
    path("console/alerts/", include("alerts.urls")),
    path("console/oncall/", include("oncall.urls")),
    path("console/subscribers/", include("notifications.subscriber_urls")),
    path("console/channels/", include("notifications.channel_urls")),
    path("console/deliveries/", include("notifications.delivery_urls")),
    path("admin/", admin.site.urls),
]

handler400 = "accounts.api.errors.bad_request"
handler403 = "accounts.api.errors.permission_denied"
handler404 = "accounts.api.errors.page_not_found"
handler500 = "accounts.api.errors.server_error"
