"""The raw rows of alerts, to read."""

from __future__ import annotations

from django.contrib import admin

from alerts.models import Alert, Integration, RawSignal, Silence
from events.admin import ReadOnly


@admin.register(Integration)
class IntegrationAdmin(ReadOnly):
    """Sources of alerts."""

    list_display = ["name", "stale_after", "publish", "created_by", "created_at", "removed_at"]
    search_fields = ["name", "id"]


@admin.register(Alert)
class AlertAdmin(ReadOnly):
    """Alerts."""

    list_display = ["message", "service_name", "severity", "status", "count", "received_at", "last_received_at"]
    list_filter = ["status", "severity"]
    search_fields = ["message", "fingerprint", "service_name", "id"]


@admin.register(RawSignal)
class RawSignalAdmin(ReadOnly):
    """Signals as they came."""

    list_display = ["id", "integration", "fingerprint", "result", "reason", "took_ms", "received_at"]
    list_filter = ["result"]
    list_select_related = ["integration"]
    search_fields = ["fingerprint"]


@admin.register(Silence)
class SilenceAdmin(ReadOnly):
    """Silences."""

    list_display = ["__str__", "created_by", "starts_at", "ends_at"]
