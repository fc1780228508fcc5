"""The raw log, to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from events.models import Cursor, Event

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = admin.ModelAdmin


class ReadOnly(Base):
    """Rows that nobody edits by hand."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        """Refuse."""
        return False


@admin.register(Event)
class EventAdmin(ReadOnly):
    """What happened."""

    list_display = ["id", "at", "kind", "subject_name", "actor_name", "public"]
    list_filter = ["kind", "public", "actor_kind"]
    search_fields = ["subject_name", "subject_id", "actor_name", "request_id"]
    ordering = ["-id"]


@admin.register(Cursor)
class CursorAdmin(ReadOnly):
    """How far each consumer has read."""

    list_display = ["consumer", "position", "moved_at", "failures"]
