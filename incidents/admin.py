"""The raw rows of incidents, to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from events.admin import ReadOnly
from incidents.models import ActionItem, Affected, Incident, Postmortem, Update

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


class ActionItemRows(Inline):
    """What is to be done."""

    model = ActionItem
    extra = 0
    can_delete = False


@admin.register(Postmortem)
class PostmortemAdmin(ReadOnly):
    """Postmortems. Verbs change them, in the console and the API."""

    list_display = ["incident", "status", "public", "published_at", "updated_at"]
    list_filter = ["status", "public"]
    list_select_related = ["incident"]
    search_fields = ["incident__title", "summary", "id"]
    inlines = [ActionItemRows]
