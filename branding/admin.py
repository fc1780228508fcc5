"""The raw row, to read. It is changed under Settings, which tells the log."""

from __future__ import annotations

from django.contrib import admin

from branding.models import Brand
from events.admin import ReadOnly


@admin.register(Brand)
class BrandAdmin(ReadOnly):
    """What this installation is called and looks like."""

    list_display = ["name", "timezone", "accent", "homepage", "updated_at", "version"]
    exclude = ["logo"]
