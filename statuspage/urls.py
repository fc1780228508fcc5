"""The public addresses, all answered by the edge where they are published."""

from django.urls import URLPattern, URLResolver, path, re_path

from accounts.api.routers import UUID
from branding.languages import IN_ADDRESS, LANGUAGES
from statuspage.v2 import addresses as v2
from statuspage.views import public

app_name = "statuspage"
CODES = "|".join(LANGUAGES)
SLUG = "[-a-zA-Z0-9_]+"
urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^status/?$", public, name="page"),
    re_path(rf"^status/(?P<language>{CODES})/?$", public, name="page-in"),
    re_path(rf"^status/{IN_ADDRESS}history/?$", public, name="history"),
    re_path(rf"^status/{IN_ADDRESS}search/?$", public, name="search"),
    re_path(r"^status/rss/?$", public, name="rss"),
    re_path(r"^status/atom/?$", public, name="atom"),
    re_path(r"^status/brand/[0-9a-f]{24}\.(?:css|png)$", public, name="brand"),
    path("robots.txt", public, name="robots"),
    path("sitemap.xml", public, name="sitemap"),
    re_path(r"^status/og\.png$", public, name="picture"),
    re_path(r"^status/widget\.js$", public, name="widget"),
    re_path(r"^status/widget\.json$", public, name="widget-state"),
    re_path(r"^status/badge\.svg$", public, name="badge"),
    re_path(r"^status/calendar\.ics$", public, name="calendar"),
    re_path(rf"^status/{IN_ADDRESS}maintenance/(?P<pk>{UUID})/?$", public, name="maintenance"),
    re_path(rf"^status/maintenance/(?P<pk>{UUID})/calendar\.ics$", public, name="maintenance-calendar"),
    re_path(rf"^status/{IN_ADDRESS}incidents/(?P<pk>{UUID})/?$", public, name="incident"),
    re_path(rf"^status/{IN_ADDRESS}services/(?P<slug>{SLUG})/?$", public, name="service"),
    re_path(rf"^status/services/(?P<slug>{SLUG})/badge\.svg$", public, name="service-badge"),
    *(path(address.lstrip("/"), public, name=f"v2-{address[8:-5]}") for address in sorted(v2.ALL)),
]
