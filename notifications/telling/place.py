"""Where the readers of a message are led."""

from __future__ import annotations

from django.conf import settings

from notifications.kinds import Audience
from notifications.wording.facts import Place

NAME = "OpStatus"


def place_for(audience: Audience | str) -> Place:
    """Return what the words for an audience need to know of this installation."""
    return Place(NAME, settings.SITE_URL.rstrip("/"), internal=audience == Audience.INTERNAL)
