"""The address of the link in messages to people on call."""

from __future__ import annotations

from django.urls import re_path

from alerts.paging import views

app_name = "paging"
urlpatterns = [re_path(r"^ack/(?P<token>[A-Za-z0-9_.=-]{1,200})/?$", views.acknowledge, name="acknowledge")]
