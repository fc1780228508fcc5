"""The pages of subscribing: no request goes into them, so no session, no cookie and no person either."""

from __future__ import annotations

from django.http import HttpResponse
from django.template.loader import render_to_string


def page(template: str, *, status: int = 200, **context: object) -> HttpResponse:
    """Return a page of this folder; its address may be a secret, so nobody keeps it."""
    response = HttpResponse(render_to_string(f"notifications/public/{template}.html", context), status=status)
    response["Cache-Control"] = "no-store, private"
    return response
