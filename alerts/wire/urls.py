"""Addresses of others, for tools that were made for them: no redirect, and no slash but where they add one."""

from __future__ import annotations

from django.urls import path

from alerts.wire import alertmanager_api, pagerduty_api

urlpatterns = [
    path("api/v2/alerts", alertmanager_api.alerts, name="alertmanager-alerts"),
    path("api/v2/status", alertmanager_api.status, name="alertmanager-status"),
    path("api/v2/receivers", alertmanager_api.receivers, name="alertmanager-receivers"),
    path("-/ready", alertmanager_api.ready, name="alertmanager-ready"),
    path("v2/enqueue", pagerduty_api.enqueue, name="enqueue"),
    path("v2/enqueue/", pagerduty_api.enqueue, name="enqueue-slash"),
]
