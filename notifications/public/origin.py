"""Whether a form was sent from a page of ours: the published page holds no token that could say so."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_ours(request: HttpRequest) -> bool:
    """Say whether the browser names this site as where the form stood; who names nothing is refused.

    There is no sign-in to be abused here. What is kept out are pages elsewhere that make their visitors ask for
    mails to others.
    """
    named = request.headers.get("Origin", "")
    if named in ("", "null"):
        named = request.headers.get("Referer", "")
    try:
        place = urlsplit(named)
    except ValueError:
        return False
    return (place.scheme, place.netloc) in {_site(), (request.scheme, request.get_host())}


def _site() -> tuple[str, str]:
    site = urlsplit(settings.SITE_URL)
    return site.scheme, site.netloc
