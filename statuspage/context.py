"""What pages that extend the public frame know besides, where Django renders them."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from statuspage import face


def brand(_request: HttpRequest) -> dict[str, object]:
    """Return the brand, read when a page asks for it. These pages are for people inside, and in English."""
    return {"brand": SimpleLazyObject(lambda: face.shown().inside())}
