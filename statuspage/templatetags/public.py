"""What templates of the public page say in the language that is spoken: times, dates, states."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django import template
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from services import dates
from statuspage import states

register = template.Library()
register.filter("said", dates.said)
register.filter("status_word", states.status)
register.filter("status_within", states.within)
register.filter("stage_word", states.stage)


@register.simple_tag(takes_context=True)
def at(context: Context, moment: datetime, mode: str = "both") -> SafeString:
    """Return an instant as an element that a script writes anew for its reader.

    It is in UTC, or in the zone of the page with UTC in its title.
    """
    stamp, utc, brand = f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z", in_utc(moment), context.get("brand")
    zone = brand.zone if brand else None
    if zone is None:
        return format_html('<time datetime="{}" data-time="{}">{}</time>', stamp, mode, utc)
    return format_html(
        '<time datetime="{}" data-time="{}" title="{}">{}</time>', stamp, mode, utc, in_zone(moment, zone)
    )


def in_utc(moment: datetime) -> str:
    """Return ``2 Mar 2026, 12:00 UTC``."""
    return f"{dates.said(moment.astimezone(UTC), 'moment')} UTC"


def in_zone(moment: datetime, zone: ZoneInfo) -> str:
    """Return ``2 Mar 2026, 13:00 CET``; a zone that has no letters of its own is told by its distance to UTC."""
    local = moment.astimezone(zone)
    name = local.tzname() or ""
    return f"{dates.said(local, 'moment')} {name if name.isalpha() else f'UTC{name}'}"


@register.filter
def iso(day: date) -> str:
    """Return ``2026-03-02``, whatever the language."""
    return f"{day:%Y-%m-%d}"
