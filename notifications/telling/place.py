"""Where the readers of a message are led."""

from __future__ import annotations

from django.conf import settings

from branding.models import Brand
from notifications.kinds import Audience
from notifications.wording.facts import Place


def place_for(audience: Audience | str) -> Place:
    """Return what the words for an audience need to know of this installation."""
    return Place(Brand.name_now(), settings.SITE_URL.rstrip("/"), internal=audience == Audience.INTERNAL)
