"""How the checks run, in a line for pages of the console."""

from __future__ import annotations

from django import template
from django.utils import timezone

from services.checks import late

register = template.Library()


@register.inclusion_tag("services/_late.html")
def late_checks() -> dict[str, int]:
    """Say how many checks are late; nothing while none is."""
    return {"late": late(timezone.now())}
