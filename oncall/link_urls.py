"""The addresses that work without signing in, under ``/oncall/``."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, re_path

from oncall.views.calendar import calendar
from oncall.views.verifying import verify

app_name = "oncall-links"
urlpatterns: list[URLPattern | URLResolver] = [
    re_path(r"^calendar/(?P<token>[A-Za-z0-9_-]{1,64}\.ics)$", calendar, name="calendar"),
    re_path(r"^verify/(?P<token>[A-Za-z0-9_:-]{1,500})/?$", verify, name="verify"),
]
