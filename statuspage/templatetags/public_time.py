"""Times of the public page in the zone that it is set to."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django import template
from django.utils.dateformat import format as formatted

register = template.Library()


@register.filter
def in_zone(at: datetime, zone: ZoneInfo) -> str:
    """Return ``2 Mar 2026, 13:00 CET``; a zone that has no letters of its own is told by its distance to UTC."""
    local = at.astimezone(zone)
    name = local.tzname() or ""
    return f"{formatted(local, 'j M Y, H:i')} {name if name.isalpha() else f'UTC{name}'}"
