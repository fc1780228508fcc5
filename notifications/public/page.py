"""The pages of subscribing: no request goes into them, so no session, no cookie and no person either."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.module_loading import import_string


def page(template: str, *, status: int = 200, **context: object) -> HttpResponse:
    """Return a page of this folder; its address may be a secret, so nobody keeps it."""
    brand = import_string(settings.PUBLIC_FACE)()
    html = render_to_string(f"notifications/public/{template}.html", {"brand": brand, **context})
    response = HttpResponse(html, status=status)
    response["Cache-Control"] = "no-store, private"
    return response
