"""The addresses that watched jobs call."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from services.models import Heartbeat


def address(heartbeat: Heartbeat) -> str:
    """Return the secret address of a heartbeat that waits, as the job's machine calls it."""
    return f"{settings.SITE_URL}{reverse('ping', args=[heartbeat.token])}"
