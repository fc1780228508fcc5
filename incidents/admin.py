"""The raw rows of incidents, to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from events.admin import ReadOnly
from incidents.models import Affected, Incident, Update

if TYPE_CHECKING:
    Inline = admin.TabularInline[Any, Any]
else:
    Inline = admin.TabularInline


class AffectedRows(Inline):
    """What it affects."""

    model = Affected
    extra = 0
    can_delete = False


class UpdateRows(Inline):
    """What was said."""

    model = Update
    extra = 0
    can_delete = False


@admin.register(Incident)
class IncidentAdmin(ReadOnly):
    """Incidents. Verbs change them, in the console and the API."""

    list_display = ["title", "severity", "status", "public", "assignee", "created_at", "resolved_at"]
    list_filter = ["status", "severity", "public"]
    list_select_related = ["assignee"]
    search_fields = ["title", "body", "id"]
    inlines = [AffectedRows, UpdateRows]
