"""Reaching the people on call: whom ``ONCALL_PAGED`` names, by the ways that they have set up for themselves."""

from __future__ import annotations

from typing import Final

from notifications.kinds import Audience
from notifications.models import Channel

__all__ = ["PAGED", "channels"]

# The kind of event that calls somebody in.
PAGED: Final = "ONCALL_PAGED"


def channels() -> dict[str, str]:
    """Return the channels that a step of an escalation policy can name: names by id (``PAGING_CHANNELS``)."""
    insiders = Channel.objects.filter(audience=Audience.INTERNAL, enabled=True).order_by("name")
    return {str(channel.pk): channel.name for channel in insiders if channel.has_words(PAGED)}
