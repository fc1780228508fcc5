"""Whether a message gets to somebody: another room knows the ways there."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string

from events.actors import Actor
from oncall.models import ContactWay


def sent(way: ContactWay, *, by: Actor) -> str:
    """Send a test by a way, wait for how it ends, and return why it failed; empty where it was taken."""
    failed: str = import_string(settings.PAGING_TRIAL)(way, by=by)
    return failed
