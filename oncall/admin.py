"""On-call duty as raw rows, to read. They are changed by verbs, which tell the log."""

from __future__ import annotations

from django.contrib import admin

from events.admin import ReadOnly
from oncall.models import ContactWay, Edition, EscalationPolicy, Override, Schedule, Team


@admin.register(Team)
class TeamAdmin(ReadOnly):
    """Teams."""

    list_display = ["name", "slug", "created_at"]
    search_fields = ["name", "slug"]


@admin.register(Schedule)
class ScheduleAdmin(ReadOnly):
    """Schedules. The secret of a calendar's address is shown where it can be changed."""

    list_display = ["name", "team", "timezone", "updated_at", "version"]
    list_select_related = ["team"]
    search_fields = ["name"]
    exclude = ["feed_token"]


@admin.register(Edition)
class EditionAdmin(ReadOnly):
    """What their layers were, from when on."""

    list_display = ["schedule", "valid_from", "timezone"]
    list_select_related = ["schedule"]
    ordering = ["-valid_from"]


@admin.register(Override)
class OverrideAdmin(ReadOnly):
    """Who stands in for whom."""

    list_display = ["schedule", "user", "start", "end", "replaces", "created_by"]
    list_select_related = ["schedule", "user", "replaces"]
    ordering = ["-start"]


@admin.register(EscalationPolicy)
class EscalationPolicyAdmin(ReadOnly):
    """Policies."""

    list_display = ["name", "team", "severity", "repeat", "position", "enabled", "version"]
    list_select_related = ["team"]
    list_filter = ["enabled"]
    search_fields = ["name"]


@admin.register(ContactWay)
class ContactWayAdmin(ReadOnly):
    """How people are reached, without the addresses."""

    list_display = ["user", "kind", "label", "shown", "position", "delay", "verified_at", "enabled"]
    list_select_related = ["user"]
    list_filter = ["kind"]
    search_fields = ["user__username", "label"]
    exclude = ["sealed"]
