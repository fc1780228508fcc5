"""The catalogue's raw rows, to read. They are changed by verbs, which tell the log and derive the statuses."""

from __future__ import annotations

from django.contrib import admin

from events.admin import ReadOnly
from services.models import (
    Component,
    Group,
    Maintenance,
    MaintenanceSeries,
    MaintenanceUpdate,
    Service,
    SlaBreach,
    StatusChange,
)


@admin.register(Group)
class GroupAdmin(ReadOnly):
    """Headings."""

    list_display = ["name", "position", "id"]


@admin.register(Service)
class ServiceAdmin(ReadOnly):
    """Services."""

    list_display = ["name", "slug", "status", "manual_status", "impact_status", "public", "group", "owner", "version"]
    list_filter = ["status", "public", "group"]
    list_select_related = ["group"]
    search_fields = ["name", "slug", "owner"]


@admin.register(Component)
class ComponentAdmin(ReadOnly):
    """Components."""

    list_display = ["name", "service", "status", "manual_status", "status_since"]
    list_filter = ["status"]
    list_select_related = ["service"]
    search_fields = ["name", "service__name"]


@admin.register(StatusChange)
class StatusChangeAdmin(ReadOnly):
    """The change history."""

    list_display = ["at", "service", "component", "old", "new", "source", "actor_name"]
    list_filter = ["source", "new"]
    list_select_related = ["service", "component"]
    search_fields = ["service__name", "component__name", "message", "actor_name"]
    ordering = ["-at", "-id"]


@admin.register(Maintenance)
class MaintenanceAdmin(ReadOnly):
    """Maintenance windows."""

    list_display = [
        "title",
        "status",
        "scheduled_start",
        "scheduled_end",
        "timezone",
        "public",
        "recurrence",
        "version",
    ]
    list_filter = ["status", "public"]
    search_fields = ["title", "description"]


@admin.register(MaintenanceSeries)
class MaintenanceSeriesAdmin(ReadOnly):
    """The rules by which windows recur."""

    list_display = ["title", "rule", "anchor", "timezone", "length", "next_slot"]
    search_fields = ["title", "rule"]


@admin.register(MaintenanceUpdate)
class MaintenanceUpdateAdmin(ReadOnly):
    """What was said about windows."""

    list_display = ["created_at", "maintenance", "status", "public", "author_name", "message"]
    list_filter = ["status", "public"]
    list_select_related = ["maintenance"]
    search_fields = ["maintenance__title", "message"]


@admin.register(SlaBreach)
class SlaBreachAdmin(ReadOnly):
    """Promises that were broken, or nearly."""

    list_display = ["at", "service", "level", "period", "period_start", "over_at", "acknowledged_by"]
    list_filter = ["level", "period"]
    list_select_related = ["service"]
    search_fields = ["service__name", "note", "acknowledged_by"]
    ordering = ["-at", "id"]
