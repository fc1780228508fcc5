"""The channels that a step can name, which another room keeps."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string


def all_names() -> dict[str, str]:
    """Return what channels are called, by id. Those that tell outsiders are none of them."""
    found: dict[str, str] = import_string(settings.PAGING_CHANNELS)()
    return found
